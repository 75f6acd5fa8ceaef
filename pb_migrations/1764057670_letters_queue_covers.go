package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// letters: what the translators' queue says of a letter stands in its index, so
// that nobody reads past thousands of letters' texts for it.
func init() {
	const index = "idx_letters_queue"
	with := func(columns string) func(core.App) error {
		return func(app core.App) error {
			c, err := app.FindCollectionByNameOrId("letters")
			if err != nil {
				return fmt.Errorf("find collection letters: %w", err)
			}
			c.RemoveIndex(index)
			c.AddIndex(index, false, columns, "")
			return app.Save(c)
		}
	}
	migrations.Register(
		with("withdrawn, updated, id, title, unit, base, groups, published, meeting"),
		with("withdrawn, updated"),
		"1764057670_letters_queue_covers.go")
}
