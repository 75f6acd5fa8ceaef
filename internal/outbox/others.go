package outbox

import (
	"encoding/json"
	"fmt"
	"time"

	"folje/internal/push"

	"github.com/pocketbase/dbx"
)

// probing is how many deliveries try whether others send again.
const probing = 64

// Answered is what became of a delivery that others had.
type Answered struct {
	Delivery string
	Answer   push.Answer
}

// Take has answers written that nobody waits for any more, such as those to a
// process before this one: [Others.Marked] is told when they are. It never
// waits.
func (d *Dispatcher) Take(answers []Answered) {
	d.inbox.Lock()
	d.late = append(d.late, answers...)
	d.inbox.Unlock()
	d.Wake()
}

// takeLate takes them as if they had just been sent. What is not waiting any
// more, and what nobody knows, is only told of.
func (d *Dispatcher) takeLate() error {
	d.inbox.Lock()
	late := d.late[:min(len(d.late), markMost)]
	d.inbox.Unlock()
	if len(late) == 0 {
		return nil
	}
	found, err := d.findLate(late)
	if err != nil {
		return err
	}
	d.inbox.Lock()
	d.late = append([]Answered(nil), d.late[len(late):]...)
	again := len(d.late) > 0
	d.inbox.Unlock()
	if again {
		d.Wake()
	}
	var unknown []string
	for _, a := range late {
		r, there := found[a.Delivery]
		if !there {
			unknown = append(unknown, a.Delivery)
			continue
		}
		r.answer = a.Answer
		d.flying++
		d.lane(r.delivery.Service).flying++
		d.take(r)
	}
	d.marked(unknown)
	return nil
}

func (d *Dispatcher) findLate(late []Answered) (map[string]result, error) {
	ids := make([]string, len(late))
	for i, a := range late {
		ids[i] = a.Delivery
	}
	raw, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("encode ids: %w", err)
	}
	h := handful{}
	err = d.app.DB().NewQuery(`SELECT id, outbox, subscription, service, tries FROM deliveries
		WHERE id IN (SELECT value FROM json_each({:ids})) AND state IN ('waiting', 'dropped')`).
		Bind(dbx.Params{"ids": string(raw)}).All(&h.deliveries)
	if err != nil {
		return nil, fmt.Errorf("find deliveries of answers: %w", err)
	}
	if h.findRecipients(d.app); h.fault != nil {
		return nil, h.fault
	}
	found := map[string]result{}
	for _, c := range h.deliveries {
		to := h.recipients[c.Subscription].Subscription // none where it ended meanwhile
		to.ID = c.Subscription
		found[c.ID] = result{delivery: c, to: to}
	}
	return found, nil
}

// takeOthers is [Dispatcher.take] for what says nothing of a push service.
func (d *Dispatcher) takeOthers(r result, o outcome, now time.Time) bool {
	switch r.answer.Outcome {
	case push.Unsent: // not at once: a worker whose clock is wrong finds everything late
		o.unsent, o.due = true, now.Add(d.spread(firstRetry))
	case push.Lost:
		o.due = now.Add(d.spread(doubled(firstRetry, lastRetry, r.delivery.Tries)))
	case push.Kept:
		d.lane(r.delivery.Service).flying-- // its lease stays
		return true
	case push.Expired:
		o.unsent, o.state = true, "expired"
	default:
		d.away = pause{}
		return false
	}
	if wait := r.answer.Wait; wait > 0 {
		o.due = later(o.due, now.Add(d.spread(wait)))
		d.away = pause{until: later(d.away.until, now.Add(wait)), probes: true}
	}
	d.decide(o)
	return true
}

// pause is while nothing can be handed over: whose fault that is, no push
// service knows.
type pause struct {
	until  time.Time
	probes bool // few are to try, until one succeeds
}

func (p pause) shut(now time.Time) bool { return now.Before(p.until) }

func (p pause) window(most int) int {
	if p.probes {
		return probing
	}
	return most
}

// tell says whose answers are written.
func (d *Dispatcher) tell(outcomes []outcome) {
	if d.cfg.Others == nil {
		return
	}
	ids := make([]string, len(outcomes))
	for i, o := range outcomes {
		ids[i] = o.delivery.ID
	}
	d.marked(ids)
}

func (d *Dispatcher) marked(ids []string) {
	if o := d.cfg.Others; o != nil && o.Marked != nil && len(ids) > 0 {
		o.Marked(ids)
	}
}

func (c Config) least() int {
	if c.Others == nil {
		return baseWindow
	}
	return c.Others.Least
}

func (c Config) most() int {
	if c.Others == nil {
		return mostWindow
	}
	return c.Others.Most
}

func (c Config) pace() int {
	if c.Others == nil {
		return pace
	}
	return c.Others.Pace
}

// later is the later of two times.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
