package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// groups: which years of school are in a class, as a digit each: 0 is the
// preschool class, then 1–9. Empty for a preschool's department.
func init() {
	year := func(name string) core.Field { return &core.TextField{Name: name, Max: 1, Pattern: `^[0-9]$`} }
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("groups")
		if err != nil {
			return fmt.Errorf("find collection groups: %w", err)
		}
		c.Fields.Add(year("yearFrom"), year("yearTo"))
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("groups")
		if err != nil {
			return fmt.Errorf("find collection groups: %w", err)
		}
		c.Fields.RemoveByName("yearFrom")
		c.Fields.RemoveByName("yearTo")
		return app.Save(c)
	}, "1764057614_group_years.go")
}
