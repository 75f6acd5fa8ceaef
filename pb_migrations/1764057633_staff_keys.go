package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// staff_keys: a member of staff's own key: the public half, and the secret one
// encrypted with her passphrase. Locked.
func init() {
	create("1764057633_staff_keys.go", "staff_keys", func(app core.App) (*core.Collection, error) {
		staff, err := relation(app, "staff", "staff", 1, true, true)
		if err != nil {
			return nil, err
		}
		c := timeless("staff_keys", staff, text("recipient", 62, true), text("identity", mostIdentity, true))
		c.AddIndex("idx_staff_keys_staff", true, "staff", "")
		return c, nil
	})
}
