package letter

import (
	"fmt"
	"slices"
	"strings"

	"folje/internal/access"
	"folje/internal/problem"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// queueLength bounds how many letters the queue looks at, newest first.
const queueLength = 100

// queued is a letter that a translator may have work in.
type queued struct {
	ID        string                  `json:"id"`
	Title     string                  `json:"title"`
	Groups    []string                `json:"groups"`
	Meeting   string                  `json:"meeting"`
	Published string                  `json:"published"`
	Locales   []translation.Readiness `json:"locales"`
}

func (q queued) work() (open int) {
	for _, r := range q.Locales {
		open += r.Missing + r.Machine + r.Reused
	}
	return open
}

// queue answers GET …/queue: the letters of the translator's units with their
// counts in her locales. What parents can read already and lacks texts comes
// first, then drafts, then what is complete; newest first within each.
func (f *feature) queue(e *core.RequestEvent) error {
	if !access.HasRole(e.Auth, access.RoleTranslator) {
		return problem.Forbidden()
	}
	locales := e.Auth.GetStringSlice("locales")
	if access.IsAdmin(e.Auth) {
		locales = f.targets()
	}
	locales = slices.DeleteFunc(locales, func(tag string) bool { return !slices.Contains(f.targets(), tag) })
	records, err := lettersOf(e.App, e.Auth)
	if err != nil {
		return err
	}
	all := []queued{}
	for _, r := range records {
		q, err := f.enqueue(e.App, Letter{r}, locales)
		if err != nil {
			return err
		}
		all = append(all, q)
	}
	slices.SortStableFunc(all, func(a, b queued) int { return rank(a) - rank(b) })
	return e.JSON(200, map[string]any{"letters": all})
}

func rank(q queued) int {
	missing := slices.ContainsFunc(q.Locales, func(r translation.Readiness) bool { return r.Missing > 0 })
	switch {
	case missing && q.Published != "":
		return 0
	case missing:
		return 1
	case q.work() > 0:
		return 2
	}
	return 3
}

func (f *feature) enqueue(app core.App, l Letter, locales []string) (queued, error) {
	ready, err := f.ready(app, l, locales)
	if err != nil {
		return queued{}, err
	}
	q := queued{ID: l.Id, Title: l.GetString("title"), Groups: []string{}, Published: stamp(l.Record, "published"), Locales: ready}
	groups, err := app.FindRecordsByIds("groups", l.Groups())
	if err != nil {
		return q, fmt.Errorf("find the letter's groups: %w", err)
	}
	for _, g := range groups {
		q.Groups = append(q.Groups, g.GetString("name"))
	}
	slices.SortFunc(q.Groups, strings.Compare)
	meeting, err := meetingOf(app, l.GetString("meeting"))
	if err == nil && meeting != nil {
		q.Meeting = meeting.Starts
	}
	return q, err
}

func lettersOf(app core.App, staff *core.Record) ([]*core.Record, error) {
	query := app.RecordQuery(letters).AndWhere(dbx.HashExp{"withdrawn": ""}).OrderBy("updated DESC").Limit(queueLength)
	if !access.IsAdmin(staff) {
		units := []any{""} // IN () would be no condition at all
		for _, id := range staff.GetStringSlice("units") {
			units = append(units, id)
		}
		query.AndWhere(dbx.In("unit", units...))
	}
	var records []*core.Record
	if err := query.All(&records); err != nil {
		return nil, fmt.Errorf("list letters for the queue: %w", err)
	}
	return records, nil
}
