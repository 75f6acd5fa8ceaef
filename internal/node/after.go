package node

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"folje/internal/lease"
	"folje/internal/replica"

	"github.com/pocketbase/pocketbase/core"
)

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
