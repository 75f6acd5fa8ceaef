package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// calendars: the address that a phone's calendar program reads the meetings
// of its groups from. Of the address only an HMAC is kept. One for each phone;
// a new one ends the old. Locked.
func init() {
	create("1763798407_calendars.go", "calendars", func(app core.App) (*core.Collection, error) {
		device, err := relation(app, "device", "devices", 1, true, true)
		if err != nil {
			return nil, err
		}
		c := timeless("calendars", device, hidden("mark", 64))
		c.AddIndex("idx_calendars_device", true, "device", "")
		c.AddIndex("idx_calendars_mark", true, "mark", "")
		return c, nil
	})
}
