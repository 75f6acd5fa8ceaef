package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// units: a preschool, a school or a family centre, with the board that owns
// its records (authority).
func init() {
	create("1763712003_units.go", "units", func(core.App) (*core.Collection, error) {
		return base("units", rules{create: rule(isAdmin), update: rule(isAdmin), delete: rule(isAdmin)},
			text("name", 120, true),
			&core.SelectField{Name: "kind", Values: []string{"preschool", "school", "family_centre"}, MaxSelect: 1, Required: true},
			text("authority", 200, false),
			text("address", 200, false),
		), nil
	})
}
