package theme

import (
	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// lastYear is the last year of school that has a common plan; 0 is the preschool
// class.
const lastYear = 9

// Plan is a record of the collection term_plans: a row of a school's plan.
type Plan struct{ *core.Record }

// Unit is the id of the school.
func (p Plan) Unit() string { return p.GetString("unit") }

// Term is the id of the term that the row is in.
func (p Plan) Term() string { return p.GetString("term") }

// Theme is the id of the row's theme.
func (p Plan) Theme() string { return p.GetString("theme") }

// Years are the first and the last year of school that the theme meets.
func (p Plan) Years() [2]int { return [2]int{p.GetInt("yearFrom"), p.GetInt("yearTo")} }

// Day is when the meetings are, such as 2026-11-12; "" where nobody has said.
func (p Plan) Day() string { return p.GetString("day") }

// Meetings are the ids of those made of the row.
func (p Plan) Meetings() []string { return p.GetStringSlice("meetings") }

// meet reports whether two spans of years have one in common.
func meet(a, b [2]int) bool { return a[0] <= b[1] && b[0] <= a[1] }

// planOwner says that everybody reads the plan. It has no text of its own.
func planOwner(_ core.App, r *core.Record) (translation.Owner, error) {
	scopes := []string{sync.Public}
	return translation.Owner{Collection: plans, ID: r.Id, Unit: r.GetString("unit"), Scopes: scopes, PublishedScopes: scopes}, nil
}
