package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// logos: the municipality's logo, one record or none: a PNG in base64, its size
// in pixels, and `sum`, which names it to phones. Locked.
func init() {
	create("1764057745_logos.go", "logos", func(core.App) (*core.Collection, error) {
		return base("logos", rules{}, text("sum", 32, true), text("body", 120_000, true), number("width"), number("height")), nil
	})
}
