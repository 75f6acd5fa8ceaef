package machine

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
)

// wholeAgain is how often all records are looked at, changed or not.
const wholeAgain = time.Hour

// name names a record.
type name struct{ collection, id string }

// item is a record whose texts may be drafted, and when they are needed, zero
// where nobody knows.
type item struct {
	name
	work   Work
	needed time.Time
}

// target is a locale that is drafted, and how the engine calls it.
type target struct {
	locale string
	pair   Pair
}

// look notes which records are to be looked at: all of them at first, once an
// hour, and when there is a new locale; otherwise those whose texts changed.
func (m *Machine) look(locales []target, now time.Time) error {
	var last int64
	if err := m.app.DB().NewQuery("SELECT COALESCE(MAX(seq), 0) FROM desk_changes").Row(&last); err != nil {
		return fmt.Errorf("look for changes: %w", err)
	}
	targets := fmt.Sprint(locales)
	if m.whole.IsZero() || now.Sub(m.whole).Abs() >= wholeAgain || targets != m.targets {
		all, err := m.queued(now)
		if err != nil {
			return err
		}
		for n := range all {
			m.waiting[n] = time.Time{}
		}
		m.whole, m.targets, m.seq = now, targets, last
		return nil
	}
	if last == m.seq {
		return nil
	}
	var changed []struct {
		Collection string `db:"collection"`
		Record     string `db:"record"`
	}
	err := m.app.DB().Select("u.collection", "u.record").Distinct(true).From("desk_changes d").
		InnerJoin("segment_uses u", dbx.NewExp("[[u.record]] = [[d.record]]")).
		Where(dbx.NewExp("[[d.seq]] > {:seq}", dbx.Params{"seq": m.seq})).All(&changed)
	if err != nil {
		return fmt.Errorf("list what changed: %w", err)
	}
	for _, c := range changed {
		m.waiting[name{c.Collection, c.Record}] = time.Time{}
	}
	m.seq = last
	return nil
}

// queued gives the records that translators may have work in.
func (m *Machine) queued(now time.Time) (map[name]item, error) {
	all := map[name]item{}
	for _, w := range m.cfg.Works {
		queue, err := w.Queue(m.app, now)
		if err != nil {
			return nil, err
		}
		for _, q := range queue {
			n := name{w.Collection, q.ID}
			all[n] = item{n, w, q.Needed}
		}
	}
	return all, nil
}

// wanted gives the locales that phones read or translators have, and that the
// engine translates into.
func (m *Machine) wanted() ([]target, error) {
	var tags []string
	err := m.app.DB().NewQuery(`SELECT locale FROM devices WHERE revoked = '' GROUP BY locale
		UNION SELECT value FROM staff, json_each(CASE WHEN json_valid(staff.locales) THEN staff.locales ELSE '[]' END)
		WHERE EXISTS (SELECT 1 FROM json_each(staff.roles) WHERE value = 'translator')`).Column(&tags)
	if err != nil {
		return nil, fmt.Errorf("list locales that are read: %w", err)
	}
	slices.Sort(tags)
	pairs := m.pairs()
	var targets []target
	for _, tag := range slices.Compact(tags) {
		if _, ok := m.cfg.Locales.Find(tag); !ok {
			continue
		}
		if p, ok := pairFor(pairs, tag); ok {
			targets = append(targets, target{tag, p})
		}
	}
	return targets, nil
}

// known is what the engine said of its languages, and what is wrong with it now.
type known struct {
	pairs []Pair
	at    time.Time
	fault string
}

const (
	// askAgain is how often the engine is asked for its languages.
	askAgain = time.Hour
	// stale is after how long an engine that doesn't say so any more has no
	// languages.
	stale = 24 * time.Hour
	// askTime is how long it may take to say.
	askTime = 10 * time.Second
	// mostPairs bounds how many it may have.
	mostPairs = 20_000
)

// ask asks the engine now and then which languages it has.
func (m *Machine) ask(ctx context.Context, now time.Time) error {
	m.talk.Lock()
	fresh := !m.known.at.IsZero() && now.Sub(m.known.at).Abs() < askAgain
	m.talk.Unlock()
	if fresh {
		return nil
	}
	asking, done := context.WithTimeout(ctx, askTime)
	defer done()
	pairs, err := m.cfg.Engine.Pairs(asking)
	if err != nil {
		return err
	}
	if len(pairs) > mostPairs {
		return &Fault{Code: Garbage, Cause: fmt.Errorf("more than %d pairs of languages", mostPairs)}
	}
	m.answered()
	m.talk.Lock()
	defer m.talk.Unlock()
	m.known = known{pairs: pairs, at: now}
	return nil
}

func (m *Machine) pairs() []Pair {
	m.talk.Lock()
	defer m.talk.Unlock()
	if m.cfg.Now().Sub(m.known.at).Abs() >= stale {
		return nil
	}
	return m.known.pairs
}

// placeNames are what the unit and its groups are called: the same in every
// language. The unit "" has none.
func (m *Machine) placeNames(unit string) ([]string, error) {
	var names []string
	err := m.app.DB().NewQuery(`SELECT name FROM units WHERE id = {:unit} UNION SELECT name FROM groups WHERE unit = {:unit}`).
		Bind(dbx.Params{"unit": unit}).Column(&names)
	if err != nil {
		return nil, fmt.Errorf("list the names of groups: %w", err)
	}
	for i, n := range names {
		names[i] = strings.TrimSpace(n)
	}
	return names, nil
}
