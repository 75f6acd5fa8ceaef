package translation

import (
	"fmt"

	"folje/internal/sync"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Bind makes every way of storing a record of the collection, through the record
// API or not, do the same in one transaction: say which segments it uses, and
// tell the feeds of the scopes that have it, or had it. Owner says what a record
// uses as it stands. It is for records without revisions, whose text is out when
// it is saved. Calling it again changes nothing.
func Bind(app core.App, collection string, owner func(core.App, *core.Record) (Owner, error)) {
	settle := func(e *core.RecordEvent) error {
		before, err := scopesBefore(e, owner)
		if err != nil {
			return err
		}
		if err := e.Next(); err != nil {
			return err
		}
		now, err := owner(e.App, e.Record)
		if err != nil {
			return err
		}
		if err := Index(e.App, now); err != nil {
			return fmt.Errorf("index a record of %s: %w", collection, err)
		}
		return Tell(e.App, sync.Item(collection, e.Record.Id), now.Published, before, now.PublishedScopes)
	}
	forget := func(e *core.RecordEvent) error {
		had, err := owner(e.App, e.Record)
		if err != nil {
			return err
		}
		if err := Index(e.App, Owner{Collection: collection, ID: e.Record.Id}); err != nil {
			return fmt.Errorf("forget a record of %s: %w", collection, err)
		}
		if err := Tell(e.App, sync.Item(collection, e.Record.Id), nil, had.PublishedScopes, nil); err != nil {
			return err
		}
		return e.Next()
	}
	app.OnRecordCreate(collection).Bind(inTransaction("foljeCreate_"+collection, settle))
	app.OnRecordUpdate(collection).Bind(inTransaction("foljeUpdate_"+collection, settle))
	app.OnRecordDelete(collection).Bind(inTransaction("foljeDelete_"+collection, forget))
}

// scopesBefore are those that had the record as it was stored; none for a new
// one.
func scopesBefore(e *core.RecordEvent, owner func(core.App, *core.Record) (Owner, error)) ([]string, error) {
	if e.Record.IsNew() {
		return nil, nil
	}
	was, err := owner(e.App, e.Record.Original())
	return was.PublishedScopes, err
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
