package glossary

import (
	"folje/internal/locale"
	"folje/internal/sync"

	"github.com/pocketbase/pocketbase/core"
)

// Config is what the glossary needs from outside.
type Config struct {
	Locales *locale.Bundle
}

type feature struct{ Config }

// Register binds what saving and deleting a word does, and gives what the feed
// "public" gets of it.
func Register(app core.App, cfg Config) sync.Source {
	f := &feature{cfg}
	f.bindSave(app)
	Bind(app)
	return source
}
