package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// translation_history: who did what with which text, and when. A segment's rows
// go with the segment; `key` names an interface message instead. `words` are
// those of the source. Locked.
func init() {
	create("1763971202_translation_history.go", "translation_history", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "segment", to: "segments", cascade: true},
			link{name: "author", to: "staff"})
		if err != nil {
			return nil, err
		}
		c := timeless("translation_history", append(links,
			text("key", 120, false), text("locale", 16, true), text("context", 16, false),
			text("collection", 40, false), text("record", 40, false),
			&core.SelectField{Name: "action", Values: []string{"saved", "reviewed", "confirmed", "removed", "machine"}, MaxSelect: 1, Required: true},
			text("text", 8000, false), number("words"), date("at"),
		)...)
		c.AddIndex("idx_translation_history_at", false, "at, author", "")
		c.AddIndex("idx_translation_history_segment", false, "segment, locale", "")
		return c, nil
	})
}
