package outbox

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"folje/internal/push"
)

// Hosts that anybody's phones name, and that don't answer, have one share of
// the window together, however many they are.
func TestStrangersHaveOneShareTogether(t *testing.T) {
	w := newWorld(t)
	w.phones(40, service)
	w.add(w.letter("before"))
	w.round() // the service is known now
	w.restart()
	n := &network{clock: w.clock, takes: map[string]time.Duration{}, answer: map[string]push.Answer{}, most: map[string]int{}}
	n.came = sync.NewCond(&n.mu)
	w.cfg.Sender = n
	for i := range 100 {
		host := fmt.Sprintf("https://%d.push.example", i)
		n.takes[host], n.answer[host] = 20*time.Second, push.Answer{Outcome: push.Failed}
		w.phones(2, host)
	}
	row := w.add(w.letter("after"))
	if err := w.look(); err != nil {
		t.Fatal(err)
	}
	for busy := true; busy; {
		var err error
		if busy, err = w.step(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	known, strangers := 0, 0
	for _, l := range w.lanes {
		if l.service == service {
			known += l.flying
		} else {
			strangers += l.flying
		}
	}
	if known != baseWindow/2 || strangers != baseWindow/2 {
		t.Errorf("%d are on their way to the service, and %d to strangers", known, strangers)
	}
	for done := false; !done; {
		w.landSome(n)
		for busy := true; busy; {
			var err error
			if busy, err = w.step(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		done = w.flying == 0
	}
	if w.sent(service) != 80 {
		t.Errorf("%d arrived", w.sent(service))
	}
	if states := w.states(row); states["waiting"] != 200 { // all were tried, and are again later
		t.Errorf("deliveries are %v", states)
	}
	var tried int
	if err := w.app.DB().NewQuery("SELECT count(*) FROM deliveries WHERE state = 'waiting' AND tries = 1").Row(&tried); err != nil || tried != 200 {
		t.Errorf("%d were tried: %v", tried, err)
	}
}
