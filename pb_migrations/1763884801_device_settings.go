package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// devices: `quiet` are the hours in which a phone doesn't ring, such as "21-7",
// "off" for none, "" for the usual ones; `titles` says that its notifications
// may show a letter's title; `settingsSeq` is the phone's own count: of two
// changes the higher one holds, whatever the order they came in.
func init() {
	const devices = "devices"
	fields := []core.Field{text("quiet", 8, false), &core.BoolField{Name: "titles"}, number("settingsSeq")}
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(devices)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", devices, err)
		}
		c.Fields.Add(fields...)
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(devices)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", devices, err)
		}
		for _, f := range fields {
			c.Fields.RemoveByName(f.GetName())
		}
		return app.Save(c)
	}, "1763884801_device_settings.go")
}
