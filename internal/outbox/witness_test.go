package outbox

import (
	"context"
	"testing"
	"time"

	"folje/internal/push"

	"github.com/pocketbase/pocketbase/core"
)

// Strangers whose subscriptions a service refuses, because they were made for
// another server, don't stop the service for those whom it knows.
func TestStrangersStopNoService(t *testing.T) {
	w := newWorld(t)
	w.phones(10, service)
	w.add(w.letter("before"))
	w.round()
	strangers := map[string]bool{}
	w.sender.answer = func(_ context.Context, s sending) push.Answer {
		if strangers[s.to.ID] {
			return push.Answer{Outcome: push.Refused, Status: 403}
		}
		return push.Answer{Outcome: push.Delivered, Status: 201}
	}
	for range 2 * refusalsToStop {
		r := w.stranger()
		strangers[r.Id] = true
		if err := AddTest(w.app, r.GetString("device"), "once", w.clock.now()); err != nil {
			t.Fatal(err)
		}
	}
	w.round()
	w.clock.set(w.clock.now().Add(time.Minute))
	row := w.add(w.letter("after"))
	w.round()
	w.want(row, map[string]int{"sent": 10})
}

// stranger is a phone that follows no group.
func (w *world) stranger() *core.Record {
	w.Helper()
	r := w.phone(w.app, service, "sv", "")
	if _, err := w.app.NonconcurrentDB().NewQuery("DELETE FROM memberships WHERE device = '" + r.GetString("device") + "'").Execute(); err != nil {
		w.Fatal(err)
	}
	return r
}

// A service that took messages and then refuses the same phones has stopped.
func TestAServiceThatTurnsAgainstUsStops(t *testing.T) {
	w := newWorld(t)
	w.phones(20, service)
	w.add(w.letter("before"))
	w.round()
	w.sender.answer = func(context.Context, sending) push.Answer { return push.Answer{Outcome: push.Refused, Status: 401} }
	w.add(w.letter("after"))
	w.round()
	if l := w.lane(service); l.why != refusing {
		t.Errorf("the service is %q", l.why)
	}
	if parked := w.subscriptions()["parked"]; parked > 0 {
		t.Errorf("%d are parked", parked)
	}
}
