package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// staff_invites: who is invited to work here, and has not answered yet, or is
// to choose another password for the `account` she has. `mark`
// is what her link is found by; `sealed` is the link's secret, encrypted, until
// it is sent. Locked.
func init() {
	create("1764057720_staff_invites.go", "staff_invites", func(app core.App) (*core.Collection, error) {
		units, err := relation(app, "units", "units", 99, false, false)
		if err != nil {
			return nil, err
		}
		account, err := relation(app, "account", "staff", 1, false, true)
		if err != nil {
			return nil, err
		}
		c := base("staff_invites", rules{},
			text("name", 120, true), &core.EmailField{Name: "email", Required: true},
			&core.SelectField{Name: "roles", Values: []string{"editor", "translator", "coordinator", "steget", "admin"}, MaxSelect: 5, Required: true},
			units,
			&core.SelectField{Name: "locales", MaxSelect: 14, Values: []string{
				"sv-simple", "en", "ar", "fa", "fa-AF", "so", "ti", "uk", "ckb", "ku", "ps", "tr", "pl", "fi",
			}},
			hidden("mark", 64), &core.TextField{Name: "sealed", Max: 200, Hidden: true},
			account, date("expires"), date("sent"), &core.BoolField{Name: "refused"}, text("author", 15, false))
		c.AddIndex("idx_staff_invites_mark", true, "mark", "")
		c.AddIndex("idx_staff_invites_email", true, "email COLLATE NOCASE", "")
		return c, nil
	})
}
