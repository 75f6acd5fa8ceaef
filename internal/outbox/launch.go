package outbox

import (
	"context"
	"fmt"
	"time"

	"folje/internal/push"

	"github.com/pocketbase/pocketbase/core"
)

// parkedPause is when a delivery to a parked subscription is looked at again.
const parkedPause = 6 * time.Hour

// followedFor is how long it is taken for granted that the phones which a row
// was expanded to follow its groups still. Some wait for the morning, or longer,
// and may have left by then.
const followedFor = time.Minute

// result is what became of one sending.
type result struct {
	delivery  delivery
	to        push.Subscription
	answer    push.Answer
	took      time.Duration
	calledOff bool
}

// launch sends what was claimed. What can't be sent now has its outcome at once.
func (d *Dispatcher) launch(ctx context.Context, claimed handful, now time.Time) error {
	if claimed.fault != nil {
		d.putOff(claimed.deliveries, now)
		return claimed.fault
	}
	batch := &batch{dispatcher: d, quiet: quietAt{now: now}, now: now, rows: map[string]*rowBatch{}, devices: map[string][]string{}}
	for _, c := range claimed.deliveries {
		if to, there := claimed.recipients[c.Subscription]; there {
			batch.devices[c.Row] = append(batch.devices[c.Row], to.Device)
		}
	}
	for _, c := range claimed.deliveries {
		to, there := claimed.recipients[c.Subscription]
		if !there {
			d.decide(outcome{delivery: c, state: "ended"})
			continue
		}
		m, other := batch.message(c, to)
		if other != nil {
			d.decide(*other)
			continue
		}
		d.flying++
		go d.send(ctx, c, to.Subscription, m)
	}
	return nil
}

// putOff gives back what was claimed together and can't be read: one at a time,
// so that a single one that can't be read holds up no other.
func (d *Dispatcher) putOff(claimed []delivery, now time.Time) {
	for i, c := range claimed {
		due := now.Add(firstPause + time.Duration(i)*time.Second)
		if len(claimed) == 1 {
			due = now.Add(lastPause)
		}
		d.decide(outcome{delivery: c, state: "waiting", due: due, unsent: true})
	}
}

func (d *Dispatcher) send(ctx context.Context, c delivery, to push.Subscription, m push.Message) {
	begun := d.cfg.Now()
	answer, err := guarded(func() (push.Answer, error) { return d.cfg.Sender.Send(ctx, to, m), nil })
	if err != nil {
		answer = push.Answer{Outcome: push.Failed, Err: err}
	}
	off := ctx.Err() != nil && answer.Outcome == push.Failed
	d.results <- result{delivery: c, to: to, answer: answer, took: d.cfg.Now().Sub(begun), calledOff: off}
}

// batch is what was claimed together: each row of it is looked at once, and
// composed once for each kind of reader.
type batch struct {
	dispatcher *Dispatcher
	now        time.Time
	quiet      quietAt
	devices    map[string][]string // by row
	rows       map[string]*rowBatch
}

type rowBatch struct {
	row     Row
	kind    Kind
	fault   error
	dropped bool
	follow  map[string]bool // the devices that still do; nil where all do
	again   time.Time
	notes   map[Reader]composed
}

type composed struct {
	letter template
	err    error
}

func (b *batch) row(id string) *rowBatch {
	if r := b.rows[id]; r != nil {
		return r
	}
	r := &rowBatch{notes: map[Reader]composed{}}
	b.rows[id] = r
	d := b.dispatcher
	s, err := findRow(d.app, id)
	r.row, r.kind, r.fault = s.row(), d.cfg.Kinds[s.Kind], err
	if err == nil && r.kind.Compose == nil {
		r.fault = fmt.Errorf("no code for kind %q", s.Kind)
	}
	if r.fault == nil && r.kind.Still != nil {
		var still bool
		still, r.fault = guarded(func() (bool, error) { return r.kind.Still(d.app, r.row) })
		if r.fault == nil && !still {
			r.dropped = true
			r.fault = d.app.RunInTransaction(func(tx core.App) error { return drop(tx, id, "still", b.now) })
		}
	}
	if expanded := s.Expanded.Time(); r.fault == nil && r.row.Device == "" && !expanded.IsZero() && b.now.Sub(expanded) >= followedFor {
		r.follow, r.fault = push.Following(d.app, r.row.Groups, b.devices[id], b.now)
	}
	if r.fault != nil {
		r.again = d.trouble.note(id, "ring phones", b.now, r.fault)
	}
	return r
}

// message gives what to send, or the outcome of a delivery that isn't sent now.
func (b *batch) message(c delivery, to push.Recipient) (push.Message, *outcome) {
	r := b.row(c.Row)
	later := func(at time.Time) (push.Message, *outcome) {
		return push.Message{}, &outcome{delivery: c, state: "waiting", due: at, unsent: true}
	}
	switch {
	case r.fault != nil:
		return later(r.again)
	case r.dropped, r.follow != nil && !r.follow[to.Device]:
		return push.Message{}, &outcome{delivery: c, state: "dropped", unsent: true}
	case !r.row.Until.After(b.now):
		return push.Message{}, &outcome{delivery: c, state: "expired", unsent: true}
	case to.Parked:
		return later(b.now.Add(parkedPause))
	case !r.kind.Anytime && !b.quiet.end(to.Quiet).IsZero():
		return later(b.quiet.end(to.Quiet))
	}
	said := b.compose(r, Reader{Locale: to.Locale, Titles: to.Titles})
	if said.err != nil {
		return later(r.again)
	}
	return said.letter.message(c), nil
}

// compose says the row to a reader, once for each kind of reader.
func (b *batch) compose(r *rowBatch, reader Reader) composed {
	said, ok := r.notes[reader]
	if ok {
		return said
	}
	note, err := guarded(func() (Note, error) { return r.kind.Compose(b.dispatcher.app, r.row, reader) })
	if said.err = err; err != nil {
		r.again = b.dispatcher.trouble.note(r.row.ID, "compose a notification", b.now, err)
	} else {
		said.letter = b.dispatcher.cfg.template(r.row, note, reader.Locale, b.now)
	}
	r.notes[reader] = said
	return said
}
