package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// groups: how many children are in a group, so that staff see whether its
// phones are few; 0 where nobody has said.
func init() {
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("groups")
		if err != nil {
			return fmt.Errorf("find collection groups: %w", err)
		}
		children := number("children")
		most := 999.0
		children.Max = &most
		c.Fields.Add(children)
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("groups")
		if err != nil {
			return fmt.Errorf("find collection groups: %w", err)
		}
		c.Fields.RemoveByName("children")
		return app.Save(c)
	}, "1764057730_group_children.go")
}
