package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// announcements: what other machines are still to be told, each once they may
// know it: `kind` is what happened, `key` to whom (revoked: a device's id). Gone
// when no ticket is left that it is about. Written only where there is a cluster. Locked.
func init() {
	create("1764057750_announcements.go", "announcements", func(core.App) (*core.Collection, error) {
		return base("announcements", rules{}, text("kind", 20, true), text("key", 64, true)), nil
	})
}
