package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// term_plans: a school's common plan, a row for each theme, term and span of
// years of school (0 is the preschool class, then 1–9). `day` is when the
// meetings are, "" where nobody has said; `meetings` are those made of the row,
// set by the feature only. All staff read the plan, the unit's editors and
// administrators write it.
func init() {
	create("1764057613_term_plans.go", "term_plans", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "term", to: "terms", required: true},
			link{name: "unit", to: "units", required: true, cascade: true},
			link{name: "theme", to: "themes", required: true},
			link{name: "meetings", to: "meetings", most: 99})
		if err != nil {
			return nil, err
		}
		may, reads := rule(writesInUnit), rule(`@request.auth.id != ""`)
		c := base("term_plans", rules{list: reads, view: reads, create: may, update: may, delete: may}, append(links,
			number("yearFrom"), number("yearTo"), text("day", 10, false), text("note", 500, false))...)
		c.AddIndex("idx_term_plans_unit", false, "unit, term", "")
		return c, nil
	})
}
