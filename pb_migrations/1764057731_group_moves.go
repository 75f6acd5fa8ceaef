package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// groups: what phones are asked when a school year ends: {from, until, to}, the
// first and the last day on which they are asked (2026-08-10), and the ids of
// the groups that they may go on to; null while nothing is asked.
func init() {
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("groups")
		if err != nil {
			return fmt.Errorf("find collection groups: %w", err)
		}
		c.Fields.Add(&core.JSONField{Name: "moves", MaxSize: 2000})
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("groups")
		if err != nil {
			return fmt.Errorf("find collection groups: %w", err)
		}
		c.Fields.RemoveByName("moves")
		return app.Save(c)
	}, "1764057731_group_moves.go")
}
