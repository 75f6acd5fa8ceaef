package glossary

import (
	"fmt"
	"time"

	"folje/internal/access"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// Work says how school words are translated: by the translators of every unit,
// when they have time. Their texts are read by editors and translators.
func Work() translation.Work {
	return translation.Work{
		Collection: collection, Name: "word",
		Owner: ownerOf,
		Drafted: func(r *core.Record) ([]translation.Place, error) {
			return translation.Places(Word{r}.Content()), nil
		},
		Head: func(_ core.App, r *core.Record) (map[string]any, error) {
			return map[string]any{"title": r.GetString("term")}, nil
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
		Term        string `db:"term"`
		Explanation string `db:"explanation"`
	}
	if err := app.DB().Select("id", "term", "explanation").From(collection).OrderBy("term").All(&found); err != nil {
		return nil, fmt.Errorf("list words to translate: %w", err)
	}
	queue := make([]translation.Queued, len(found))
	for i, w := range found {
		queue[i] = translation.Queued{ID: w.ID, Title: w.Term, Stamp: w.Term + "\n" + w.Explanation}
	}
	return queue, nil
}
