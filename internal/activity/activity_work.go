package activity

import (
	"fmt"
	"time"

	"folje/internal/access"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// Work says how activities are translated: by the translators of every unit,
// since everybody reads them.
func Work() translation.Work {
	return translation.Work{
		Collection: collection, Name: "activity", Owner: ownerOf,
		Drafted: func(r *core.Record) ([]translation.Place, error) {
			return translation.Places(Activity{r}.Content()), nil
		},
		Head: func(_ core.App, r *core.Record) (map[string]any, error) {
			return map[string]any{"title": r.GetString("title")}, nil
		},
		Queue: queued,
		Reads: func(staff, _ *core.Record) bool {
			return access.HasRole(staff, access.RoleEditor) || access.HasRole(staff, access.RoleTranslator)
		},
	}
}

func queued(app core.App, _ time.Time) ([]translation.Queued, error) {
	var found []struct {
		ID          string `db:"id"`
		Title       string `db:"title"`
		Information string `db:"information"`
	}
	err := app.DB().Select("id", "title", "information").From(collection).Where(notHidden).OrderBy("title").All(&found)
	if err != nil {
		return nil, fmt.Errorf("list activities to translate: %w", err)
	}
	queue := make([]translation.Queued, len(found))
	for i, a := range found {
		queue[i] = translation.Queued{ID: a.ID, Title: a.Title, Stamp: a.Title + "\n" + a.Information}
	}
	return queue, nil
}
