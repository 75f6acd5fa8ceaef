package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// changes: one row for each (scope, stream, item), with a sequence number of
// the scope taken in the item's own transaction. A stream is `records`, a
// locale, or `segments`, whose sequence numbers are the small numbers that
// stand for segments on the wire. Rows are never deleted: `gone` is the
// tombstone. Locked.
func init() {
	create("1763712016_changes.go", "changes", func(core.App) (*core.Collection, error) {
		c := base("changes", rules{},
			text("scope", 40, true), text("stream", 16, true), text("item", 60, true),
			number("seq"), &core.BoolField{Name: "gone"})
		c.AddIndex("idx_changes_item", true, "scope, stream, item", "")
		c.AddIndex("idx_changes_seq", true, "scope, seq", "")
		return c, nil
	})
}
