package phrase

import (
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
		Queue: translation.Listed(collection, dbx.HashExp{"hidden": false}, []string{"kind", "order", "text"}, "text"),
		Reads: translation.ReadBy(access.RoleEditor, access.RoleTranslator),
	}
}
