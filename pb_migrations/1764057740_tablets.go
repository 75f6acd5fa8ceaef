package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// tablets: a unit's shared tablets. `code` is what the code that makes one is
// found by, until `expires`; `mark` is the hash of the secret that the tablet
// made then, empty until then; `seen` is the day of its last use. What was tried
// on it: `tries` wrong PINs since `since`, `strikes` how often that locked it,
// `until` for how long. Locked.
func init() {
	create("1764057740_tablets.go", "tablets", func(app core.App) (*core.Collection, error) {
		unit, err := relation(app, "unit", "units", 1, true, true)
		if err != nil {
			return nil, err
		}
		c := base("tablets", rules{},
			text("name", 60, true), unit, hidden("code", 64), date("expires"),
			&core.TextField{Name: "mark", Max: 64, Hidden: true}, date("seen"),
			number("tries"), number("strikes"), date("since"), date("until"))
		c.AddIndex("idx_tablets_code", true, "code", "")
		c.AddIndex("idx_tablets_mark", true, "mark", "mark != ''")
		return c, nil
	})
}
