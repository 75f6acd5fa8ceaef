package colleague

import (
	"errors"
	"fmt"
	"time"

	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// ErrLastAdmin (409): without her nobody could let anybody in again.
var ErrLastAdmin = problem.New(409, "error.last_admin")

// bindStaff keeps an administrator, whoever changes accounts, and ends the links
// of one who is none any more: she may have kept some for herself.
func (f *Feature) bindStaff(app core.App) {
	app.OnRecordUpdate(staff).Bind(inTransaction("foljeLastAdminChanged", func(e *core.RecordEvent) error {
		if !administers(e.Record.Original()) || administers(e.Record) {
			return e.Next()
		}
		if err := another(e.App, e.Record.Id); err != nil {
			return err
		}
		return errors.Join(f.endLinks(e.App, e.Record.Id), e.Next())
	}))
	app.OnRecordDelete(staff).Bind(inTransaction("foljeLastAdminDeleted", func(e *core.RecordEvent) error {
		if !administers(e.Record) {
			return e.Next()
		}
		if err := another(e.App, e.Record.Id); err != nil {
			return err
		}
		return errors.Join(f.endLinks(e.App, e.Record.Id), e.Next())
	}))
}

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

// endLinks ends what an administrator invited that nobody has answered. The
// others see that it is over, and may invite again.
func (f *Feature) endLinks(tx core.App, author string) error {
	now := f.Now().UTC().Format(stored)
	_, err := tx.DB().Update(invites, dbx.Params{"expires": now, "sealed": ""}, dbx.And(
		dbx.HashExp{"author": author}, dbx.NewExp("[[expires]] > {:now}", dbx.Params{"now": now}))).Execute()
	if err != nil {
		return fmt.Errorf("end the links of who is no administrator any more: %w", err)
	}
	return nil
}

// stored is a time as PocketBase stores it.
const stored = "2006-01-02 15:04:05.000Z"

func administers(r *core.Record) bool {
	for _, role := range r.GetStringSlice("roles") {
		if role == "admin" {
			return r.GetDateTime("left").IsZero()
		}
	}
	return false
}

// another fails with [ErrLastAdmin] where nobody else is an administrator.
func another(app core.App, id string) error {
	var others int
	err := app.DB().Select("count(*)").From(staff).Where(dbx.NewExp(
		`[[left]] = '' AND [[id]] != {:id} AND EXISTS (SELECT 1 FROM json_each([[roles]]) WHERE value = 'admin')`, dbx.Params{"id": id})).Row(&others)
	if err != nil {
		return fmt.Errorf("count administrators: %w", err)
	}
	if others == 0 {
		return ErrLastAdmin
	}
	return nil
}

// forgotten is for how long an invite that nobody answered is kept after its
// end, for the administrator to see.
const forgotten = 30 * 24 * time.Hour

// Sweep deletes the invites that ended long ago.
func Sweep(app core.App, now time.Time) error {
	_, err := app.DB().Delete(invites, dbx.NewExp("[[expires]] < {:before}",
		dbx.Params{"before": now.UTC().Add(-forgotten).Format(stored)})).Execute()
	if err != nil {
		return fmt.Errorf("delete old invites of colleagues: %w", err)
	}
	return nil
}

func (f *Feature) bindSweep(app core.App) {
	const job = "foljeColleaguesSweep"
	app.Cron().MustAdd(job, "27 2 * * *", func() {
		if err := Sweep(app, f.Now()); err != nil {
			app.Logger().Error("run scheduled job", "job", job, "cause", err.Error())
		}
	})
}
