package theme

import (
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
		Queue: translation.Listed(themes, nil, []string{"order", "title"}, "title", "information", "discussion", "think"),
		Reads: translation.ReadBy(access.RoleEditor, access.RoleTranslator, access.RoleCoordinator),
	}
}
