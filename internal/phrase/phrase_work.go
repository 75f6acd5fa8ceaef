package phrase

import (
	"fmt"
	"time"

	"folje/internal/access"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Work says how phrases are translated: by the translators of every unit, when
// they have time. All who write letters or translate read them.
func Work() translation.Work {
	return translation.Work{
		Collection: collection, Name: "phrase", Owner: ownerOf,
		Head: func(_ core.App, r *core.Record) (map[string]any, error) {
			return map[string]any{"title": r.GetString("text")}, nil
		},
		Queue: queued,
		Reads: func(staff, _ *core.Record) bool {
			return access.HasRole(staff, access.RoleEditor) || access.HasRole(staff, access.RoleTranslator)
		},
	}
}

func queued(app core.App, _ time.Time) ([]translation.Queued, error) {
	var found []struct {
		ID   string `db:"id"`
		Text string `db:"text"`
	}
	err := app.DB().Select("id", "text").From(collection).Where(dbx.HashExp{"hidden": false}).OrderBy("kind", "order", "text").All(&found)
	if err != nil {
		return nil, fmt.Errorf("list phrases to translate: %w", err)
	}
	queue := make([]translation.Queued, len(found))
	for i, p := range found {
		queue[i] = translation.Queued{ID: p.ID, Title: p.Text, Stamp: p.Text}
	}
	return queue, nil
}
