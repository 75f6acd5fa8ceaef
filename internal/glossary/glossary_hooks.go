package glossary

import (
	"fmt"

	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Bind makes every way of storing a word, through the record API or not, do the
// same in one transaction: say which segments it uses, and tell the feed. What
// stores words before the features are bound calls it too. Calling it again
// changes nothing.
func Bind(app core.App) {
	app.OnRecordCreate(collection).Bind(inTransaction("foljeWordCreate", settle))
	app.OnRecordUpdate(collection).Bind(inTransaction("foljeWordUpdate", settle))
	app.OnRecordDelete(collection).Bind(inTransaction("foljeWordDelete", func(e *core.RecordEvent) error {
		if err := translation.Index(e.App, translation.Owner{Collection: collection, ID: e.Record.Id}); err != nil {
			return fmt.Errorf("forget the word's segments: %w", err)
		}
		if err := translation.Tell(e.App, sync.Item(collection, e.Record.Id), nil, []string{sync.Public}, nil); err != nil {
			return err
		}
		return e.Next()
	}))
}

func settle(e *core.RecordEvent) error {
	if err := e.Next(); err != nil {
		return err
	}
	o := Word{e.Record}.owner()
	if err := translation.Index(e.App, o); err != nil {
		return fmt.Errorf("index a word: %w", err)
	}
	return translation.Tell(e.App, sync.Item(collection, e.Record.Id), o.Published, nil, o.PublishedScopes)
}

// inTransaction is a handler that is bound once, under its id.
func inTransaction(id string, do func(*core.RecordEvent) error) *hook.Handler[*core.RecordEvent] {
	return &hook.Handler[*core.RecordEvent]{Id: id, Func: func(e *core.RecordEvent) error {
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			return do(e)
		})
	}}
}
