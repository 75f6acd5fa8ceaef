package node

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
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

// formers are the terms whose copies are to be deleted once this one's is
// complete: also of those that began a copy and never came to declare it, and
// all where nobody knows.
func formers(n lease.Note, term uint64) []uint64 {
	from := n.Replica
	if from == 0 {
		from = max(1, term-min(term, manyTerms))
	}
	for ; from < term; from++ {
		if !slices.Contains(n.Old, from) {
			n.Old = append(n.Old, from)
		}
	}
	return n.Old
}

// manyTerms bounds what the lease says.
const manyTerms = 512

// Serving notes, once the program serves, the keys that it serves with, and
// deletes the copies of former terms after a while.
func (w *Writer) Serving(app core.App) error {
	if _, err := w.keysOf(app); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		cancel()
		return e.Next()
	})
	go w.lookAfter(ctx, app)
	go w.tellAllErased(ctx)
	return nil
}

// old is for how long the copies of former terms are kept, and after what time
// it is tried again to delete them.
const old = time.Hour

// looks is how often it is looked whether keys were added or dropped.
const looks = time.Minute

func (w *Writer) lookAfter(ctx context.Context, app core.App) {
	changed, former := time.NewTicker(looks), time.NewTicker(old)
	defer changed.Stop()
	defer former.Stop()
	err := w.noteKeys(ctx, app)
	for {
		if err != nil && ctx.Err() == nil {
			w.Log.Warn("look after the node", "cause", err.Error())
		}
		select {
		case <-ctx.Done():
			return
		case <-changed.C:
			err = w.noteKeys(ctx, app)
		case <-former.C:
			err = w.forgetOld(ctx)
		}
	}
}

// keysOf gives the fingerprints of the keys, and notes them in the database.
func (w *Writer) keysOf(app core.App) (map[string]string, error) {
	keys, err := fingerprints(w.Dir)
	if err != nil {
		return nil, err
	}
	before, err := keysIn(app)
	if err == nil && !maps.Equal(before, keys) {
		err = storeKeys(app, keys)
	}
	return keys, err
}

// noteKeys tells the next writer which keys it needs, where that has changed.
func (w *Writer) noteKeys(ctx context.Context, app core.App) error {
	keys, err := w.keysOf(app)
	if err != nil || maps.Equal(w.lease.Note().Keys, keys) {
		return err
	}
	return w.lease.Update(ctx, func(n lease.Note) lease.Note { n.Keys = keys; return n })
}

// forgetOld deletes the copies of former terms; what fails is tried again.
func (w *Writer) forgetOld(ctx context.Context) error {
	var gone []uint64
	var errs []error
	for _, term := range w.lease.Note().Old {
		if err := w.lease.Holds(); err != nil {
			return err
		}
		if err := replica.Delete(ctx, w.Replica, term); err != nil {
			errs = append(errs, err)
			continue
		}
		gone = append(gone, term)
	}
	if len(gone) > 0 {
		errs = append(errs, w.lease.Update(ctx, func(n lease.Note) lease.Note {
			n.Old = slices.DeleteFunc(n.Old, func(term uint64) bool { return slices.Contains(gone, term) })
			return n
		}))
	}
	return errors.Join(errs...)
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
