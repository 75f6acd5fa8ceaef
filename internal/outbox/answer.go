package outbox

import (
	"time"

	"folje/internal/push"
)

// outcome is what is to be written of a delivery that was claimed.
type outcome struct {
	delivery delivery
	state    string    // what it becomes
	due      time.Time // when it is tried again, if it is to wait
	answer   int       // the service's status, 0 where there was none
	unsent   bool      // it was not even tried
	gone     bool      // its subscription ended
	heal     bool      // its subscription is well again
	faults   []string  // subscriptions that are held to a refusal
}

// decide has the outcome written with the next ones.
func (d *Dispatcher) decide(o outcome) { d.news = append(d.news, o) }

// take turns the answer of a push service into its consequences. The table in
// docs/push.md says the same in words.
func (d *Dispatcher) take(r result) {
	d.flying--
	now, l := d.cfg.Now(), d.lane(r.delivery.Service)
	o := outcome{delivery: r.delivery, state: "waiting", due: now, answer: r.answer.Status}
	if r.calledOff {
		o.unsent = true
		d.decide(o)
		return
	}
	if d.takeOthers(r, o, now) {
		return
	}
	if r.answer.Status != 0 {
		l.measure(r.took)
	}
	switch r.answer.Outcome {
	case push.Delivered:
		o.state, o.faults, o.heal = "sent", l.accept(now), r.to.Faults > 0
	case push.Gone:
		l.answered(now)
		o.state, o.gone = "ended", true
	case push.TooLarge:
		l.answered(now)
		o.state = "failed"
		d.app.Logger().Error("push service finds a message too large", "service", d.named(l), "row", r.delivery.Row)
	case push.Refused:
		o.due = now.Add(d.spread(doubled(firstRefused, lastRefused, r.delivery.Tries)))
		if l.refuse(r.to, r.delivery.Tries == 0 && r.to.Faults == 0 && d.credible(r.to.ID, l.service), now) {
			d.app.Logger().Error("push service refuses every phone, and is asked again once an hour", "service", d.named(l), "status", r.answer.Status)
		}
	case push.Later:
		o.due = now.Add(l.pause(now, r.answer.Wait, d.spread))
	default:
		o.due = now.Add(d.spread(doubled(firstRetry, lastRetry, r.delivery.Tries)))
		if l.fail(now, d.spread) {
			d.app.Logger().Warn("push service does not answer", "service", d.named(l), "status", r.answer.Status, "cause", causeOf(r.answer))
		}
	}
	d.decide(o)
}

// named is what the log calls the service: a phone's choice of words stays out.
func (d *Dispatcher) named(l *lane) string {
	if l.known {
		return l.service
	}
	return d.cfg.Rule(l.service)
}

func causeOf(a push.Answer) string {
	if a.Err == nil {
		return ""
	}
	return a.Err.Error()
}

// spread is about that long: between three quarters and five quarters of it, so
// that what failed together isn't tried together.
func (d *Dispatcher) spread(t time.Duration) time.Duration {
	return t*3/4 + time.Duration(float64(t/2)*d.cfg.Random())
}
