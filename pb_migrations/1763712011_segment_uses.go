package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// segment_uses: where a segment stands (record, and the neighbours there as
// context), which scope and unit that gives it to, whether a published
// revision uses it, and in which locales somebody has confirmed it there
// (`confirmed`: locale → hash of the text that was confirmed). `record` is
// empty-scoped until the letter has groups. Locked.
func init() {
	create("1763712011_segment_uses.go", "segment_uses", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "segment", to: "segments", required: true, cascade: true},
			link{name: "unit", to: "units", cascade: true})
		if err != nil {
			return nil, err
		}
		c := base("segment_uses", rules{}, append(links,
			text("context", 16, true),
			text("collection", 40, true), text("record", 40, true), text("scope", 40, false),
			&core.BoolField{Name: "drafted"}, &core.BoolField{Name: "published"},
			&core.JSONField{Name: "confirmed", MaxSize: 4000},
		)...)
		c.AddIndex("idx_segment_uses_place", true, "record, scope, segment, context", "")
		c.AddIndex("idx_segment_uses_scope", false, "scope, segment", "")
		c.AddIndex("idx_segment_uses_segment", false, "segment", "")
		return c, nil
	})
}
