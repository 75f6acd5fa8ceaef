package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// outbox: `awaits` are locales, separated by spaces, that a held row waits for:
// phones ring when all of them are ready, at `hold` at the latest.
func init() {
	const outbox = "outbox"
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(outbox)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", outbox, err)
		}
		c.Fields.Add(text("awaits", 200, false))
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(outbox)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", outbox, err)
		}
		c.Fields.RemoveByName("awaits")
		return app.Save(c)
	}, "1763971209_outbox_awaits.go")
}
