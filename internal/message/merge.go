package message

import (
	"folje/internal/locale"

	"github.com/pocketbase/pocketbase/core"
)

// Merged lays what was edited on a server over the catalogues, by tag, for
// handing it back to where the files come from. A message is as good as its
// worst form. What it gives are copies.
func Merged(app core.App, catalogs map[string]*locale.Catalog) (map[string]*locale.Catalog, error) {
	edits, err := allEdits(app)
	if err != nil {
		return nil, err
	}
	source := catalogs[locale.Source]
	merged := map[string]*locale.Catalog{}
	for tag, c := range catalogs {
		own := &locale.Catalog{Tag: tag, Messages: map[string]locale.Message{}}
		for id, m := range c.Messages {
			own.Messages[id] = m
		}
		for id, of := range edits[tag] {
			if m, won := locale.Merge(tag, source.Messages[id], c.Messages[id], of); won {
				own.Messages[id] = m
			}
		}
		merged[tag] = own
	}
	return merged, nil
}
