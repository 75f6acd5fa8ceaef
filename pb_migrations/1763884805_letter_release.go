package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// letters: `release` is when the revision after `number`, which is stored
// already, goes out to phones; empty where none waits. Until then it can be
// undone.
func init() {
	const letters = "letters"
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(letters)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", letters, err)
		}
		c.Fields.Add(date("release"))
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(letters)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", letters, err)
		}
		c.Fields.RemoveByName("release")
		return app.Save(c)
	}, "1763884805_letter_release.go")
}
