package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// pack_items: what content packs brought here. `hash` is of the item as it was
// when the pack last brought it, so that an edit made here is told from a change
// of the pack; "" where the municipality said that it doesn't have the service.
// Locked: `folje pack import` alone reads and writes it.
func init() {
	create("1764057662_pack_items.go", "pack_items", func(core.App) (*core.Collection, error) {
		c := base("pack_items", rules{}, text("kind", 20, true), text("key", 600, true), text("pack", 200, true), text("hash", 64, false))
		c.AddIndex("idx_pack_items_key", true, "kind, key", "")
		return c, nil
	})
}
