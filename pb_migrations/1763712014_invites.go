package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// invites: a code that lets phones into a group (kind group, made by staff) or
// into all groups of another phone (kind handover, used once). The code is
// looked up by HMAC and kept sealed with a key outside the database, so that a
// poster can be printed again. Locked.
func init() {
	create("1763712014_invites.go", "invites", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "group", to: "groups", cascade: true},
			link{name: "device", to: "devices", cascade: true},
			link{name: "usedBy", to: "devices"},
			link{name: "author", to: "staff"})
		if err != nil {
			return nil, err
		}
		c := base("invites", rules{}, append(links,
			&core.SelectField{Name: "kind", Values: []string{"group", "handover"}, MaxSelect: 1, Required: true},
			hidden("codeHash", 64), hidden("codeSealed", 200),
			&core.JSONField{Name: "ends", MaxSize: 10_000}, // handover: group → end of membership
			date("expires"), date("revoked"), number("uses"),
		)...)
		c.AddIndex("idx_invites_code", true, "codeHash", "")
		c.AddIndex("idx_invites_group", false, "`group`, revoked, expires", "")
		return c, nil
	})
}
