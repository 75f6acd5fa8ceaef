package sync

import (
	"fmt"
	"sync"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// newest are the newest sequence numbers of a stream and of its scope: what a
// cursor is held against.
// Where it comes from a page, that says of which epoch it is, and on which day
// records were old or not.
type newest struct {
	stream, scope int
	epoch         string
	day           int
}

// same reports whether both stand for the same state of the stream.
func (n newest) same(as newest) bool { return n.stream == as.stream && n.epoch == as.epoch }

// log knows the newest numbers without SQL, and tells which streams changed
// once their transaction has ended.
//
// It is kept true by forgetting: [mark] announces a change before it writes
// it, and while a transaction is open its scopes are read from the database
// each time, which shows what is committed and nothing else. When the
// transaction has ended, whichever way, the numbers are read anew. Only this
// process writes to the database, and one transaction at a time.
type log struct {
	changed func(scope string, streams []string) // after a transaction; nil for nobody

	mu     sync.Mutex
	scopes map[string]*scopeLog
	open   map[*core.TxAppInfo]touched
}

// touched are the streams that a transaction marks, by scope.
type touched map[string]map[string]bool

type scopeLog struct {
	known   map[string]newest // by stream
	open    int               // transactions that mark it and have not ended
	version int               // raised by all that may change the numbers
}

func newLog() *log {
	return &log{scopes: map[string]*scopeLog{}, open: map[*core.TxAppInfo]touched{}}
}

const logKey = "folje.sync.log"

// logOf is the log that [Register] gave the app; nil before. A transaction's
// app has the same one.
func logOf(app core.App) *log {
	l, _ := app.Store().Get(logKey).(*log)
	return l
}

func (l *log) scope(name string) *scopeLog {
	s := l.scopes[name]
	if s == nil {
		s = &scopeLog{known: map[string]newest{}}
		l.scopes[name] = s
	}
	return s
}

// of gives the newest numbers of what is committed.
func (l *log) of(app core.App, scope, stream string) (newest, error) {
	l.mu.Lock()
	s := l.scope(scope)
	n, ok := s.known[stream]
	open, version := s.open, s.version
	l.mu.Unlock()
	if ok && open == 0 {
		return n, nil
	}
	n, err := last(app, scope, stream)
	if err != nil {
		return n, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if s.open == 0 && s.version == version {
		s.known[stream] = n
	}
	return n, nil
}

// begin announces that the app's transaction marks the stream, and gives what
// to call after the statement.
func (l *log) begin(app core.App, scope, stream string) (done func()) {
	tx, _ := app.NonconcurrentDB().(*dbx.Tx)
	info := app.TxInfo()
	if tx == nil || info == nil { // the statement is its own transaction
		alone := touched{scope: {stream: true}}
		l.mu.Lock()
		l.enter(scope)
		l.mu.Unlock()
		return func() { l.end(alone) }
	}
	l.mu.Lock()
	over := l.overtaken(info)
	all, seen := l.open[info]
	if !seen {
		all = touched{}
		l.open[info] = all
	}
	if all[scope] == nil {
		all[scope] = map[string]bool{}
		l.enter(scope)
	}
	all[scope][stream] = true
	l.mu.Unlock()
	for _, t := range over {
		l.end(t)
	}
	if !seen {
		info.OnComplete(func(error) error { l.complete(info); return nil })
	}
	return func() {}
}

// overtaken gives the transactions that must have ended, since this one is
// open: PocketBase tells nobody of one that panicked.
func (l *log) overtaken(now *core.TxAppInfo) (over []touched) {
	for info, t := range l.open {
		if info != now {
			over = append(over, t)
			delete(l.open, info)
		}
	}
	return over
}

func (l *log) enter(scope string) {
	s := l.scope(scope)
	s.open++
	s.version++
}

func (l *log) complete(info *core.TxAppInfo) {
	l.mu.Lock()
	t := l.open[info]
	delete(l.open, info)
	l.mu.Unlock()
	l.end(t)
}

// end forgets what is known of the scopes and tells what may have changed.
func (l *log) end(t touched) {
	l.mu.Lock()
	for scope := range t {
		s := l.scope(scope)
		s.open--
		s.version++
		clear(s.known)
	}
	l.mu.Unlock()
	if l.changed == nil {
		return
	}
	for scope, streams := range t {
		names := make([]string, 0, len(streams))
		for stream := range streams {
			names = append(names, stream)
		}
		l.changed(scope, names)
	}
}

// last reads the newest numbers, 0 where there are none; an index answers both.
func last(app core.App, scope, stream string) (newest, error) {
	var n newest
	err := app.DB().NewQuery(`SELECT
		COALESCE((SELECT MAX(seq) FROM changes WHERE scope = {:scope} AND stream = {:stream}), 0),
		COALESCE((SELECT MAX(seq) FROM changes WHERE scope = {:scope}), 0)`).
		Bind(dbx.Params{"scope": scope, "stream": stream}).Row(&n.stream, &n.scope)
	if err != nil {
		return n, fmt.Errorf("find the last change: %w", err)
	}
	return n, nil
}
