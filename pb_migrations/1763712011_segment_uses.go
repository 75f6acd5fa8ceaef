package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

const usesFile = "1763712011_segment_uses.go"

// segment_uses: where a segment stands (record, and the neighbours there as
// context), which scope and unit that gives it to, whether a published
// revision uses it, and in which locales somebody has confirmed it there
// (`confirmed`: locale → hash of the text that was confirmed). `record` is
// empty-scoped until the letter has groups. Segments become readable here,
// since their rule names this collection.
func init() {
	migrations.Register(func(app core.App) error {
		links, err := relations(app,
			link{name: "segment", to: "segments", required: true, cascade: true},
			link{name: "unit", to: "units", cascade: true})
		if err != nil {
			return err
		}
		reads := rule(isAdmin + ` || ((` + isEditor + ` || ` + isTranslator + `) && @request.auth.units.id ?= unit)`)
		c := base("segment_uses", rules{list: reads, view: reads}, append(links,
			text("context", 16, true),
			text("collection", 40, true), text("record", 40, true), text("scope", 40, false),
			&core.BoolField{Name: "drafted"}, &core.BoolField{Name: "published"},
			&core.JSONField{Name: "confirmed", MaxSize: 4000},
		)...)
		c.AddIndex("idx_segment_uses_place", true, "record, scope, segment, context", "")
		c.AddIndex("idx_segment_uses_scope", false, "scope, segment", "")
		c.AddIndex("idx_segment_uses_segment", false, "segment", "")
		if err := app.Save(c); err != nil {
			return err
		}
		return setSegmentRule(app, rule(isAdmin+` || ((`+isEditor+` || `+isTranslator+`) && @request.auth.units.id ?= segment_uses_via_segment.unit)`))
	}, func(app core.App) error {
		if err := setSegmentRule(app, nil); err != nil {
			return err
		}
		c, err := app.FindCollectionByNameOrId("segment_uses")
		if err != nil {
			return err
		}
		return app.Delete(c)
	}, usesFile)
}

func setSegmentRule(app core.App, reads *string) error {
	c, err := app.FindCollectionByNameOrId("segments")
	if err != nil {
		return fmt.Errorf("find collection segments: %w", err)
	}
	c.ListRule, c.ViewRule = reads, reads
	return app.Save(c)
}
