package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// writesInUnit: an administrator, or an editor of the record's unit.
const writesInUnit = isAdmin + ` || (` + isEditor + ` && @request.auth.units.id ?= unit)`

// meetings: a QPM meeting with its short information and its question of the
// day. Times are UTC.
func init() {
	create("1763712007_meetings.go", "meetings", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "unit", to: "units", required: true, cascade: true},
			link{name: "groups", to: "groups", most: 99},
			link{name: "author", to: "staff"})
		if err != nil {
			return nil, err
		}
		may := rule(writesInUnit)
		return base("meetings", rules{may, may, may, may, may}, append(links,
			&core.SelectField{Name: "kind", Values: []string{"qpm"}, MaxSelect: 1, Required: true},
			&core.DateField{Name: "starts", Required: true},
			date("ends"),
			text("place", 200, false),
			text("information", 5000, false),
			text("question", 300, false),
		)...), nil
	})
}
