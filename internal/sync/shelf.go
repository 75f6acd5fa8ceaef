package sync

import (
	"cmp"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"golang.org/x/sync/singleflight"
)

// Bounds of what is kept in memory.
const (
	// shelfSize is what all answers may take together, in bytes; those that
	// nobody has asked for the longest go first.
	shelfSize = 64 << 20
	// deltas is how many answers to different cursors a stream keeps: phones
	// that were awake when something changed all ask from the same one.
	deltas = 8
	// wanted is for how long after a request a whole feed is made anew when it
	// changes; later it is made when somebody asks.
	wanted = 24 * time.Hour
)

// shelf keeps the answers. A whole feed that changed is made anew beside the
// requests; a request that comes first waits for it rather than get an older
// one, and all who ask meanwhile wait for the same making.
type shelf struct {
	feeds *Feeds
	log   *log
	now   func() time.Time
	limit int
	// page answers in the place of the database, where there is none; at is what
	// it was asked with.
	page func(k streamKey, after int, at newest) (any, error)

	making singleflight.Group
	queue  queue

	mu      sync.RWMutex
	streams map[streamKey]*drawer
	size    int

	work worker
}

type streamKey struct{ scope, stream string }

// drawer holds a stream's answers. All deltas lead to the same number.
type drawer struct {
	whole  *answer
	deltas map[int]*answer
	at     newest
}

func newShelf(feeds *Feeds, l *log, now func() time.Time) *shelf {
	return &shelf{feeds: feeds, log: l, now: now, limit: shelfSize, streams: map[streamKey]*drawer{}, queue: newQueue()}
}

// get gives the stream's answer to the number, [whole] for all of it, that is
// at least as new as at. A number that is not before at gets nothing, without
// SQL.
func (s *shelf) get(app core.App, k streamKey, after int, at newest) (*answer, error) {
	now := s.now()
	day := 0
	if after == whole {
		day = cmp.Or(at.day, dayOf(now))
	}
	a := s.kept(k, after)
	if a == nil || !a.at.same(at) || a.day != day {
		name := fmt.Sprintf("%s %s %d %d %d %s", k.scope, k.stream, after, at.stream, day, at.epoch)
		made, err, _ := s.making.Do(name, func() (any, error) { return s.inTurn(app, k, after, at, day) })
		if err != nil {
			return nil, err
		}
		a = made.(*answer)
	}
	if second := now.Unix(); a.asked.Load() != second {
		a.asked.Store(second)
	}
	return a, nil
}

func (s *shelf) kept(k streamKey, after int) *answer {
	s.mu.RLock()
	defer s.mu.RUnlock()
	d := s.streams[k]
	switch {
	case d == nil:
		return nil
	case after == whole:
		return d.whole
	}
	return d.deltas[after]
}

func (s *shelf) make(app core.App, k streamKey, after int, at newest, day int) (*answer, error) {
	if a := s.kept(k, after); a != nil && a.at.same(at) && a.day == day {
		return a, nil // somebody else's making ended while this one was called
	}
	feed, m, err := s.read(app, k, after, at)
	if err != nil {
		return nil, err
	}
	a, err := newAnswer(k.scope, tagOf(cmp.Or(at.epoch, s.feeds.Epoch), k.scope, k.stream, at.stream, day), feed)
	if err != nil {
		return nil, err
	}
	a.at, a.day = at, day
	if m != nil && after == whole && k.stream == Records {
		a.memory = m
		a.size += len(m.used.Bits())*8 + len(m.old)*96
	}
	s.keep(k, after, a)
	return a, nil
}

func (s *shelf) read(app core.App, k streamKey, after int, at newest) (any, *memory, error) {
	if s.page != nil {
		feed, err := s.page(k, after, at)
		return feed, nil, err
	}
	if after >= at.stream {
		return s.feeds.nothing(k.stream, at.stream), nil, nil
	}
	if k.stream == Records {
		var before *memory
		if a := s.kept(k, whole); a != nil {
			before = a.memory
		}
		return second(s.feeds.records(app, k.scope, after, at.stream, before))
	}
	var m *memory
	if after == whole {
		r, err := s.currentRecords(app, k.scope)
		if err != nil {
			return nil, nil, err
		}
		m = r.memory
	}
	feed, err := s.feeds.texts(app, k.scope, k.stream, after, at.stream, m)
	return feed, nil, err
}

func second(feed *Feed, m *memory, err error) (any, *memory, error) { return feed, m, err }

// currentRecords is the whole records feed, asked for after the texts' newest
// number was taken, so that it has every record that uses one of them.
func (s *shelf) currentRecords(app core.App, scope string) (*answer, error) {
	at, err := s.log.of(app, scope, Records)
	if err != nil {
		return nil, err
	}
	return s.get(app, streamKey{scope, Records}, whole, at)
}

// keep puts the answer on the shelf, unless a newer one is there.
func (s *shelf) keep(k streamKey, after int, a *answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := s.streams[k]
	if d == nil {
		d = &drawer{}
		s.streams[k] = d
	}
	s.size -= d.size()
	d.put(after, a)
	s.size += d.size()
	for s.size > s.limit && s.dropOldest(k) {
	}
}

func (d *drawer) put(after int, a *answer) {
	if after == whole {
		if old := d.whole; old == nil || old.at.epoch != a.at.epoch || old.at.stream < a.at.stream || old.at.stream == a.at.stream && old.day <= a.day {
			d.whole = a
		}
		return
	}
	if a.at.stream < d.at.stream && a.at.epoch == d.at.epoch {
		return
	}
	if !a.at.same(d.at) || len(d.deltas) >= deltas {
		d.deltas, d.at = map[int]*answer{}, a.at
	}
	if d.deltas == nil {
		d.deltas = map[int]*answer{}
	}
	d.deltas[after] = a
}

func (d *drawer) size() (bytes int) {
	if d.whole != nil {
		bytes += d.whole.size
	}
	for _, a := range d.deltas {
		bytes += a.size
	}
	return bytes
}

func (d *drawer) asked() (second int64) {
	if d.whole != nil {
		second = d.whole.asked.Load()
	}
	for _, a := range d.deltas {
		second = max(second, a.asked.Load())
	}
	return second
}

// dropOldest empties the drawer that nobody asked for the longest, except the
// one in use; it reports whether there was one.
func (s *shelf) dropOldest(except streamKey) bool {
	var oldest streamKey
	var when int64 = -1
	for k, d := range s.streams {
		if asked := d.asked(); k != except && (when < 0 || asked < when) {
			oldest, when = k, asked
		}
	}
	if when < 0 {
		return false
	}
	s.size -= s.streams[oldest].size()
	delete(s.streams, oldest)
	return true
}

// dayOf counts days, in UTC: what is too old for a whole feed changes with it.
func dayOf(t time.Time) int { return int(t.Unix() / 86400) }

// changed makes a scope's whole feeds anew whose streams may have changed: those
// that somebody asks for, beside the requests.
func (s *shelf) changed(app core.App, scope string, streams []string) {
	for _, stream := range streams {
		if k := (streamKey{scope, stream}); s.wanted(k) {
			s.work.add(k, func() { s.refresh(app, k) })
		}
	}
}

// allChanged does so for all: the day did.
func (s *shelf) allChanged(app core.App) {
	s.mu.RLock()
	keys := make([]streamKey, 0, len(s.streams))
	for k := range s.streams {
		keys = append(keys, k)
	}
	s.mu.RUnlock()
	for _, k := range keys {
		s.changed(app, k.scope, []string{k.stream})
	}
}

func (s *shelf) wanted(k streamKey) bool {
	a := s.kept(k, whole)
	return a != nil && s.now().Sub(time.Unix(a.asked.Load(), 0)) < wanted
}

func (s *shelf) refresh(app core.App, k streamKey) {
	defer func() {
		if cause := recover(); cause != nil { // requests make it, and tell whom it concerns
			app.Logger().Error("make a feed anew", slog.String("panic", fmt.Sprintf("%T", cause)))
		}
	}()
	asked := s.kept(k, whole)
	at, err := s.log.of(app, k.scope, k.stream)
	if err == nil {
		var a *answer
		if a, err = s.get(app, k, whole, at); err == nil && asked != nil {
			a.asked.Store(asked.asked.Load()) // this was no request
		}
	}
	if err != nil {
		app.Logger().Error("make a feed anew", slog.String("cause", err.Error()))
	}
}
