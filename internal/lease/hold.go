package lease

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// Lease is a lease that this process took. Its methods may be used from several
// goroutines.
type Lease struct {
	cfg    Config
	before *Value
	term   uint64
	lost   chan struct{}

	writing sync.Mutex // held by who writes the key

	mu       sync.Mutex
	value    Value
	revision uint64
	beats    uint64 // how many renewals were attempted
	sent     stamp  // when the value's renewal was sent
	ended    bool   // lost, or given up
}

func newLease(cfg Config, before *Value, v Value, revision uint64, sent stamp) *Lease {
	return &Lease{cfg: cfg, before: before, term: v.Term, value: v, revision: revision, sent: sent, lost: make(chan struct{})}
}

// Term is the lease's number.
func (l *Lease) Term() uint64 { return l.term }

// Before is the value that this lease took the place of; nil for none.
func (l *Lease) Before() *Value { return l.before }

// Note is what the lease says of the writer's truth.
func (l *Lease) Note() Note {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.value.Note.clone()
}

// Left is for how long the holder may still act as the writer: Margin less than
// until the lease's end. It is below zero once it must not.
func (l *Lease) Left() time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return -1
	}
	return l.cfg.left(l.sent, l.cfg.Lasts-min(Margin, l.cfg.Lasts/5))
}

// Holds fails with [ErrOver] where the holder must not act as the writer now.
func (l *Lease) Holds() error {
	if l.Left() <= 0 {
		return ErrOver
	}
	return nil
}

// Lost is closed once another node has the lease. A lease that only couldn't be
// renewed in time isn't lost: it [Lease.Holds] again when it is renewed and
// nobody had it meanwhile.
func (l *Lease) Lost() <-chan struct{} { return l.lost }

// Keep renews the lease until ctx ends or the lease is lost. Say, if not nil,
// gives the note that goes with each renewal.
func (l *Lease) Keep(ctx context.Context, say func(Note) Note) {
	beat := time.NewTicker(l.cfg.Renew)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.lost:
			return
		case <-beat.C:
		}
		err := l.Update(ctx, say)
		if ctx.Err() == nil {
			l.cfg.Report(err)
		}
	}
}

// Update renews the lease, with the note that say makes of the last one. It
// fails with [ErrTaken] where another node has the lease, and where NATS didn't
// answer; then the note may be there all the same.
func (l *Lease) Update(ctx context.Context, say func(Note) Note) error { return l.put(ctx, say, false) }

// Release gives the lease up, with a last note.
func (l *Lease) Release(ctx context.Context, say func(Note) Note) error { return l.put(ctx, say, true) }

func (l *Lease) put(ctx context.Context, say func(Note) Note, free bool) error {
	l.writing.Lock()
	defer l.writing.Unlock()
	next, revision, ended := l.next(say, free)
	if ended {
		return ErrTaken
	}
	sent := l.cfg.stamp()
	once, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	got, err := write(once, l.cfg.Bucket, next, revision)
	if err == nil {
		l.renewed(next, got, sent)
		return nil
	}
	return l.lookAgain(ctx, next, sent, revision, err)
}

func (l *Lease) next(say func(Note) Note, free bool) (next Value, revision uint64, ended bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	next = l.value
	next.Note = next.Note.clone()
	l.beats++ // each attempt its own, so that it is known which one arrived
	next.Beat = l.beats
	next.Free = free
	if say != nil {
		next.Note = say(next.Note)
	}
	return next, l.revision, l.ended
}

// lookAgain reads what became of a renewal whose answer is missing, or that was
// refused because an earlier one had arrived after all.
func (l *Lease) lookAgain(ctx context.Context, next Value, sent stamp, revision uint64, cause error) error {
	now, found, err := l.cfg.read(ctx)
	switch {
	case err != nil:
		return fmt.Errorf("renew the lease: %w", cause)
	case now == nil || now.Instance != next.Instance || now.Term != next.Term:
		l.lose()
		return ErrTaken
	case found == revision: // it didn't arrive
		return fmt.Errorf("renew the lease: %w", cause)
	case now.Beat == next.Beat:
		l.renewed(next, found, sent)
		return nil
	}
	// An earlier renewal of ours, whose time isn't known any more.
	l.mu.Lock()
	l.revision = found
	l.mu.Unlock()
	return fmt.Errorf("renew the lease: %w", cause)
}

func (l *Lease) renewed(v Value, revision uint64, sent stamp) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.value, l.revision, l.sent = v, revision, sent
	l.ended = l.ended || v.Free
}

func (l *Lease) lose() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.ended {
		l.ended = true
		close(l.lost)
	}
}

func (n Note) clone() Note {
	n.Keys, n.Old = maps.Clone(n.Keys), slices.Clone(n.Old)
	return n
}
