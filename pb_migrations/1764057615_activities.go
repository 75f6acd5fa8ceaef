package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// activities: what is open to everybody, such as an open preschool, once or
// again and again. `starts` and `ends` are the first time by the clock in
// Stockholm (2026-08-18T09:00), `rrule` how it comes back (RFC 5545), and
// `exceptions` the days on which it is cancelled or at another time. `told` is
// the last time that phones know of, set by the feature only. All staff read
// them, the unit's editors and administrators write them.
func init() {
	create("1764057615_activities.go", "activities", func(app core.App) (*core.Collection, error) {
		unit, err := relation(app, "unit", "units", 1, true, true)
		if err != nil {
			return nil, err
		}
		told := text("told", 20, false)
		told.Hidden = true
		may, reads := rule(writesInUnit), rule(`@request.auth.id != ""`)
		return base("activities", rules{list: reads, view: reads, create: may, update: may, delete: may},
			unit, text("title", 120, true), text("information", 5000, false), text("place", 200, false),
			number("ageFrom"), number("ageTo"), text("starts", 16, true), text("ends", 16, true),
			text("rrule", 300, false), &core.JSONField{Name: "exceptions", MaxSize: 20_000},
			&core.BoolField{Name: "hidden"}, number("base"), told), nil
	})
}
