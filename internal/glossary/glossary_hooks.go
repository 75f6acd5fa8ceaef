package glossary

import (
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// Bind makes every way of storing a word say which segments it uses, and tell
// the feed. What stores words before the features are bound calls it too.
// Calling it again changes nothing.
func Bind(app core.App) {
	translation.Bind(app, collection, ownerOf)
}

func ownerOf(_ core.App, r *core.Record) (translation.Owner, error) { return Word{r}.owner(), nil }
