package lease

import (
	"context"
	"time"
)

// look is how often somebody who waits reads the key.
const look = 500 * time.Millisecond

// Wait waits until the lease is free or its time is over, and takes it. Its
// term is higher than every earlier one and than floor. May, asked of the value
// that is to be replaced (nil for none), fails where this node can't take over;
// it then goes on waiting. Wait fails only where ctx ends.
func Wait(ctx context.Context, cfg Config, floor func(context.Context) (uint64, error), may func(*Value) error) (*Lease, error) {
	w := waiter{Config: cfg.withDefaults(), floor: floor, may: may}
	for {
		l, err := w.try(ctx)
		if l != nil {
			return l, nil
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		w.Report(err)
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(min(look, w.Lasts/10)):
		}
	}
}

type waiter struct {
	Config
	floor  func(context.Context) (uint64, error)
	may    func(*Value) error
	looked bool          // seen and since are set
	seen   uint64        // the revision that was read last; 0 for no key
	deaf   bool          // NATS didn't answer
	heard  time.Duration // when it answered again: its holder, too, may only now be able to renew
	since  time.Duration // when it was read for the first time
}

// try takes the lease if that may be done now.
func (w *waiter) try(ctx context.Context) (*Lease, error) {
	v, revision, err := w.read(ctx)
	if err != nil {
		w.deaf = true
		return nil, err
	}
	now, _ := w.Clock()
	if w.deaf {
		w.deaf, w.heard = false, now
	}
	if !w.looked || revision != w.seen {
		w.looked, w.seen, w.since = true, revision, now
	}
	if v != nil && !v.Free && (now-w.since <= slack(time.Duration(v.Millis)*time.Millisecond) || w.heard > 0 && now-w.heard <= w.Lasts/2) {
		return nil, ErrTaken
	}
	if err := w.may(v); err != nil {
		return nil, err
	}
	least, err := w.floor(ctx)
	if err != nil {
		return nil, err
	}
	if v == nil && least > 0 && now-w.since <= slack(w.Lasts) {
		return nil, ErrForgotten
	}
	return w.take(ctx, v, revision, least)
}

// slack is how long to wait for a lease of such a time: clocks of machines
// don't run at quite the same speed.
func slack(lasts time.Duration) time.Duration { return lasts + lasts/20 }

func (w *waiter) take(ctx context.Context, before *Value, revision, least uint64) (*Lease, error) {
	next := Value{V: version, Holder: w.Name, Instance: w.Instance, Millis: w.Lasts.Milliseconds(), Term: least + 1}
	if before != nil {
		next.Term, next.Note = max(before.Term, least)+1, before.Note
	}
	sent := w.stamp()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	got, err := write(ctx, w.Bucket, next, revision)
	if err != nil {
		return nil, err // the next look says whether it arrived all the same: then it is waited for, as anybody's
	}
	return newLease(w.Config, before, next, got, sent), nil
}

// stamp is a moment on both clocks.
type stamp struct {
	steady time.Duration
	wall   time.Time
}

func (c Config) stamp() stamp {
	steady, wall := c.Clock()
	return stamp{steady, wall}
}

// left is for how long what lasts since s still lasts, by the clock that says
// less.
func (c Config) left(s stamp, lasts time.Duration) time.Duration {
	steady, wall := c.Clock()
	return lasts - max(steady-s.steady, wall.Sub(s.wall))
}
