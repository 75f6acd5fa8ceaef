package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// groups: a department or a class of a unit; what phones follow and what a
// letter is sent to.
func init() {
	create("1763712004_groups.go", "groups", func(app core.App) (*core.Collection, error) {
		unit, err := relation(app, "unit", "units", 1, true, true)
		if err != nil {
			return nil, err
		}
		return base("groups", rules{create: rule(isAdmin), update: rule(isAdmin), delete: rule(isAdmin)},
			text("name", 120, true), unit), nil
	})
}
