package confidential

import (
	"fmt"
	"time"

	"folje/internal/audit"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// sweepJob is the name of the nightly clearing up.
const sweepJob = "foljeConfidentialSweep"

// bindSweep binds the clearing up, and that nothing of what came is deleted
// without a row in the audit log, by whomever.
func (f *feature) bindSweep(app core.App) {
	app.OnRecordDelete(requests).Bind(inTransaction("foljeConfidentialDelete", func(e *core.RecordEvent) error {
		name, err := channelOf(e.App, e.Record)
		if err != nil {
			return err
		}
		if err := audit.Write(e.App, audit.System, "delete request", subject(name, e.Record.Id), f.Now()); err != nil {
			return err
		}
		return e.Next()
	}))
	app.Cron().MustAdd(sweepJob, "22 3 * * *", func() {
		if err := Sweep(app, f.Now()); err != nil {
			app.Logger().Error("run scheduled job", "job", sweepJob, "cause", err.Error())
		}
	})
}

// Sweep deletes the requests that were closed as many days ago as their channel
// keeps them, and what was shared of them.
func Sweep(app core.App, now time.Time) error {
	all, err := app.FindAllRecords(channels)
	if err != nil {
		return fmt.Errorf("list channels: %w", err)
	}
	for _, c := range all {
		before := now.UTC().AddDate(0, 0, -c.GetInt("keepDays")).Format(stored)
		var due []string
		err := app.DB().Select("r.id").From(requests+" r").InnerJoin(keys+" k", dbx.NewExp("[[k.id]] = [[r.key]]")).
			Where(dbx.HashExp{"k.channel": c.Id, "r.state": "closed"}).
			AndWhere(dbx.NewExp("[[r.closed]] != '' AND [[r.closed]] <= {:before}", dbx.Params{"before": before})).Column(&due)
		if err != nil {
			return fmt.Errorf("find requests to delete: %w", err)
		}
		for _, id := range due {
			if err := remove(app, id); err != nil {
				return err
			}
		}
	}
	return nil
}

func remove(app core.App, id string) error {
	return app.RunInTransaction(func(tx core.App) error {
		r, err := tx.FindRecordById(requests, id)
		if err != nil {
			return fmt.Errorf("find a request to delete: %w", err)
		}
		if r.GetString("state") != "closed" { // meanwhile
			return nil
		}
		if err := tx.Delete(r); err != nil {
			return fmt.Errorf("delete a request: %w", err)
		}
		return nil
	})
}
