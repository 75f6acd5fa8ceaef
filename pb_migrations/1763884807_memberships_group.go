package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// memberships: who follows a group is found by itself, so that ringing a class
// doesn't cost a look at every phone of the municipality.
func init() {
	const index = "idx_memberships_group"
	change := func(edit func(*core.Collection)) func(core.App) error {
		return func(app core.App) error {
			c, err := app.FindCollectionByNameOrId("memberships")
			if err != nil {
				return fmt.Errorf("find collection memberships: %w", err)
			}
			edit(c)
			return app.Save(c)
		}
	}
	migrations.Register(
		change(func(c *core.Collection) { c.AddIndex(index, false, "`group`, ends, device", "") }),
		change(func(c *core.Collection) { c.RemoveIndex(index) }),
		"1763884807_memberships_group.go")
}
