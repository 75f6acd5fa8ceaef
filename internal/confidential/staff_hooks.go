package confidential

import (
	"fmt"

	"folje/internal/audit"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// bindStaff takes out of the channels who loses their role, leaves, or loses her account, in
// the transaction in which she does.
func (f *feature) bindStaff(app core.App) {
	app.OnRecordUpdate("staff").Bind(inTransaction("foljeConfidentialRole", func(e *core.RecordEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		if !e.Record.GetDateTime("left").IsZero() {
			if err := forget(e.App, e.Record.Id); err != nil {
				return err
			}
		}
		return f.takeOut(e.App, e.Record, func(channel string) bool { return mayHold(e.Record, channel) })
	}))
	app.OnRecordDelete("staff").Bind(inTransaction("foljeConfidentialGone", func(e *core.RecordEvent) error {
		if err := f.takeOut(e.App, e.Record, func(string) bool { return false }); err != nil {
			return err
		}
		return e.Next()
	}))
}

// bindDashboard keeps the record API, which only superusers reach, from writing
// what the routes here write: a public key that somebody exchanged would have
// phones encrypt to hers.
func (f *feature) bindDashboard(app core.App) {
	refuse := func(e *core.RecordRequestEvent) error {
		return problem.API(e.RequestEvent, f.Locales, problem.Forbidden())
	}
	all := []string{channels, keys, own, holders, wraps, requests, shares}
	app.OnRecordCreateRequest(all...).BindFunc(refuse)
	app.OnRecordUpdateRequest(all...).BindFunc(refuse)
	app.OnRecordDeleteRequest(all...).BindFunc(refuse)
}

// inTransaction is a handler whose work and that of those after it is one
// transaction.
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

// forget takes from a colleague who left her own key and what was shared with
// her, and from the channels their head.
func forget(tx core.App, staff string) error {
	_, err := tx.DB().Delete(shares, dbx.HashExp{"to": staff}).Execute()
	if err == nil {
		_, err = tx.DB().Delete(own, dbx.HashExp{"staff": staff}).Execute()
	}
	if err == nil {
		_, err = tx.DB().Update(channels, dbx.Params{"head": ""}, dbx.HashExp{"head": staff}).Execute()
	}
	if err != nil {
		return fmt.Errorf("forget a colleague who left: %w", err)
	}
	return nil
}

// takeOut has the member of staff leave the channels that she may not stay in.
func (f *feature) takeOut(tx core.App, staff *core.Record, stays func(channel string) bool) error {
	all, err := tx.FindRecordsByFilter(holders, "staff = {:staff} && state != 'left'", "", 0, 0, dbx.Params{"staff": staff.Id})
	if err != nil {
		return fmt.Errorf("list holders: %w", err)
	}
	for _, r := range all {
		channel, err := tx.FindRecordById(channels, r.GetString("channel"))
		if err != nil {
			return fmt.Errorf("find a channel: %w", err)
		}
		if stays(channel.GetString("name")) {
			continue
		}
		if err := leave(tx, audit.System, channel, r, f.Now()); err != nil {
			return err
		}
	}
	return nil
}
