package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// machine_jobs: sentences that an engine is to draft in a locale, or failed to.
// One that succeeded is gone. Locked.
func init() {
	create("1763971207_machine_jobs.go", "machine_jobs", func(app core.App) (*core.Collection, error) {
		segment, err := relation(app, "segment", "segments", 1, true, true)
		if err != nil {
			return nil, err
		}
		c := timeless("machine_jobs", segment,
			text("locale", 16, true), number("tries"), date("due"), text("fault", 60, false))
		c.AddIndex("idx_machine_jobs_key", true, "segment, locale", "")
		c.AddIndex("idx_machine_jobs_due", false, "due", "")
		return c, nil
	})
}
