package theme

import (
	"fmt"

	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// maxNote is how long a row's note may be, in runes.
const maxNote = 500

// preparePlan folds what was written and checks it. The meetings made of the row
// are the server's to say.
func preparePlan(app core.App, r *core.Record) error {
	p, fields := Plan{r}, map[string]problem.Field{}
	stored := r.Original()
	if p.IsNew() {
		p.Set("meetings", nil)
	} else {
		p.Set("meetings", stored.Get("meetings"))
		if p.Unit() != stored.GetString("unit") {
			fields["unit"] = problem.Field{Code: "error.unit_fixed"}
		}
	}
	p.Set("note", text.Fold(p.GetString("note")))
	checkLength(fields, "note", p.GetString("note"), maxNote)
	if years := p.Years(); years[0] > years[1] || years[1] > lastYear {
		fields["yearTo"] = problem.Field{Code: "error.plan_years"}
	}
	term, err := needed(app, fields, "term", terms, p.Term())
	if err != nil {
		return err
	}
	if _, err := needed(app, fields, "theme", themes, p.Theme()); err != nil {
		return err
	}
	if term != nil {
		if err := checkPlanDay(p, Term{term}, fields); err != nil {
			return err
		}
	}
	if len(fields) == 0 {
		if err := checkRowOnce(app, p, fields); err != nil {
			return err
		}
	}
	return invalid(fields)
}

// needed finds the record that a field must name.
func needed(app core.App, fields map[string]problem.Field, field, collection, id string) (*core.Record, error) {
	r, err := find(app, collection, id)
	switch {
	case err != nil:
		return nil, err
	case id == "":
		fields[field] = problem.Field{Code: "error.field_required"}
	case r == nil:
		fields[field] = problem.Field{Code: "error.field_invalid"}
	}
	return r, nil
}

// checkPlanDay lets a row have no day yet, or one of its term when there is
// school.
func checkPlanDay(p Plan, term Term, fields map[string]problem.Field) error {
	if p.Day() == "" {
		return nil
	}
	day, err := parseDay(p.Day())
	if err != nil {
		fields["day"] = problem.Field{Code: "error.field_invalid"}
		return nil
	}
	if p.Day() < term.Starts() || p.Day() > term.Ends() {
		fields["day"] = problem.Field{Code: "error.plan_day_outside", Params: map[string]any{"Name": term.Name()}}
		return nil
	}
	free, err := term.Free()
	if err != nil {
		return err
	}
	if name, is := closed(day, free); is && name != "" {
		fields["day"] = problem.Field{Code: "error.plan_day_free", Params: map[string]any{"Name": name}}
	} else if is {
		fields["day"] = problem.Field{Code: "error.plan_day_holiday"}
	}
	return nil
}

// checkRowOnce finds a row that has the theme for some of the years already.
func checkRowOnce(app core.App, p Plan, fields map[string]problem.Field) error {
	same, err := rowsLike(app, p)
	if err != nil {
		return err
	}
	for _, other := range same {
		if other.Id != p.Id && meet(other.Years(), p.Years()) {
			fields["theme"] = problem.Field{Code: "error.plan_known"}
		}
	}
	return nil
}

// rowsLike are the school's rows about the same theme in the same term.
func rowsLike(app core.App, p Plan) ([]Plan, error) {
	return rowsOf(app, dbx.HashExp{"unit": p.Unit(), "term": p.Term(), "theme": p.Theme()})
}

// rowsOf are the rows that the conditions hold for, in the order of their days.
func rowsOf(app core.App, where ...dbx.Expression) ([]Plan, error) {
	var found []*core.Record
	q := app.RecordQuery(plans).OrderBy("day", "yearFrom", "id")
	for _, w := range where {
		q = q.AndWhere(w)
	}
	if err := q.All(&found); err != nil {
		return nil, fmt.Errorf("list rows of plans: %w", err)
	}
	rows := make([]Plan, len(found))
	for i, r := range found {
		rows[i] = Plan{r}
	}
	return rows, nil
}
