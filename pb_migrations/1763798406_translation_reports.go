package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// translation_reports: a reader did not understand a sentence in a locale.
// Nothing says which phone it came from. Locked.
func init() {
	create("1763798406_translation_reports.go", "translation_reports", func(app core.App) (*core.Collection, error) {
		segment, err := relation(app, "segment", "segments", 1, true, true)
		if err != nil {
			return nil, err
		}
		c := timeless("translation_reports", segment,
			text("locale", 16, true), text("note", 300, false), text("day", 10, true),
			&core.BoolField{Name: "resolved"})
		c.AddIndex("idx_translation_reports_place", false, "segment, locale, resolved", "")
		return c, nil
	})
}
