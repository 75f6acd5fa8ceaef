package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// settings: `translation` says whether a second person reviews every text
// (`secondReview`).
func init() {
	const name = "translation"
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("settings")
		if err != nil {
			return err
		}
		r := core.NewRecord(c)
		r.Set("name", name)
		r.Set("value", map[string]any{"secondReview": false})
		return app.Save(r)
	}, func(app core.App) error {
		r, err := app.FindFirstRecordByData("settings", "name", name)
		if err != nil {
			return err
		}
		return app.Delete(r)
	}, "1763971210_translation_settings.go")
}
