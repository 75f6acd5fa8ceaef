package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// letters: the ones that translators have work in are found without a look at
// those of years ago.
func init() {
	const index = "idx_letters_queue"
	change := func(edit func(*core.Collection)) func(core.App) error {
		return func(app core.App) error {
			c, err := app.FindCollectionByNameOrId("letters")
			if err != nil {
				return fmt.Errorf("find collection letters: %w", err)
			}
			edit(c)
			return app.Save(c)
		}
	}
	migrations.Register(
		change(func(c *core.Collection) { c.AddIndex(index, false, "withdrawn, updated", "") }),
		change(func(c *core.Collection) { c.RemoveIndex(index) }),
		"1763971213_letters_queue.go")
}
