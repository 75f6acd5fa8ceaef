package theme

import (
	"fmt"
	"slices"
	"time"

	"folje/internal/pattern"
	"folje/internal/problem"
	"folje/internal/text"
	"folje/internal/zone"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// firstMonth is when a school year begins: what starts before it belongs to the
// year before.
const firstMonth = time.July

// longestTerm is how long a term may be, in days: longer is a slip of the date.
const longestTerm = 250

// maxFree is how many spans of free days a term may have.
const maxFree = 40

var validDay = pattern.Of(`^\d{4}-\d{2}-\d{2}$`)

// Term is a record of the collection terms.
type Term struct{ *core.Record }

// Free are days of a term without school, from day to day, such as 2026-10-26.
type Free struct {
	From string `json:"from"`
	To   string `json:"to"`
	Name string `json:"name"`
}

// Name is what the term is called.
func (t Term) Name() string { return t.GetString("name") }

// Starts and Ends are the term's first and last day.
func (t Term) Starts() string { return t.GetString("starts") }

// Ends is the term's last day.
func (t Term) Ends() string { return t.GetString("ends") }

// Free are the term's days without school. Never nil.
func (t Term) Free() ([]Free, error) {
	free := []Free{}
	err := decode(t.Record, "free", &free)
	if free == nil {
		free = []Free{}
	}
	return free, err
}

// Year is the school year that the term is of, named by the year it begins in.
func (t Term) Year() int {
	at, err := parseDay(t.Starts())
	if err != nil {
		return 0
	}
	if at.Month() < firstMonth {
		return at.Year() - 1
	}
	return at.Year()
}

// Autumn reports whether the term is the first of its school year.
func (t Term) Autumn() bool {
	at, err := parseDay(t.Starts())
	return err == nil && at.Month() >= firstMonth
}

// parseDay reads a day as it is stored, at midnight UTC: days are counted in the
// calendar and have no clock.
func parseDay(day string) (time.Time, error) {
	if !validDay.MatchString(day) {
		return time.Time{}, fmt.Errorf("not a day: %q", day)
	}
	return time.Parse(time.DateOnly, day)
}

// prepareTerm folds what was written and checks it.
func prepareTerm(app core.App, r *core.Record) error {
	t, fields := Term{r}, map[string]problem.Field{}
	t.Set("name", text.Fold(t.Name()))
	checkLine(fields, "name", t.Name(), 60)
	starts, ends := checkDay(fields, "starts", t.Starts()), checkDay(fields, "ends", t.Ends())
	if len(fields) == 0 && (!ends.After(starts) || ends.Sub(starts) > longestTerm*24*time.Hour) {
		fields["ends"] = problem.Field{Code: "error.term_ends"}
	}
	free, err := t.Free()
	if err != nil {
		fields["free"] = problem.Field{Code: "error.field_invalid"}
	} else {
		t.Set("free", checkFree(free, t, fields))
	}
	if len(fields) == 0 {
		if err := checkAlone(app, t, fields); err != nil {
			return err
		}
	}
	return invalid(fields)
}

// checkDay reads a day that there must be.
func checkDay(fields map[string]problem.Field, name, day string) time.Time {
	at, err := parseDay(day)
	switch {
	case day == "":
		fields[name] = problem.Field{Code: "error.field_required"}
	case err != nil:
		fields[name] = problem.Field{Code: "error.field_invalid"}
	}
	return at
}

// checkFree puts free days into their order; each span lies within the term.
func checkFree(free []Free, t Term, fields map[string]problem.Field) []Free {
	for i := range free {
		f := &free[i]
		f.Name = text.Fold(f.Name)
		if f.To == "" {
			f.To = f.From
		}
		_, from := parseDay(f.From)
		_, to := parseDay(f.To)
		if from != nil || to != nil || f.To < f.From || f.From < t.Starts() || f.To > t.Ends() || len(f.Name) > 240 {
			fields["free"] = problem.Field{Code: "error.term_free", Params: map[string]any{"Number": i + 1}}
		}
	}
	if len(free) > maxFree {
		fields["free"] = problem.Field{Code: "error.field_invalid"}
	}
	slices.SortStableFunc(free, func(a, b Free) int { return compareDays(a.From, b.From) })
	return free
}

func compareDays(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// checkAlone finds another term on some of the same days.
func checkAlone(app core.App, t Term, fields map[string]problem.Field) error {
	n, err := app.CountRecords(terms, dbx.Not(dbx.HashExp{"id": t.Id}),
		dbx.NewExp("[[starts]] <= {:ends} AND [[ends]] >= {:starts}", dbx.Params{"starts": t.Starts(), "ends": t.Ends()}))
	if err != nil {
		return fmt.Errorf("look for terms at the same time: %w", err)
	}
	if n > 0 {
		fields["starts"] = problem.Field{Code: "error.term_overlap"}
	}
	return nil
}

// closed says why there is no school on a day of the term: the name of its free
// days, or "" and true for a holiday.
func closed(day time.Time, free []Free) (name string, is bool) {
	at := day.Format(time.DateOnly)
	for _, f := range free {
		if f.From <= at && at <= f.To {
			return f.Name, true
		}
	}
	return "", zone.Holiday(day)
}
