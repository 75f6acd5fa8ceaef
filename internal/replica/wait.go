package replica

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Wait returns nil once everything that was committed before it was called is
// in the copy; at once where that is so already. Many who wait share one sync.
// It fails with [ErrAway] after 5 seconds, and where ctx ends.
func (r *Replica) Wait(ctx context.Context) error {
	now := r.state()
	r.mu.Lock()
	if now != "" && now == r.saved {
		r.mu.Unlock()
		return nil
	}
	if r.over {
		r.mu.Unlock()
		return fmt.Errorf("%w: it has ended", ErrAway)
	}
	if r.round == nil {
		r.round = &round{done: make(chan struct{})}
	}
	mine := r.round
	if !r.busy {
		r.busy = true
		r.copying.Go(r.run)
	}
	r.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	select {
	case <-mine.done:
		return mine.err
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", ErrAway, ctx.Err())
	}
}

// run syncs until nobody waits any more.
func (r *Replica) run() {
	for {
		r.mu.Lock()
		this := r.round
		if r.round = nil; this == nil {
			r.busy = false
			r.mu.Unlock()
			return
		}
		r.mu.Unlock()
		this.err = r.sync()
		close(this.done)
	}
}

func (r *Replica) sync() error {
	before := r.state()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	err := r.db.SyncAndWait(ctx)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err != nil {
		if r.since.IsZero() {
			r.since = time.Now()
		}
		return errors.Join(ErrAway, err)
	}
	r.saved, r.since = before, time.Time{}
	return nil
}

// state is the head of the write-ahead log's index, which changes with every
// commit; "" where it can't be read. SQLite writes it twice; between the two a
// commit isn't visible to anybody. The file is opened once and closed last:
// closing one descriptor of a file gives up all of a process's locks on it, and
// SQLite's are there.
func (r *Replica) state() string {
	if r.index == nil {
		return ""
	}
	var head [2 * 48]byte
	if _, err := r.index.ReadAt(head[:], 0); err != nil {
		return ""
	}
	return string(head[:])
}
