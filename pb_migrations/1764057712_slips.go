package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// invites: one of the kind slip is printed for one guardian and lets one phone
// into its group. Its code is not kept, sealed or otherwise: it is on the paper
// only.
func init() {
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("invites")
		if err != nil {
			return fmt.Errorf("find collection invites: %w", err)
		}
		c.Fields.GetByName("kind").(*core.SelectField).Values = []string{"group", "handover", "slip"}
		c.Fields.GetByName("codeSealed").(*core.TextField).Required = false
		return app.Save(c)
	}, func(app core.App) error {
		if _, err := app.DB().Delete("invites", dbx.HashExp{"kind": "slip"}).Execute(); err != nil {
			return fmt.Errorf("delete the slips: %w", err)
		}
		c, err := app.FindCollectionByNameOrId("invites")
		if err != nil {
			return fmt.Errorf("find collection invites: %w", err)
		}
		c.Fields.GetByName("kind").(*core.SelectField).Values = []string{"group", "handover"}
		c.Fields.GetByName("codeSealed").(*core.TextField).Required = true
		return app.Save(c)
	}, "1764057712_slips.go")
}
