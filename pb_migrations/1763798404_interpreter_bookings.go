package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// interpreter_bookings: what staff did about an interpreter that parents asked
// for, one row for a meeting, language and mode. Without a row the state is
// `requested`. `contact` is the interpreter's or the agency's. Locked.
func init() {
	create("1763798404_interpreter_bookings.go", "interpreter_bookings", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "meeting", to: "meetings", required: true, cascade: true},
			link{name: "author", to: "staff"})
		if err != nil {
			return nil, err
		}
		c := base("interpreter_bookings", rules{}, append(links,
			text("language", 60, true), interpreterMode(),
			&core.SelectField{Name: "state", Values: []string{"requested", "booked", "none_found", "cancelled"}, MaxSelect: 1, Required: true},
			text("contact", 200, false),
		)...)
		c.AddIndex("idx_interpreter_bookings_one", true, "meeting, language, mode", "")
		return c, nil
	})
}
