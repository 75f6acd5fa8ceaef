package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// PocketBase starts with a collection "users" that anybody may sign up to.
// Följe has staff, made by an administrator, and pseudonymous devices.
func init() {
	migrations.Register(func(app core.App) error {
		users, err := app.FindCollectionByNameOrId("users")
		if err != nil {
			return nil // a later PocketBase may no longer bring it
		}
		return app.Delete(users)
	}, func(app core.App) error {
		return app.Save(core.NewAuthCollection("users", "_pb_users_auth_"))
	}, "1763712001_remove_users.go")
}
