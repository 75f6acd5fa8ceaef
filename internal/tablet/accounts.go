package tablet

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// bindAccounts ends somebody's session on a tablet with her other ones, and
// forgets her PIN when her password changes or she leaves.
func (f *feature) bindAccounts(app core.App) {
	app.OnRecordUpdate(staff).Bind(&hook.Handler[*core.RecordEvent]{Id: "foljeTabletAccount", Func: func(e *core.RecordEvent) error {
		before := e.Record.Original()
		ended := before.TokenKey() != e.Record.TokenKey()
		forgets := before.GetString("password:hash") != e.Record.GetString("password:hash") || !e.Record.GetDateTime("left").IsZero()
		if err := e.Next(); err != nil || !ended && !forgets {
			return err
		}
		return forgetPerson(e.App, e.Record.Id, forgets)
	}})
}

// forgetPerson ends somebody's session, and forgets her PIN too where that is
// wanted.
func forgetPerson(app core.App, person string, pin bool) error {
	if err := endSession(app, person); err != nil || !pin {
		return err
	}
	if _, err := app.DB().Delete(pins, dbx.HashExp{"person": person}).Execute(); err != nil {
		return fmt.Errorf("forget a PIN: %w", err)
	}
	return nil
}

// sweep deletes sessions that are over, and tablets whose code nobody opened in a
// day.
func sweep(app core.App, now time.Time) error {
	const stored = "2006-01-02 15:04:05.000Z"
	_, err := app.DB().Delete(sessions, dbx.NewExp("[[began]] <= {:at}", dbx.Params{"at": now.UTC().Add(-longest).Format(stored)})).Execute()
	if err != nil {
		return fmt.Errorf("delete old sessions: %w", err)
	}
	_, err = app.DB().Delete(tablets, dbx.NewExp("[[mark]] = '' AND [[expires]] <= {:at}", dbx.Params{"at": now.UTC().Add(-24 * time.Hour).Format(stored)})).Execute()
	if err != nil {
		return fmt.Errorf("delete tablets that nobody opened: %w", err)
	}
	return nil
}

func (f *feature) bindSweep(app core.App) {
	const job = "foljeTabletsSweep"
	app.Cron().MustAdd(job, "37 2 * * *", func() {
		if err := sweep(app, f.Now()); err != nil {
			app.Logger().Error("run scheduled job", "job", job, "cause", err.Error())
		}
	})
}
