package node

import (
	"context"
	"errors"
	"fmt"

	"folje/internal/lease"
	"folje/internal/replica"
)

// candidate is a node that may become the writer.
type candidate struct {
	Config
	mark   mark
	known  uint64 // the highest term that was ever heard of
	copied uint64 // the highest that has, or had, a copy
}

// newCandidate looks at what this node and the replica know, while another one
// may still write.
func newCandidate(ctx context.Context, c Config) (*candidate, error) {
	m, err := readMark(c.Dir)
	if err != nil {
		return nil, err
	}
	newest, err := replica.Newest(ctx, c.Replica, max(m.Term, m.Taking))
	if err != nil {
		return nil, fmt.Errorf("look at the replica: %w", err)
	}
	if m.Term > 0 && m.Taking == 0 { // the last takeover here came to its end
		if err := c.clear(); err != nil {
			return nil, err
		}
	}
	a := &candidate{Config: c, mark: m, known: max(m.Term, m.Taking, newest), copied: max(newest, m.Term)}
	switch {
	case m.Adopt && m.Term == 0: // it goes on, whether it is said again or not
		a.Adopt = true
	case m.Adopt: // it came to its end
		a.Adopt = false
	case c.Adopt && m != (mark{}):
		return nil, fmt.Errorf("--adopt is for a data folder that comes from elsewhere, such as from folje restore: this one is a node's (%s)", markFile)
	}
	return a, a.own(newest)
}

// own fails where the data folder has a database that isn't a node's while there
// is a copy: it could be a backup that was just restored.
func (a *candidate) own(copied uint64) error {
	if copied == 0 || a.Adopt || a.mark != (mark{}) || !there(a.path()) {
		return nil
	}
	return errUnknown
}

// floor is what the new term has to be higher than.
func (a *candidate) floor(context.Context) (uint64, error) { return a.known, nil }

// may fails where this node can't be the next writer.
func (a *candidate) may(v *lease.Value) error {
	if v == nil {
		return nil
	}
	a.known, a.copied = max(a.known, v.Term), max(a.copied, v.Note.Replica)
	if a.mark.Adopt && a.mark.Term == 0 && v.Note.Replica > a.mark.Taking {
		return errSince
	}
	own := a.Adopt || v.Holder == a.Name && a.mark.Term == v.Note.Replica
	if err := errors.Join(sameKeys(a.Dir, v.Note.Keys, own), a.own(v.Note.Replica)); err != nil {
		return err
	}
	if v.Note.Replica == 0 && v.Holder != a.Name && !a.Adopt && a.copied == 0 {
		return fmt.Errorf("%w: start %s again", errNothing, v.Holder)
	}
	return nil
}

var (
	errNothing = errors.New("no copy is complete yet: only the node that began can go on")
	errUnknown = errors.New("the data folder has a database that isn't a node's: say with --adopt that it is to be the truth, or move data.db away")
	errSince   = errors.New("another node has written since this data folder was to be the truth: move data.db and node.json away")
	errLost    = errors.New("the replica has no copy of any term that was heard of: bring it back, or take the database here for the truth (remove node.json, then start with --adopt)")
	errOther   = errors.New("the data folder is not the last writer's")
)

// source is where a new writer has its data from.
type source struct {
	local  bool   // the data folder's own database, or none where nothing has begun
	term   uint64 // otherwise the replica's of this term
	least  uint64 // and at least up to this transaction
	epoch  bool   // something acknowledged could be missing
	reason string
}

// choose decides. Before is what the lease said, nil for nothing; newest is the
// highest term in the replica, asked for only where before can't be relied on.
func (w *Writer) choose(ctx context.Context, m mark) (source, error) {
	before := w.lease.Before()
	if before != nil && before.Term < w.from {
		before = nil // NATS lost what it knew
	}
	if w.Adopt {
		return source{local: true, epoch: true, reason: "asked to"}, nil
	}
	if before == nil || before.Note.Replica == 0 {
		return w.guess(ctx, m)
	}
	return w.fromCopy(ctx, m, before.Note)
}

// guess decides where nobody says which copy is complete: nobody has begun yet,
// or NATS lost what it knew, and who had the lease since didn't get so far as
// to say it anew.
func (w *Writer) guess(ctx context.Context, m mark) (source, error) {
	newest, err := replica.Newest(ctx, w.Replica, max(m.Term, m.Taking, w.from))
	if err != nil {
		return source{}, err
	}
	if newest == 0 && (m.Term > 0 || w.copied > 0) {
		return source{}, errLost
	}
	if newest == 0 {
		return source{local: true, reason: "nothing was copied yet"}, nil
	}
	s, err := w.fromCopy(ctx, m, lease.Note{Replica: newest})
	s.reason = "NATS doesn't know: " + s.reason
	return s, err
}

// fromCopy prefers the data folder's database where it is what that copy was
// made of, and isn't older: then it may have more.
func (w *Writer) fromCopy(ctx context.Context, m mark, n lease.Note) (source, error) {
	copied, err := replica.Position(ctx, w.Replica, n.Replica)
	if err != nil {
		return source{}, err
	}
	least := max(n.Position, copied)
	if err := w.is(m, n.Replica, least); err == nil {
		return source{local: true, reason: "this node was the last writer"}, nil
	}
	return source{term: n.Replica, least: n.Position, epoch: !n.Durable && !(n.Clean && copied >= n.Position), reason: "the last writer's copy"}, nil
}

// is fails where the database here isn't the one of that term, or is older than
// it was: somebody put the machine back to an earlier state.
func (w *Writer) is(m mark, term, least uint64) error {
	if m.Term != term || m.Taking != 0 && !m.Same || !there(w.path()) {
		return errOther
	}
	local, err := replica.Local(w.path(), term)
	if err != nil {
		return err
	}
	if local < least {
		return errOther
	}
	return nil
}
