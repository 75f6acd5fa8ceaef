package theme

import (
	"fmt"
	"strings"
	"time"

	"folje/internal/access"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// Work says how themes are translated: by the translators of every unit. Their
// texts are read by all who write or translate.
func Work() translation.Work {
	return translation.Work{
		Collection: themes, Name: "theme", Owner: ownerOf,
		Drafted: func(r *core.Record) ([]translation.Place, error) {
			return translation.Places(Blocks(Theme{r}.Content())), nil
		},
		Head: func(_ core.App, r *core.Record) (map[string]any, error) {
			return map[string]any{"title": r.GetString("title")}, nil
		},
		Queue: queued,
		Reads: func(staff, _ *core.Record) bool {
			return access.HasRole(staff, access.RoleEditor) || access.HasRole(staff, access.RoleTranslator) ||
				access.HasRole(staff, access.RoleCoordinator)
		},
	}
}

func queued(app core.App, _ time.Time) ([]translation.Queued, error) {
	var found []struct {
		ID          string `db:"id"`
		Title       string `db:"title"`
		Information string `db:"information"`
		Discussion  string `db:"discussion"`
		Think       string `db:"think"`
	}
	err := app.DB().Select("id", "title", "information", "discussion", "think").From(themes).OrderBy("order", "title").All(&found)
	if err != nil {
		return nil, fmt.Errorf("list themes to translate: %w", err)
	}
	queue := make([]translation.Queued, len(found))
	for i, t := range found {
		queue[i] = translation.Queued{ID: t.ID, Title: t.Title,
			Stamp: strings.Join([]string{t.Title, t.Information, t.Discussion, t.Think}, "\n\n")}
	}
	return queue, nil
}
