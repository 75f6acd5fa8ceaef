package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// staff: `told` is when a translator was last told by e-mail that work has
// arrived, hidden from everybody; `noMail` is her wish not to be.
func init() {
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("staff")
		if err != nil {
			return fmt.Errorf("find collection staff: %w", err)
		}
		c.Fields.Add(&core.DateField{Name: "told", Hidden: true}, &core.BoolField{Name: "noMail"})
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("staff")
		if err != nil {
			return fmt.Errorf("find collection staff: %w", err)
		}
		c.Fields.RemoveByName("told")
		c.Fields.RemoveByName("noMail")
		return app.Save(c)
	}, "1763971211_translators_told.go")
}
