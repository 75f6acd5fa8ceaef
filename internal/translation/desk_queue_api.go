package translation

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"folje/internal/access"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// queueLength bounds how many records of each kind the queue looks at.
const queueLength = 100

// queued is a record that a translator may have work in.
type queued struct {
	fields    map[string]any
	published bool
	locales   []Readiness
}

// queue answers GET staff/queue: the records of the translator's units with
// their counts in her locales, each kind under its collection's name. What
// parents can read already and lacks texts, or did not understand, comes first,
// then drafts, then what is complete.
func (d *desk) queue(e *core.RequestEvent) error {
	if !access.HasRole(e.Auth, access.RoleTranslator) {
		return problem.Forbidden()
	}
	locales := e.Auth.GetStringSlice("locales")
	if access.IsAdmin(e.Auth) {
		locales = d.targets()
	}
	locales = slices.DeleteFunc(locales, func(tag string) bool { return !slices.Contains(d.targets(), tag) })
	answer := map[string]any{}
	for _, w := range d.Works {
		all, err := d.queueOf(e, w, locales)
		if err != nil {
			return err
		}
		answer[w.Collection] = all
	}
	return e.JSON(200, answer)
}

func (d *desk) queueOf(e *core.RequestEvent, w Work, locales []string) ([]map[string]any, error) {
	records, err := w.records(e.App, e.Auth)
	if err != nil {
		return nil, err
	}
	all := make([]queued, len(records))
	for i, r := range records {
		if all[i], err = d.enqueue(e.App, item{r, w}, locales); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(all, func(a, b queued) int { return a.rank() - b.rank() })
	fields := make([]map[string]any, len(all))
	for i, q := range all {
		fields[i] = q.fields
	}
	return fields, nil
}

func (q queued) rank() int {
	missing, reported, work := false, false, false
	for _, r := range q.locales {
		missing = missing || r.Missing > 0
		reported = reported || r.Reports > 0
		work = work || r.Machine+r.Reused > 0
	}
	switch {
	case missing && q.published, reported:
		return 0
	case missing:
		return 1
	case work:
		return 2
	}
	return 3
}

func (d *desk) enqueue(app core.App, r item, locales []string) (queued, error) {
	ready, err := d.ready(app, r, locales)
	if err != nil {
		return queued{}, err
	}
	if err := countReports(app, r.Id, ready); err != nil {
		return queued{}, err
	}
	head, err := r.work.Head(app, r.Record)
	if err != nil {
		return queued{}, err
	}
	groups, err := groupNames(app, r.GetStringSlice("groups"))
	if err != nil {
		return queued{}, err
	}
	published := ""
	if at := r.GetDateTime("published"); !at.IsZero() {
		published = at.Time().UTC().Format(time.RFC3339)
	}
	fields := map[string]any{"id": r.Id, "groups": groups, "published": published, "locales": ready}
	maps.Copy(fields, head)
	return queued{fields, published != "", ready}, nil
}

func groupNames(app core.App, ids []string) ([]string, error) {
	groups, err := app.FindRecordsByIds("groups", ids)
	if err != nil {
		return nil, fmt.Errorf("find the groups of work: %w", err)
	}
	names := make([]string, len(groups))
	for i, g := range groups {
		names[i] = g.GetString("name")
	}
	slices.SortFunc(names, strings.Compare)
	return names, nil
}

// records lists the work of the units that staff are in.
func (w Work) records(app core.App, staff *core.Record) ([]*core.Record, error) {
	query := app.RecordQuery(w.Collection).Limit(queueLength)
	w.Queued(query)
	if !access.IsAdmin(staff) {
		units := []any{""} // IN () would be no condition at all
		for _, id := range staff.GetStringSlice("units") {
			units = append(units, id)
		}
		query.AndWhere(dbx.In("unit", units...))
	}
	var records []*core.Record
	if err := query.All(&records); err != nil {
		return nil, fmt.Errorf("list %s for the queue: %w", w.Collection, err)
	}
	return records, nil
}
