package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
	"github.com/pocketbase/pocketbase/tools/types"
)

// staff: accounts are made, changed and ended by the app's own routes only.
// `left` is when a colleague left: her account has no roles any more and lets
// nobody in; it stays as the name of who wrote and reviewed what is there.
func init() {
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("staff")
		if err != nil {
			return fmt.Errorf("find collection staff: %w", err)
		}
		c.Fields.Add(date("left"))
		c.Fields.GetByName("roles").(*core.SelectField).Required = false
		rules{list: rule(isAdmin + ` && left = "" || id = @request.auth.id`), view: c.ViewRule}.apply(c)
		c.ManageRule, c.AuthRule = nil, types.Pointer(`left = ""`)
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("staff")
		if err != nil {
			return fmt.Errorf("find collection staff: %w", err)
		}
		c.Fields.RemoveByName("left")
		own := rule(isAdmin + ` || id = @request.auth.id`)
		rules{list: own, view: own, create: rule(isAdmin), update: rule(isAdmin), delete: rule(isAdmin)}.apply(c)
		c.ManageRule, c.AuthRule = rule(isAdmin), types.Pointer("")
		return app.Save(c)
	}, "1764057721_staff_left.go")
}
