package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/security"
)

// settings: the municipality's own (name → JSON value): `municipality` with
// its name and the short address that posters print, and `epoch`, which marks
// this history of changes and is not for anybody to edit.
func init() {
	const file = "1763712018_settings.go"
	migrations.Register(func(app core.App) error {
		reads := rule(isAdmin)
		c := base("settings", rules{list: reads, view: reads, update: rule(isAdmin + ` && name != "epoch"`)},
			text("name", 60, true), &core.JSONField{Name: "value", MaxSize: 20_000})
		c.AddIndex("idx_settings_name", true, "name", "")
		if err := app.Save(c); err != nil {
			return err
		}
		for name, value := range map[string]any{
			"municipality": map[string]string{"name": "", "address": ""},
			"epoch":        security.RandomStringWithAlphabet(12, "abcdefghijklmnopqrstuvwxyz234567"),
		} {
			r := core.NewRecord(c)
			r.Set("name", name)
			r.Set("value", value)
			if err := app.Save(r); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("settings")
		if err != nil {
			return err
		}
		return app.Delete(c)
	}, file)
}
