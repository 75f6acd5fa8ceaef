package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// staff: those who sign in, with their roles, their units and, for
// translators, their locales. Only an administrator makes or changes one.
func init() {
	create("1763712005_staff.go", "staff", func(app core.App) (*core.Collection, error) {
		units, err := relation(app, "units", "units", 99, false, false)
		if err != nil {
			return nil, err
		}
		c := core.NewAuthCollection("staff")
		c.Fields.Add(
			text("name", 120, true),
			&core.SelectField{Name: "roles", Values: []string{"editor", "translator", "coordinator", "steget", "admin"}, MaxSelect: 5, Required: true},
			units,
			&core.SelectField{Name: "locales", MaxSelect: 14, Values: []string{
				"sv-simple", "en", "ar", "fa", "fa-AF", "so", "ti", "uk", "ckb", "ku", "ps", "tr", "pl", "fi",
			}},
			&core.AutodateField{Name: "created", OnCreate: true},
			&core.AutodateField{Name: "updated", OnCreate: true, OnUpdate: true},
		)
		c.Fields.GetByName("password").(*core.PasswordField).Min = 12
		own := rule(isAdmin + ` || id = @request.auth.id`)
		rules{list: own, view: own, create: rule(isAdmin), update: rule(isAdmin), delete: rule(isAdmin)}.apply(c)
		c.ManageRule = rule(isAdmin)
		c.AuthRule = types.Pointer("")
		c.AuthAlert.Enabled = false
		c.OAuth2.Enabled = false
		c.OTP.Enabled = false
		c.PasswordAuth.Enabled = true
		c.PasswordAuth.IdentityFields = []string{"email"}
		c.AuthToken.Duration = 12 * 60 * 60 // a working day
		return c, nil
	})
}
