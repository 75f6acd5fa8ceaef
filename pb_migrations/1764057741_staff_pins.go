package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// staff_pins: the PIN that a colleague has chosen for shared tablets, as bcrypt's
// hash of a keyed hash of it, and what was tried (see tablets). Locked.
func init() {
	create("1764057741_staff_pins.go", "staff_pins", func(app core.App) (*core.Collection, error) {
		person, err := relation(app, "person", "staff", 1, true, true)
		if err != nil {
			return nil, err
		}
		c := base("staff_pins", rules{}, person, hidden("hash", 72),
			number("tries"), number("strikes"), date("since"), date("until"))
		c.AddIndex("idx_staff_pins_person", true, "person", "")
		return c, nil
	})
}
