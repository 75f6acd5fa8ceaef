package glossary

import (
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
		Queue: translation.Listed(collection, nil, []string{"term"}, "term", "explanation"),
		Reads: translation.ReadBy(access.RoleEditor, access.RoleTranslator),
	}
}
