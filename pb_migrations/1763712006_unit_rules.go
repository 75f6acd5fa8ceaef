package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// Who sees units and groups: an administrator, and staff of the unit. The rule
// names staff.units, so it can only be set when staff exists.
func init() {
	visible := map[string]string{
		"units":  isAdmin + ` || @request.auth.units.id ?= id`,
		"groups": isAdmin + ` || @request.auth.units.id ?= unit`,
	}
	set := func(app core.App, condition func(name string) *string) error {
		for name := range visible {
			c, err := app.FindCollectionByNameOrId(name)
			if err != nil {
				return fmt.Errorf("find collection %s: %w", name, err)
			}
			c.ListRule, c.ViewRule = condition(name), condition(name)
			if err := app.Save(c); err != nil {
				return err
			}
		}
		return nil
	}
	migrations.Register(func(app core.App) error {
		return set(app, func(name string) *string { return rule(visible[name]) })
	}, func(app core.App) error {
		return set(app, func(string) *string { return nil })
	}, "1763712006_unit_rules.go")
}
