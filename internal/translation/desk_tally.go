package translation

import (
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// tally keeps the counts of records in every locale from one opening of the
// queue to the next. What changed meanwhile stands in desk_changes, which
// triggers write in the transaction of the change, and is counted anew: so what
// the tally says is what counting everything would say. It may be used from
// several goroutines.
type tally struct {
	locales []string
	mu      sync.Mutex
	seen    int64             // the last change that was looked at
	records map[string]*count // by record
}

// count is a record's counts, in the order of the tally's locales. Stale are
// the locales to be counted again.
type count struct {
	stamp   string
	locales []Readiness
	stale   []string
}

func newTally(locales []string) *tally { return &tally{locales: locales, records: map[string]*count{}} }

// of gives the counts of the work's records, by id. They are not to be changed.
func (t *tally) of(app core.App, w Work, queue []Queued) (map[string][]Readiness, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.catchUp(app); err != nil {
		return nil, err
	}
	var whole []Queued
	parts := map[string][]Queued{} // by the one locale that changed
	for _, q := range queue {
		switch c := t.records[q.ID]; {
		case c == nil || c.stamp != q.Stamp || len(c.stale) > 1:
			whole = append(whole, q)
		case len(c.stale) == 1:
			parts[c.stale[0]] = append(parts[c.stale[0]], q)
		}
	}
	if err := t.countAll(app, w, whole, t.locales); err != nil {
		return nil, err
	}
	for locale, some := range parts {
		if err := t.countAll(app, w, some, []string{locale}); err != nil {
			return nil, err
		}
	}
	out := make(map[string][]Readiness, len(queue))
	for _, q := range queue {
		if c := t.records[q.ID]; c != nil {
			out[q.ID] = c.locales
		}
	}
	return out, nil
}

// catchUp forgets what changed since it was called last. It looks before
// anything is counted: what changes in between is counted twice, never missed.
func (t *tally) catchUp(app core.App) error {
	var changes []struct {
		Seq    int64  `db:"seq"`
		Record string `db:"record"`
		Locale string `db:"locale"`
	}
	query := app.DB().Select("seq", "record", "locale").From("desk_changes").OrderBy("seq")
	if len(t.records) == 0 { // there is nothing to forget
		query.OrderBy("seq DESC").Limit(1)
	}
	if err := query.Where(dbx.NewExp("seq > {:seen}", dbx.Params{"seen": t.seen})).All(&changes); err != nil {
		return fmt.Errorf("read what changed: %w", err)
	}
	for _, change := range changes {
		t.seen = change.Seq
		c := t.records[change.Record]
		switch {
		case c == nil:
		case change.Locale == "":
			delete(t.records, change.Record)
		case slices.Contains(t.locales, change.Locale) && !slices.Contains(c.stale, change.Locale):
			c.stale = append(c.stale, change.Locale)
		}
	}
	return nil
}

// atOnce is how many records are counted with the same statements.
const atOnce = 16

func (t *tally) countAll(app core.App, w Work, queue []Queued, locales []string) error {
	for some := range slices.Chunk(queue, atOnce) {
		if err := t.count(app, w, some, locales); err != nil {
			return err
		}
	}
	return nil
}

func (t *tally) count(app core.App, w Work, queue []Queued, locales []string) error {
	ids := make([]string, len(queue))
	for i, q := range queue {
		ids[i] = q.ID
	}
	records, err := app.FindRecordsByIds(w.Collection, ids)
	if err != nil {
		return fmt.Errorf("find %s to count: %w", w.Collection, err)
	}
	places := make(map[string][]Place, len(records))
	var segments []string
	for _, r := range records {
		if places[r.Id], err = w.drafted(app, r); err != nil {
			return err
		}
		segments = append(segments, segmentsOf(places[r.Id])...)
	}
	texts, err := rowsIn(app, locales, segments)
	if err != nil {
		return err
	}
	confirmed, err := confirmedBy(app, ids)
	if err != nil {
		return err
	}
	for _, q := range queue {
		if at, ok := places[q.ID]; ok { // it was not deleted meanwhile
			t.enter(q, at, locales, texts, confirmed[q.ID])
		}
	}
	return nil
}

// drafted are the places of the record as it is being written.
func (w Work) drafted(app core.App, r *core.Record) ([]Place, error) {
	if w.Drafted != nil {
		return w.Drafted(r)
	}
	o, err := w.Owner(app, r)
	return o.Drafted, err
}

// enter notes the counts of a record in the locales.
func (t *tally) enter(q Queued, places []Place, locales []string, texts map[string]map[string]*row, confirmed map[string]map[string]string) {
	counts := make([]Readiness, len(t.locales)) // others may be reading the old ones
	if old := t.records[q.ID]; old != nil && len(locales) < len(t.locales) {
		copy(counts, old.locales)
	}
	for _, locale := range locales {
		n := Readiness{Tag: locale}
		for _, p := range places {
			n.add(state(best(texts[locale], p.Segment.ID, p.Context), confirmed[locale][p.Segment.ID]))
		}
		counts[slices.Index(t.locales, locale)] = n
	}
	t.records[q.ID] = &count{stamp: q.Stamp, locales: counts}
}

// rowsIn gives the texts of the segments in the locales, by locale and key.
func rowsIn(app core.App, locales, segments []string) (map[string]map[string]*row, error) {
	out := make(map[string]map[string]*row, len(locales))
	tags := make([]any, len(locales))
	for i, tag := range locales {
		tags[i], out[tag] = tag, map[string]*row{}
	}
	slices.Sort(segments)
	for chunk := range chunks(slices.Compact(segments), 400) {
		var found []row
		err := app.DB().Select("segment", "locale", "context", "text", "given", "status").From("translations").
			Where(dbx.In("segment", chunk...)).AndWhere(dbx.In("locale", tags...)).
			AndWhere(dbx.HashExp{"given": true}).All(&found)
		if err != nil {
			return nil, fmt.Errorf("list translations: %w", err)
		}
		inBank, err := bankedAmong(app, chunk)
		if err != nil {
			return nil, err
		}
		for i, r := range found {
			found[i].Banked = inBank[r.Segment]
			out[r.Locale][Key(r.Segment, r.Context)] = &found[i]
		}
	}
	return out, nil
}

// confirmedBy gives what was confirmed in the records: by record, locale and
// segment.
func confirmedBy(app core.App, records []string) (map[string]map[string]map[string]string, error) {
	out := make(map[string]map[string]map[string]string, len(records))
	for chunk := range chunks(records, 400) {
		var uses []struct {
			Record    string `db:"record"`
			Segment   string `db:"segment"`
			Confirmed string `db:"confirmed"`
		}
		err := app.DB().Select("record", "segment", "confirmed").From("segment_uses").Where(dbx.In("record", chunk...)).
			AndWhere(dbx.NewExp("confirmed NOT IN ('', 'null', '{}')")).OrderBy("record", "scope", "segment", "context").All(&uses)
		if err != nil {
			return nil, fmt.Errorf("list confirmed texts: %w", err)
		}
		for _, u := range uses {
			var byLocale map[string]string
			if err := json.Unmarshal([]byte(u.Confirmed), &byLocale); err != nil {
				return nil, fmt.Errorf("read confirmed: %w", err)
			}
			for locale, version := range byLocale {
				note(out, u.Record, locale, u.Segment, version)
			}
		}
	}
	return out, nil
}

func note(in map[string]map[string]map[string]string, record, locale, segment, version string) {
	if in[record] == nil {
		in[record] = map[string]map[string]string{}
	}
	if in[record][locale] == nil {
		in[record][locale] = map[string]string{}
	}
	if version != "" {
		in[record][locale][segment] = version
	}
}
