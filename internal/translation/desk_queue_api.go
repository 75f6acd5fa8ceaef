package translation

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"folje/internal/access"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// The most tasks that an answer has; how many more are open is said.
const (
	mostOpen     = 200
	mostFinished = 50
)

// recent is for how many days the queue shows what is finished.
const recent = 14

// queue answers GET staff/queue: what the translator has to do in her units and
// languages, the most urgent first, and what was finished of late.
func (d *desk) queue(e *core.RequestEvent) error {
	if !access.HasRole(e.Auth, access.RoleTranslator) {
		return problem.Forbidden()
	}
	q, err := d.gather(e.App, e.Auth)
	if err != nil {
		return err
	}
	open, _ := slices.BinarySearchFunc(q.lots, finished, func(l lot, rank int) int { return l.rank - rank })
	shown := min(open, mostOpen)
	lots := slices.Concat(q.lots[:shown], q.lots[open:min(len(q.lots), open+mostFinished)])
	return e.JSON(200, map[string]any{"tasks": q.tasks(lots), "left": open - shown})
}

// localesOf are the locales that staff translate into.
func (d *desk) localesOf(staff *core.Record) []string {
	targets := d.targets()
	if access.IsAdmin(staff) {
		return targets
	}
	mine := staff.GetStringSlice("locales")
	return slices.DeleteFunc(targets, func(tag string) bool { return !slices.Contains(mine, tag) })
}

// tasks gives all tasks of the member of staff, sorted.
func (d *desk) tasks(app core.App, staff *core.Record) ([]Task, error) {
	q, err := d.gather(app, staff)
	if err != nil {
		return nil, err
	}
	return q.tasks(q.lots), nil
}

// gather finds all that the member of staff has to do, sorted.
func (d *desk) gather(app core.App, staff *core.Record) (*gathering, error) {
	now := d.Now()
	q := &gathering{desk: d, app: app, staff: staff, locales: d.localesOf(staff), now: now, today: newToday(now), mine: map[string]bool{}}
	for _, tag := range q.locales {
		q.mine[tag] = true
	}
	if err := q.prepare(); err != nil {
		return nil, err
	}
	for _, w := range d.Works {
		if err := q.work(w); err != nil {
			return nil, err
		}
	}
	for _, more := range d.Tasks {
		tasks, err := more(app, staff, q.locales)
		if err != nil {
			return nil, err
		}
		for _, t := range tasks {
			needed, _ := time.Parse(time.RFC3339, t.Needed) // zero where nobody knows
			q.add(lot{same: &t, readers: t.Readers, reports: t.Reports, away: q.today.away(needed)}, t.Open, t.Missing)
		}
	}
	sortLots(q.lots)
	return q, nil
}

// gathering is one opening of the queue.
type gathering struct {
	*desk
	app      core.App
	staff    *core.Record
	locales  []string
	mine     map[string]bool // the same
	now      time.Time
	today    today
	names    map[string]string // of groups, by id
	reports  map[pair]int
	finished map[pair]bool    // what was worked on of late
	claims   map[string]Claim // by collection, record and locale
	lots     []lot
}

// add ranks the lot and puts it among the others.
func (q *gathering) add(l lot, open bool, missing int) {
	l.rank, l.nth = rank(l.same, open, missing, l.reports, l.away), len(q.lots)
	q.lots = append(q.lots, l)
}

// tasks makes whole tasks of the lots.
func (q *gathering) tasks(lots []lot) []Task {
	tasks := make([]Task, len(lots))
	for i, l := range lots {
		t := *l.same
		if n := l.counts; n != nil {
			t.Locale, t.Readers, t.Reports, t.Open = n.Tag, l.readers, l.reports, l.isOpen()
			t.Total, t.Missing, t.Machine, t.Draft, t.Reused, t.Reviewed = n.Total, n.Missing, n.Machine, n.Draft, n.Reused, n.Reviewed
		}
		t.Claim = q.claimOf(t)
		tasks[i] = t
	}
	return tasks
}

func (q *gathering) prepare() (err error) {
	if q.names, err = groupNames(q.app); err != nil {
		return err
	}
	if q.reports, err = reportCounts(q.app); err != nil {
		return err
	}
	if q.finished, err = workedOn(q.app, q.now.AddDate(0, 0, -recent)); err != nil {
		return err
	}
	q.claims, err = claims(q.app, q.staff, q.now)
	return err
}

func (q *gathering) work(w Work) error {
	queue, err := w.Queue(q.app, q.now)
	if err != nil {
		return err
	}
	hers := map[string]bool{"": true} // units; there are few, and records in thousands
	queue = slices.DeleteFunc(queue, func(r Queued) bool {
		if _, known := hers[r.Unit]; !known {
			hers[r.Unit] = access.InUnit(q.staff, r.Unit)
		}
		return !hers[r.Unit]
	})
	counts, err := q.tally.of(q.app, w, queue)
	if err != nil {
		return err
	}
	for _, r := range queue {
		if err := q.record(w, r, counts[r.ID]); err != nil {
			return err
		}
	}
	return nil
}

// record makes a task of each locale of hers in which there is anything to do
// with the record, or was of late.
func (q *gathering) record(w Work, r Queued, counts []Readiness) error {
	var same *Task // what the record's tasks have in common
	var phones map[string]int
	away := q.today.away(r.Needed)
	for i := range counts {
		n := &counts[i]
		reports := q.reports[pair{r.ID, n.Tag}]
		open := n.Missing+n.Machine+n.Draft+n.Reused+reports > 0
		if n.Total == 0 || !q.mine[n.Tag] || !open && !q.finished[pair{r.ID, n.Tag}] {
			continue
		}
		if same == nil {
			same = &Task{
				Collection: w.Collection, ID: r.ID, Title: r.Title, Groups: q.groups(r),
				Needed: stamped(r.Needed), Published: stamped(r.Published), changed: r.Changed,
			}
			var err error
			if phones, err = q.readers.of(q.app, r.Groups); err != nil {
				return err
			}
		}
		q.add(lot{same: same, counts: n, readers: phones[n.Tag], reports: reports, away: away}, open, n.Missing)
	}
	return nil
}

func (q *gathering) groups(r Queued) []string {
	names := make([]string, 0, len(r.Groups))
	for _, id := range r.Groups {
		names = append(names, q.names[id])
	}
	slices.SortFunc(names, strings.Compare)
	return names
}

// stamped is a time as the answer has it.
func stamped(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// stored is a time as PocketBase stores it, in UTC and sortable as text.
func stored(t time.Time) string {
	d, _ := types.ParseDateTime(t) // a time.Time always parses
	return d.String()
}

// restored is the time that [stored] wrote.
func restored(at string) time.Time {
	d, _ := types.ParseDateTime(at) // zero where it is none
	return d.Time()
}

func groupNames(app core.App) (map[string]string, error) {
	var groups []struct {
		ID   string `db:"id"`
		Name string `db:"name"`
	}
	if err := app.DB().Select("id", "name").From("groups").All(&groups); err != nil {
		return nil, fmt.Errorf("list groups: %w", err)
	}
	names := make(map[string]string, len(groups))
	for _, g := range groups {
		names[g.ID] = g.Name
	}
	return names, nil
}

// pair is a record in a locale.
type pair struct{ record, locale string }

// reportCounts gives how many unsettled reports records' sentences have.
func reportCounts(app core.App) (map[pair]int, error) {
	return countPairs(app.DB().Select("u.record", "r.locale", "COUNT(DISTINCT r.id) AS n").From(reports+" r").
		// In this order: there are few reports, and uses of sentences by the hundred thousand.
		Join("CROSS JOIN", "segment_uses u", dbx.NewExp("[[u.segment]] = [[r.segment]]")).
		Where(dbx.HashExp{"r.resolved": false}).GroupBy("u.record", "r.locale"))
}

// workedOn gives what somebody worked on since then.
func workedOn(app core.App, since time.Time) (map[pair]bool, error) {
	counts, err := countPairs(app.DB().Select("record", "locale", "COUNT(*) AS n").From(history).
		Where(dbx.NewExp("[[at]] >= {:since}", dbx.Params{"since": stored(since)})).GroupBy("record", "locale"))
	if err != nil {
		return nil, err
	}
	worked := make(map[pair]bool, len(counts))
	for key := range counts {
		worked[key] = true
	}
	return worked, nil
}

func countPairs(query *dbx.SelectQuery) (map[pair]int, error) {
	var found []struct {
		Record string `db:"record"`
		Locale string `db:"locale"`
		N      int    `db:"n"`
	}
	if err := query.All(&found); err != nil {
		return nil, fmt.Errorf("count by record and locale: %w", err)
	}
	counts := make(map[pair]int, len(found))
	for _, f := range found {
		counts[pair{f.Record, f.Locale}] = f.N
	}
	return counts, nil
}
