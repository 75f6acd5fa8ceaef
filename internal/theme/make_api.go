package theme

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"folje/internal/access"
	"folje/internal/database"
	"folje/internal/problem"
	"folje/internal/text"
	"folje/internal/zone"

	"github.com/pocketbase/pocketbase/core"
)

// beforeDays are how many days before a meeting its last days are, as the
// meeting's form suggests them.
var beforeDays = map[string]int{"answerBy": 3, "bookBy": 7, "cancelBy": 2}

// mayPlan lets editors of the unit and administrators through. Who may not know
// it gets the same answer as for one that isn't there.
func (f *feature) mayPlan(e *core.RequestEvent, unit string) error {
	staff, err := access.Staff(e)
	if err != nil {
		return err
	}
	if !access.HasRole(staff, access.RoleEditor) || !access.InUnit(staff, unit) {
		return problem.NotFound()
	}
	if r, err := find(e.App, "units", unit); err != nil || r == nil {
		return errors.Join(err, problem.NotFound())
	}
	return nil
}

// row finds the row of the path, for those who may plan.
func (f *feature) row(e *core.RequestEvent) (Plan, error) {
	if _, err := access.Staff(e); err != nil {
		return Plan{}, err
	}
	r, err := find(e.App, plans, e.Request.PathValue("id"))
	if err != nil {
		return Plan{}, err
	}
	if r == nil {
		return Plan{}, problem.NotFound()
	}
	return Plan{r}, f.mayPlan(e, Plan{r}.Unit())
}

// offer answers GET staff/plans/{id}/meetings with {classes, usual, same}: for
// whom meetings can be made of the row, how they are usually, and what else there
// is that evening.
func (f *feature) offer(e *core.RequestEvent) error {
	p, err := f.row(e)
	if err != nil {
		return err
	}
	classes, err := classesOf(e.App, p)
	if err != nil {
		return err
	}
	usual, err := usualOf(e.App, p.Unit())
	if err != nil {
		return err
	}
	same := []Same{}
	if p.Day() != "" {
		if same, err = sameEvening(e.App, e.Auth, p.Day(), &p); err != nil {
			return err
		}
	}
	return e.JSON(http.StatusOK, map[string]any{"classes": classes, "usual": usual, "same": same})
}

// makeRequest is the body of POST …/meetings. Together makes one meeting for all
// classes, otherwise each gets its own.
type makeRequest struct {
	Usual
	Groups   []string `json:"groups"`
	Together bool     `json:"together"`
}

// make answers POST staff/plans/{id}/meetings with {meetings}: drafts of the
// row's meetings for the classes named, as ids. A class that has its meeting gets
// no other.
func (f *feature) make(e *core.RequestEvent) error {
	p, err := f.row(e)
	if err != nil {
		return err
	}
	var in makeRequest
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	made := []string{}
	err = e.App.RunInTransaction(func(tx core.App) error {
		r, err := find(tx, plans, p.Id)
		if err != nil || r == nil {
			return errors.Join(err, problem.NotFound())
		}
		made, err = f.makeMeetings(tx, Plan{r}, in, e.Auth.Id)
		return err
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]any{"meetings": made})
}

func (f *feature) makeMeetings(tx core.App, p Plan, in makeRequest, author string) ([]string, error) {
	values, err := f.meetingOf(p, in)
	if err != nil {
		return nil, err
	}
	classes, err := classesOf(tx, p)
	if err != nil {
		return nil, err
	}
	groups, err := wanted(classes, in.Groups)
	if err != nil {
		return nil, err
	}
	made := []string{}
	for _, of := range shared(groups, in.Together) {
		r, err := database.NewRecord(tx, "meetings")
		if err != nil {
			return nil, err
		}
		r.Load(values)
		r.Load(map[string]any{"groups": of, "author": author})
		if err := tx.Save(r); err != nil {
			return nil, fmt.Errorf("save a meeting of the plan: %w", err)
		}
		made = append(made, r.Id)
	}
	p.Set("meetings", append(p.Meetings(), made...))
	if err := tx.Save(p.Record); err != nil {
		return nil, fmt.Errorf("note the meetings in the plan: %w", err)
	}
	return made, nil
}

// wanted are the classes named that have no meeting yet.
func wanted(classes []Class, named []string) ([]string, error) {
	if len(named) == 0 {
		return nil, problem.Invalid(map[string]problem.Field{"groups": {Code: "error.meeting_needs_groups"}})
	}
	var groups []string
	for _, id := range named {
		i := slices.IndexFunc(classes, func(c Class) bool { return c.ID == id })
		if i < 0 {
			return nil, problem.Invalid(map[string]problem.Field{"groups": {Code: "error.plan_other_years"}})
		}
		if !classes[i].Made && !slices.Contains(groups, id) {
			groups = append(groups, id)
		}
	}
	return groups, nil
}

// shared divides the groups among the meetings.
func shared(groups []string, together bool) [][]string {
	var of [][]string
	if together && len(groups) > 0 {
		return append(of, groups)
	}
	for _, id := range groups {
		of = append(of, []string{id})
	}
	return of
}

// meetingOf is what all of the row's meetings have.
func (f *feature) meetingOf(p Plan, in makeRequest) (map[string]any, error) {
	fields := map[string]problem.Field{}
	values := map[string]any{"kind": "thematic", "unit": p.Unit(), "theme": p.Theme(), "childcare": in.Childcare, "base": 1}
	for name, s := range map[string]string{"place": in.Place, "heldBy": in.HeldBy, "contact": in.Contact} {
		values[name] = text.Fold(s)
		checkLength(fields, name, text.Fold(s), 200)
	}
	if p.Day() == "" {
		fields["day"] = problem.Field{Code: "error.plan_needs_day"}
		return nil, problem.Invalid(fields)
	}
	starts := at(fields, "from", p.Day(), in.From)
	if in.From == "" {
		fields["from"] = problem.Field{Code: "error.field_required"}
	}
	values["starts"] = starts
	if in.To != "" {
		ends := at(fields, "to", p.Day(), in.To)
		if _, wrong := fields["to"]; !wrong && !ends.After(starts) {
			fields["to"] = problem.Field{Code: "error.meeting_ends"}
		}
		values["ends"] = ends
	}
	if len(fields) == 0 && !f.Now().Before(starts) {
		fields["day"] = problem.Field{Code: "error.meeting_past"}
	}
	for name, days := range beforeDays {
		values[name] = lastMoment(starts, days, f.Now())
	}
	return values, invalid(fields)
}

// at reads a clock on a day in Stockholm.
func at(fields map[string]problem.Field, name, day, clock string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock, zone.Stockholm())
	if err != nil || len(clock) != 5 {
		fields[name] = problem.Field{Code: "error.field_invalid"}
	}
	return t.UTC()
}

// lastMoment is the end of the day some days before a meeting, or of today where
// that has been; never after the meeting's start.
func lastMoment(starts time.Time, days int, now time.Time) time.Time {
	y, m, d := starts.In(zone.Stockholm()).Date()
	end := time.Date(y, m, d-days, 23, 59, 0, 0, zone.Stockholm())
	if end.Before(now) {
		y, m, d = now.In(zone.Stockholm()).Date()
		end = time.Date(y, m, d, 23, 59, 0, 0, zone.Stockholm())
	}
	if end.After(starts) {
		return starts
	}
	return end.UTC()
}
