package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// request_holders: who asked to read a channel's requests, is let in, or has
// left. One who covers during holidays reads from `coverFrom` to `coverTo` only,
// days such as 2026-07-01. Locked.
func init() {
	create("1764057634_request_holders.go", "request_holders", func(app core.App) (*core.Collection, error) {
		fields, err := relations(app,
			link{name: "channel", to: "channels", required: true, cascade: true},
			link{name: "staff", to: "staff", required: true, cascade: true})
		if err != nil {
			return nil, err
		}
		c := timeless("request_holders", fields...)
		c.Fields.Add(
			&core.SelectField{Name: "state", Values: []string{"asked", "in", "left"}, MaxSelect: 1, Required: true},
			text("coverFrom", 10, false), text("coverTo", 10, false))
		c.AddIndex("idx_request_holders_staff", true, "channel, staff", "")
		return c, nil
	})
}
