package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// rsvps: a phone's answer to a meeting, in RFC 5545's words. `seq` is the
// phone's own count: of two answers the higher one holds, whatever the order
// they came in. `none` is an answer taken back; its row stays for its seq.
// `count` is how many come, `childcare` for how many children, `language` and
// `mode` are the interpreter's. Locked.
func init() {
	create("1763798403_rsvps.go", "rsvps", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "device", to: "devices", required: true, cascade: true},
			link{name: "meeting", to: "meetings", required: true, cascade: true})
		if err != nil {
			return nil, err
		}
		c := timeless("rsvps", append(links,
			number("seq"),
			&core.SelectField{Name: "status", Values: []string{"accepted", "declined", "tentative", "none"}, MaxSelect: 1, Required: true},
			number("count"), number("childcare"),
			text("language", 60, false), interpreterMode(),
			text("note", 500, false),
			&core.BoolField{Name: "late"},
		)...)
		c.AddIndex("idx_rsvps_pair", true, "device, meeting", "")
		c.AddIndex("idx_rsvps_meeting", false, "meeting, status", "")
		return c, nil
	})
}

// interpreterMode is how an interpreter takes part; "" where none is asked for.
func interpreterMode() core.Field {
	return &core.SelectField{Name: "mode", Values: []string{"on_site", "phone", "video"}, MaxSelect: 1}
}
