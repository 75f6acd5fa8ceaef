// Package announce tells other machines what they must not miss, through NATS:
// that tickets are void because a phone was shut out, left a group or was
// deleted, and that somebody had everything erased.
//
// Words about tickets are rows of the collection announcements, written in the
// transaction of their cause, and sent by one goroutine until NATS has
// acknowledged them: nothing waits for it, and nothing is lost with the process.
// They stay for as long as a ticket that they are about may be shown, and are
// sent again by the next writer, and where NATS has lost them.
// An erasure is different: it is acknowledged to the phone only once NATS has
// its mark, since a writer that takes over must know of it.
//
// Nothing here runs, and nothing is written, where there is no cluster.
package announce

import (
	"context"
	"errors"
	"sync"
	"time"

	"folje/internal/cluster"
	"folje/internal/problem"
	"folje/internal/ticket"

	"github.com/nats-io/nats.go"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Publisher hands a message to NATS and waits until it is kept there, and says
// whether it is connected at all; [cluster.Conn] is one.
type Publisher interface {
	Publish(ctx context.Context, m *nats.Msg) error
	Up() bool
}

// Config is what announcing needs of the program around it. Conn must be set.
type Config struct {
	Conn Publisher
	// Term is the term of the writer's lease; nil is 0.
	Term func() uint64
	// Barrier returns once all that is committed may be told to others; nil is
	// at once.
	Barrier func(ctx context.Context) error
	// Settle makes sure that no ticket is issued any more for what the device was
	// before, and reports whether it is shut out (access.Index.Settle).
	Settle func(app core.App, device string) (revoked bool)
	// Tickets are the keys that tickets are held against.
	Tickets ticket.Keys
	// Newest is the latest time at which this process issued a ticket; nil is
	// before any.
	Newest func() time.Time
	// Made is when NATS made the stream of the words about tickets, which it may
	// have lost: then they are told again. Nil is always the same.
	Made func(ctx context.Context) (time.Time, error)
	// Now is the clock; nil is the system's.
	Now func() time.Time
}

// Announcer tells of what happened. Its methods may be used from several
// goroutines.
type Announcer struct {
	app   core.App
	cfg   Config
	woken chan struct{}

	life  sync.Mutex
	stop  context.CancelFunc
	ended chan struct{}

	erasing sync.Mutex
	away    time.Time // until when nobody tries to tell of an erasure

	keysTold time.Time // by the relay's goroutine only
	failing  bool      // likewise
	begun    bool      // likewise: words were told into the stream that was made then
	made     time.Time
}

// Register binds what writes announcements, and sends them from the moment the
// app is served until it ends.
func Register(app core.App, cfg Config) *Announcer {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Term == nil {
		cfg.Term = func() uint64 { return 0 }
	}
	if cfg.Barrier == nil {
		cfg.Barrier = func(context.Context) error { return nil }
	}
	if cfg.Newest == nil {
		cfg.Newest = func() time.Time { return time.Time{} }
	}
	if cfg.Made == nil {
		cfg.Made = func(context.Context) (time.Time, error) { return time.Time{}, nil }
	}
	if cfg.Settle == nil {
		cfg.Settle = func(core.App, string) bool { return false }
	}
	a := &Announcer{app: app, cfg: cfg, woken: make(chan struct{}, 1)}
	a.bind(app)
	app.OnServe().Bind(&hook.Handler[*core.ServeEvent]{Id: "foljeAnnounce", Func: func(e *core.ServeEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		a.start()
		return nil
	}})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		a.end()
		return e.Next()
	})
	return a
}

// Bounds of telling of an erasure. A phone waits for it, and the database's one
// writer too.
const (
	patience = 2 * time.Second
	respite  = 10 * time.Second // after a failure: others are refused at once
)

var errAway = errors.New("NATS doesn't answer")

// Erased tells of an erasure, by the mark that the journal has. When it returns
// nil NATS keeps the mark; when it fails nothing must be erased, and the phone
// is to come again ([problem.Busy]). Nil tells nobody.
func (a *Announcer) Erased(mark string) error {
	if a == nil {
		return nil
	}
	a.erasing.Lock()
	defer a.erasing.Unlock()
	if now := a.cfg.Now(); !a.cfg.Conn.Up() || now.Before(a.away) && a.away.Sub(now) <= respite {
		return problem.Busy(errAway)
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := a.cfg.Conn.Publish(ctx, cluster.NewMsg(cluster.ErasedOf(mark), a.cfg.Term(), "erased-"+mark, nil))
	if err != nil {
		a.away = a.cfg.Now().Add(respite)
		return problem.Busy(err)
	}
	a.away = time.Time{}
	return nil
}

// Wake has the relay look at once. It never waits.
func (a *Announcer) Wake() {
	select {
	case a.woken <- struct{}{}:
	default: // somebody else did
	}
}
