package pb_migrations

import "github.com/pocketbase/pocketbase/core"

const isCoordinator = `@request.auth.roles:each ?= "coordinator"`

// guide_entries: the services and the knowledge of Familjeguiden. Title and
// parts are translated; name, place, contacts and the other names are as the
// municipality has them. The staff part, entries for staff and hidden ones stay
// with staff. `checked` is the day (2026-11-22) on which somebody last found the
// entry to be right, `reminded` the season in which its owner was last asked to
// look. All staff read it; the coordinator, administrators and the entry's owner
// write it.
func init() {
	create("1764057601_guide_entries.go", "guide_entries", func(app core.App) (*core.Collection, error) {
		owner, err := relation(app, "owner", "staff", 1, false, false)
		if err != nil {
			return nil, err
		}
		may, reads := rule(isCoordinator+` || `+isAdmin), rule(`@request.auth.id != ""`)
		writes := rule(isCoordinator + ` || ` + isAdmin + ` || owner = @request.auth.id`)
		c := base("guide_entries", rules{list: reads, view: reads, create: may, update: writes, delete: may},
			&core.TextField{Name: "key", Max: 40, Required: true, Pattern: `^[a-z][a-z0-9_]*$`},
			text("name", 80, false), text("title", 120, true),
			&core.JSONField{Name: "also", MaxSize: 4_000},
			&core.SelectField{Name: "type", Values: []string{"service", "knowledge", "history"}, MaxSelect: 1, Required: true},
			&core.SelectField{Name: "audience", Values: []string{"everyone", "staff"}, MaxSelect: 1, Required: true},
			&core.BoolField{Name: "hidden"},
			age("ageFrom"), age("ageTo"),
			&core.JSONField{Name: "parts", MaxSize: 200_000},
			&core.JSONField{Name: "staff", MaxSize: 200_000},
			&core.JSONField{Name: "contacts", MaxSize: 8_000},
			&core.JSONField{Name: "place", MaxSize: 2_000},
			&core.JSONField{Name: "related", MaxSize: 2_000},
			&core.JSONField{Name: "chain", MaxSize: 200},
			&core.BoolField{Name: "sensitive"}, &core.BoolField{Name: "urgent"}, &core.BoolField{Name: "ask"},
			owner,
			&core.TextField{Name: "checked", Max: 10, Pattern: `^(\d{4}-\d{2}-\d{2})?$`},
			number("order"), number("base"),
			&core.TextField{Name: "reminded", Max: 7, Hidden: true},
		)
		c.AddIndex("idx_guide_entries_key", true, "key", "")
		return c, nil
	})
}

// age is a child's, in years.
func age(name string) *core.NumberField {
	youngest, oldest := 0.0, 20.0
	return &core.NumberField{Name: name, OnlyInt: true, Min: &youngest, Max: &oldest}
}
