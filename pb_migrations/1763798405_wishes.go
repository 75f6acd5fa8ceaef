package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// wishes: what a group's parents want to talk about. Nothing says from which
// phone a wish came; of its time only the day is kept. Locked.
func init() {
	create("1763798405_wishes.go", "wishes", func(app core.App) (*core.Collection, error) {
		group, err := relation(app, "group", "groups", 1, true, true)
		if err != nil {
			return nil, err
		}
		c := timeless("wishes", group,
			text("text", 500, true), text("day", 10, true),
			&core.SelectField{Name: "state", Values: []string{"open", "used", "set_aside"}, MaxSelect: 1, Required: true})
		c.AddIndex("idx_wishes_group", false, "`group`, state, day", "")
		return c, nil
	})
}
