package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// changes: what one stream of a scope has after a cursor is found by itself, so
// that a delta costs what is in it, not what the scope ever had.
func init() {
	const index = "idx_changes_stream"
	change := func(edit func(*core.Collection)) func(core.App) error {
		return func(app core.App) error {
			c, err := app.FindCollectionByNameOrId("changes")
			if err != nil {
				return fmt.Errorf("find collection changes: %w", err)
			}
			edit(c)
			return app.Save(c)
		}
	}
	migrations.Register(
		change(func(c *core.Collection) { c.AddIndex(index, false, "scope, stream, seq", "") }),
		change(func(c *core.Collection) { c.RemoveIndex(index) }),
		"1763798408_changes_stream.go")
}
