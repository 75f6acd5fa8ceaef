package node

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"folje/internal/access"
	"folje/internal/backup"
	"folje/internal/cluster"
	"folje/internal/erasure"
	"folje/internal/folder"
	"folje/internal/lease"
	"folje/internal/replica"

	"github.com/pocketbase/pocketbase/core"
)

// Writer is the node that has the lease.
type Writer struct {
	Config
	lease        *lease.Lease
	from         uint64 // the highest term that was known before
	copied       uint64 // the highest that was known to have had a copy
	adopted      bool   // the database here was taken for the truth
	standby      *standby
	source       source
	erasedBefore []erasure.Entry

	mu   sync.Mutex
	copy *replica.Replica // set by Opened
}

// again is how long a takeover waits where the replica or NATS doesn't answer.
const again = time.Second

// take puts the data folder into the state of the last writer's.
func (w *Writer) take(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, w.Within)
	defer cancel()
	for {
		err := w.held(func() error { return w.takeOnce(ctx) })
		if away := errors.Is(err, replica.ErrAway) || errors.Is(err, cluster.ErrAway); !away || ctx.Err() != nil {
			return err
		}
		w.Log.Warn("take over", "cause", err.Error())
		select {
		case <-ctx.Done():
			return errors.Join(err, context.Cause(ctx))
		case <-time.After(again):
		}
	}
}

func (w *Writer) takeOnce(ctx context.Context) error {
	m, err := readMark(w.Dir)
	if err != nil {
		return err
	}
	if w.source, err = w.choose(ctx, m); err != nil {
		return err
	}
	if w.erasedBefore, err = w.noteErased(ctx); err != nil || w.source.local {
		return err
	}
	return w.restore(ctx, m)
}

func (w *Writer) restore(ctx context.Context, m mark) error {
	if err := w.untouched(); err != nil {
		return err
	}
	begun := time.Now()
	position, err := replica.Restore(ctx, w.Replica, w.source.term, w.source.least, w.beside(), w.Log)
	if err != nil {
		return err
	}
	if err := w.lease.Holds(); err != nil {
		return err
	}
	if err := w.change(m); err != nil {
		return err
	}
	w.Say(fmt.Sprintf("Restored term %d up to transaction %d in %v: %s.", w.source.term, position, time.Since(begun).Round(time.Millisecond), w.source.reason))
	return folder.Mark(w.Dir, time.Now())
}

// untouched removes what an earlier attempt of this very term left.
func (w *Writer) untouched() error {
	found := []string{w.beside(), w.beside() + ".tmp"}
	for _, name := range found {
		if err := removeIfThere(name); err != nil {
			return err
		}
	}
	return nil
}

// Opened makes the opened database this term's: less what was erased, with
// another epoch where something acknowledged could be missing, and with a copy
// of its own. Nothing may be served before it returned nil.
func (w *Writer) Opened(ctx context.Context, app core.App) error {
	ctx, cancel := context.WithTimeout(ctx, w.Within)
	defer cancel()
	if err := w.prepare(app); err != nil {
		return err
	}
	if err := w.taking(); err != nil {
		return err
	}
	c, err := replica.Begin(ctx, w.Replica, w.Term(), w.path(), w.Log)
	if err != nil {
		return err
	}
	w.mu.Lock()
	w.copy = c
	w.mu.Unlock()
	if err := w.declare(ctx); err != nil {
		return err
	}
	if err := w.mark(mark{Term: w.Term(), Adopt: w.adopted}); err != nil {
		return err
	}
	if err := w.tidy(); err != nil {
		w.Log.Warn("remove old databases", "cause", err.Error())
	}
	return w.standby.close()
}

func (w *Writer) prepare(app core.App) error {
	prints, err := keysIn(app)
	if err != nil {
		return err
	}
	if err := sameKeys(w.Dir, prints, w.source.local); err != nil {
		return err
	}
	keys, err := access.OpenKeys(app)
	if err != nil {
		return err
	}
	if w.source.local && !w.source.epoch {
		return nil
	}
	if _, err := backup.Forget(app, w.erasedBefore, keys); err != nil {
		return err
	}
	if !w.source.epoch {
		return nil
	}
	epoch, err := backup.BeginEpoch(app)
	w.Say("Began the epoch " + epoch + ": something that was acknowledged could be missing.")
	return err
}

// taking notes that the database here, whosever it was, is to be this term's.
func (w *Writer) taking() error {
	m, err := readMark(w.Dir)
	if err != nil {
		return err
	}
	w.adopted = w.source.local && (w.Adopt || m.Adopt)
	if m.Taking == w.Term() {
		return nil
	}
	m.Taking, m.Same, m.Adopt = w.Term(), true, w.adopted
	return w.mark(m)
}

// declare says that this term's copy is the truth from now on.
func (w *Writer) declare(ctx context.Context) error {
	keys, err := fingerprints(w.Dir)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, lease.Lasts)
	defer cancel()
	for {
		err := w.lease.Update(ctx, func(n lease.Note) lease.Note {
			return lease.Note{Replica: w.Term(), Position: w.copy.Position(), Durable: w.Durable, Keys: keys, Old: formers(n, w.Term())}
		})
		if err == nil || ctx.Err() != nil || errors.Is(err, lease.ErrTaken) {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(again):
		}
	}
}

// note goes with each renewal.
func (w *Writer) note(n lease.Note) lease.Note {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.copy != nil && n.Replica == w.Term() {
		n.Position = w.copy.Position()
	}
	return n
}

// Term is the lease's.
func (w *Writer) Term() uint64 { return w.lease.Term() }

// Left is for how long this node may still write.
func (w *Writer) Left() time.Duration { return w.lease.Left() }

// Lag is for how long something that was written isn't in the replica yet.
func (w *Writer) Lag() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.copy == nil {
		return 0
	}
	return w.copy.Lag()
}
