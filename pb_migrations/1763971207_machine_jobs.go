package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// machine_jobs: sentences that an engine failed to draft in a locale: how often
// it was tried, why it failed last, and when it is tried again. One that
// succeeded, or whose sentence is gone, is gone. Locked.
func init() {
	const jobs, trigger = "machine_jobs", "machine_jobs_forgotten"
	migrations.Register(func(app core.App) error {
		segment, err := relation(app, "segment", "segments", 1, true, true)
		if err != nil {
			return err
		}
		c := timeless(jobs, segment,
			text("locale", 16, true), number("tries"), date("due"), text("fault", 60, false))
		c.AddIndex("idx_machine_jobs_key", true, "segment, locale", "")
		if err := app.Save(c); err != nil {
			return err
		}
		_, err = app.DB().NewQuery(`CREATE TRIGGER ` + trigger + ` AFTER DELETE ON segments BEGIN
			DELETE FROM ` + jobs + ` WHERE segment = old.id; END`).Execute()
		if err != nil {
			return fmt.Errorf("make the trigger: %w", err)
		}
		return nil
	}, func(app core.App) error {
		if _, err := app.DB().NewQuery("DROP TRIGGER " + trigger).Execute(); err != nil {
			return fmt.Errorf("drop the trigger: %w", err)
		}
		c, err := app.FindCollectionByNameOrId(jobs)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", jobs, err)
		}
		return app.Delete(c)
	}, "1763971207_machine_jobs.go")
}
