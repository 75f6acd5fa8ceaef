package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// memberships: `has` is the sequence number of the group's log up to which the
// device was sent its records. It is no time, and says nothing of reading.
func init() {
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("memberships")
		if err != nil {
			return fmt.Errorf("find collection memberships: %w", err)
		}
		c.Fields.Add(number("has"))
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("memberships")
		if err != nil {
			return fmt.Errorf("find collection memberships: %w", err)
		}
		c.Fields.RemoveByName("has")
		return app.Save(c)
	}, "1764057711_memberships_has.go")
}
