package activity

import (
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
		Queue: translation.Listed(collection, notHidden, []string{"title"}, "title", "information"),
		Reads: translation.ReadBy(access.RoleEditor, access.RoleTranslator),
	}
}
