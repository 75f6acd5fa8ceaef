package outbox

import (
	"context"
	"fmt"
	"time"

	"folje/internal/push"

	"github.com/pocketbase/dbx"
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

// reader is how the phone of a subscription wants to be told, now.
type reader struct {
	Device string `db:"id"`
	Locale string `db:"locale"`
	Quiet  string `db:"quiet"`
	Titles bool   `db:"titles"`
}

// launch sends what was claimed. What can't be sent now has its outcome at once.
func (d *Dispatcher) launch(ctx context.Context, claimed []delivery, now time.Time) error {
	if len(claimed) == 0 {
		return nil
	}
	subscriptions, readers, err := d.findReaders(claimed)
	if err != nil {
		d.putOff(claimed, now)
		return err
	}
	batch := &batch{dispatcher: d, now: now, rows: map[string]*rowBatch{}, devices: map[string][]string{}}
	for _, c := range claimed {
		if to, there := subscriptions[c.Subscription]; there {
			batch.devices[c.Row] = append(batch.devices[c.Row], to.Device)
		}
	}
	for _, c := range claimed {
		to, there := subscriptions[c.Subscription]
		if !there {
			d.decide(outcome{delivery: c, state: "ended"})
			continue
		}
		m, other := batch.message(c, to, readers[to.Device])
		if other != nil {
			d.decide(*other)
			continue
		}
		d.flying++
		go d.send(ctx, c, to, m)
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

// findReaders gives the subscriptions that something may be sent to, by id, and
// how their devices want to be told, by device.
func (d *Dispatcher) findReaders(claimed []delivery) (map[string]push.Subscription, map[string]reader, error) {
	ids := make([]string, len(claimed))
	for i, c := range claimed {
		ids[i] = c.Subscription
	}
	found, err := push.Find(d.app, ids)
	if err != nil {
		return nil, nil, err
	}
	subscriptions, devices := map[string]push.Subscription{}, make([]string, len(found))
	for i, s := range found {
		subscriptions[s.ID], devices[i] = s, s.Device
	}
	var rows []reader
	err = d.app.DB().Select("id", "locale", "quiet", "titles").From("devices").Where(dbx.In("id", anys(devices)...)).All(&rows)
	if err != nil {
		return nil, nil, fmt.Errorf("find devices: %w", err)
	}
	readers := map[string]reader{}
	for _, r := range rows {
		readers[r.Device] = r
	}
	return subscriptions, readers, nil
}

// batch is what was claimed together: each row of it is looked at once, and
// composed once for each kind of reader.
type batch struct {
	dispatcher *Dispatcher
	now        time.Time
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
	note Note
	err  error
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
func (b *batch) message(c delivery, to push.Subscription, who reader) (push.Message, *outcome) {
	r := b.row(c.Row)
	later := func(at time.Time) (push.Message, *outcome) {
		return push.Message{}, &outcome{delivery: c, state: "waiting", due: at, unsent: true}
	}
	switch quiet := QuietEnds(who.Quiet, b.now); {
	case r.fault != nil:
		return later(r.again)
	case r.dropped, r.follow != nil && !r.follow[to.Device]:
		return push.Message{}, &outcome{delivery: c, state: "dropped", unsent: true}
	case !r.row.Until.After(b.now):
		return push.Message{}, &outcome{delivery: c, state: "expired", unsent: true}
	case to.Parked:
		return later(b.now.Add(parkedPause))
	case !r.kind.Anytime && !quiet.IsZero():
		return later(quiet)
	}
	key := Reader{Locale: who.Locale, Titles: who.Titles}
	said, ok := r.notes[key]
	if !ok {
		said.note, said.err = guarded(func() (Note, error) { return r.kind.Compose(b.dispatcher.app, r.row, key) })
		if said.err != nil {
			r.again = b.dispatcher.trouble.note(c.Row, "compose a notification", b.now, said.err)
		}
		r.notes[key] = said
	}
	if said.err != nil {
		return later(r.again)
	}
	return b.dispatcher.compose(c, r.row, said.note, key.Locale, b.now), nil
}
