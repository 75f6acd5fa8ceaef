package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// memberships: a device follows a group until `ends`. Locked.
func init() {
	create("1763712015_memberships.go", "memberships", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "device", to: "devices", required: true, cascade: true},
			link{name: "group", to: "groups", required: true, cascade: true},
			link{name: "invite", to: "invites"})
		if err != nil {
			return nil, err
		}
		c := base("memberships", rules{}, append(links, &core.DateField{Name: "ends", Required: true})...)
		c.AddIndex("idx_memberships_pair", true, "device, `group`", "")
		return c, nil
	})
}
