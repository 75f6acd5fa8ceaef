package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// uuidPattern is a device's id, made on the phone.
const uuidPattern = `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`

// devices: a parent's phone, pseudonymous. The secret is stored hashed.
// Locked: reached through the app's own routes only.
func init() {
	create("1763712013_devices.go", "devices", func(core.App) (*core.Collection, error) {
		c := base("devices", rules{},
			hidden("secretHash", 64), text("locale", 16, false), date("seen"), date("revoked"))
		setID(c, uuidPattern, 36)
		c.AddIndex("idx_devices_secret", true, "secretHash", "")
		return c, nil
	})
}
