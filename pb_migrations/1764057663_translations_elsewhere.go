package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// translations: `elsewhere` names who has reviewed a text before it came here
// with a pack, and under which licence. It is a draft until somebody here finds
// it right.
func init() {
	const name = "translations"
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", name, err)
		}
		c.Fields.Add(text("elsewhere", 300, false))
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", name, err)
		}
		c.Fields.RemoveByName("elsewhere")
		return app.Save(c)
	}, "1764057663_translations_elsewhere.go")
}
