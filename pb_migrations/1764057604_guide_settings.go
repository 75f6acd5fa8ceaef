package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// settings: `guide` says where "leave quickly" leads (`leaveTo`) and where
// consent can be signed electronically (`consentLink`), both https or "".
func init() {
	const name = "guide"
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("settings")
		if err != nil {
			return err
		}
		r := core.NewRecord(c)
		r.Set("name", name)
		r.Set("value", map[string]string{"leaveTo": "", "consentLink": ""})
		return app.Save(r)
	}, func(app core.App) error {
		r, err := app.FindFirstRecordByData("settings", "name", name)
		if err != nil {
			return err
		}
		return app.Delete(r)
	}, "1764057604_guide_settings.go")
}
