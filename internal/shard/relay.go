package shard

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"log/slog"
	"sync"
	"time"

	"folje/internal/cluster"
	"folje/internal/outbox"
	"folje/internal/push"
)

// Config is what the writer's side needs.
type Config struct {
	Conn *cluster.Conn
	// Keys has our keys. What was made with one that is gone reaches nobody.
	Keys interface {
		Find(id string) (*ecdsa.PrivateKey, bool)
	}
	// Term is the writer's lease term; nil is 0, for a writer without a lease.
	Term func() uint64
	// Barrier waits until what was written is where it can't be lost, and fails
	// where that can't be: nothing is published then, and no answer taken for
	// written. Nil waits for nothing.
	Barrier func(context.Context) error
	// Take has answers written that nobody waits for (outbox.Dispatcher.Take).
	Take   func([]outbox.Answered)
	Logger *slog.Logger
	Now    func() time.Time
}

// Least, Most and Pace are outbox.Others' for a relay: the end of a writer makes
// nothing ring twice, so it need not be few.
const (
	Least = 8 * most
	Most  = 64 * most
	Pace  = 20000
)

// Relay is the writer's side: an outbox.Sender that has workers send. Many
// goroutines may use it.
type Relay struct {
	cfg     Config
	trouble trouble

	mu      sync.Mutex
	filling map[kind]*batch
	waiting map[string]*waiter // by delivery
	unacked map[string][]*receipt
	heard   time.Time // the last answer

	due chan *receipt // all of whose answers are written
}

// waiter is a delivery whose answer somebody waits for.
type waiter struct {
	answer chan push.Answer // holds one
	since  time.Time
	out    bool // it may be in the queue
	try    uint64
}

var (
	errKey    = errors.New("the key that the subscription was made with is gone")
	errSilent = errors.New("no worker answers")
)

// NewRelay makes the writer's side; [Relay.Run] brings its answers.
func NewRelay(cfg Config) *Relay {
	if cfg.Term == nil {
		cfg.Term = func() uint64 { return 0 }
	}
	if cfg.Barrier == nil {
		cfg.Barrier = func(context.Context) error { return nil }
	}
	return &Relay{
		cfg: cfg, trouble: trouble{log: cfg.Logger}, heard: cfg.Now(),
		filling: map[kind]*batch{}, waiting: map[string]*waiter{}, unacked: map[string][]*receipt{}, due: make(chan *receipt, 2*Most),
	}
}

// Send hands the message to whichever worker takes it, and waits for what it
// says. NATS and workers that are away are not the push service's fault:
// push.Unsent and push.Lost say so. A call that is called off gives push.Kept
// where a worker may have the message.
func (r *Relay) Send(ctx context.Context, to push.Subscription, m push.Message) push.Answer {
	if _, alive := r.cfg.Keys.Find(to.Key); !alive {
		return push.Answer{Outcome: push.Gone, Err: errKey}
	}
	now := r.cfg.Now()
	if !r.cfg.Conn.Up() {
		r.trouble.note(now, cluster.ErrAway)
	}
	if wait, why := r.trouble.wait(now); wait > 0 {
		return push.Answer{Outcome: push.Unsent, Wait: wait, Err: why}
	}
	w := r.add(to, m, now)
	timer := time.NewTimer(beginning + answering)
	defer timer.Stop()
	select {
	case a := <-w.answer:
		return a
	case <-timer.C:
		return r.giveUp(m.ID, w, r.lost(w))
	case <-ctx.Done():
		return r.giveUp(m.ID, w, push.Answer{Outcome: push.Kept})
	}
}

// giveUp waits no longer, and gives what came at the last moment, or instead.
func (r *Relay) giveUp(id string, w *waiter, instead push.Answer) push.Answer {
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case a := <-w.answer:
		return a
	default:
	}
	if r.waiting[id] == w {
		delete(r.waiting, id)
	}
	if !w.out {
		return push.Answer{Outcome: push.Unsent}
	}
	return instead
}

// lost is the answer of a delivery that nobody answered: where nobody has
// answered anything since, nothing more is handed over for a while.
func (r *Relay) lost(w *waiter) push.Answer {
	r.mu.Lock()
	silent := r.heard.Before(w.since)
	r.mu.Unlock()
	a := push.Answer{Outcome: push.Lost, Err: errSilent}
	if silent {
		now := r.cfg.Now()
		r.trouble.note(now, errSilent)
		a.Wait, _ = r.trouble.wait(now)
	}
	return a
}

// patience is for how long no worker may answer before that is told.
const patience = 20 * time.Second

// Ready fails where deliveries wait because NATS or the workers are away.
func (r *Relay) Ready(context.Context) error {
	if err := r.trouble.cause(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	before := r.cfg.Now().Add(-patience)
	for _, w := range r.waiting {
		if w.since.Before(before) && r.heard.Before(w.since) {
			return errSilent
		}
	}
	return nil
}
