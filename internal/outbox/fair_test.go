package outbox

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"folje/internal/push"

	"github.com/pocketbase/dbx"
)

// network is push services that take their time on the test's clock: a message
// stays on its way until the test lets the clock come to its end.
type network struct {
	clock  *clock
	takes  map[string]time.Duration // by service
	answer map[string]push.Answer

	mu     sync.Mutex
	came   *sync.Cond
	flying []*flight
	most   map[string]int // at once, by service
}

type flight struct {
	service string
	ends    time.Time
	landed  chan struct{}
}

func (n *network) Send(_ context.Context, to push.Subscription, _ push.Message) push.Answer {
	n.mu.Lock()
	f := &flight{to.Service, n.clock.now().Add(n.takes[to.Service]), make(chan struct{})}
	n.flying = append(n.flying, f)
	n.came.Broadcast()
	n.mu.Unlock()
	<-f.landed
	if a, ok := n.answer[to.Service]; ok {
		return a
	}
	return push.Answer{Outcome: push.Delivered, Status: 201}
}

// land waits until all of so many messages are on their way, and lets the
// clock come to the end of the first; it gives how many ended then.
func (n *network) land(flying int) (landed int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for len(n.flying) < flying {
		n.came.Wait()
	}
	at, of := time.Time{}, map[string]int{}
	for _, f := range n.flying {
		at = earlier(at, f.ends)
		of[f.service]++
		n.most[f.service] = max(n.most[f.service], of[f.service])
	}
	if at.After(n.clock.now()) {
		n.clock.set(at)
	}
	left := n.flying[:0]
	for _, f := range n.flying {
		if f.ends.After(at) {
			left = append(left, f)
			continue
		}
		close(f.landed)
		landed++
	}
	n.flying = left
	return landed
}

// handOver gives how long it takes on the test's clock until the healthy
// service has a letter for so many phones, with other services of as many beside it.
func handOver(t *testing.T, phones int, latency time.Duration, others map[string]time.Duration, answers map[string]push.Answer) (time.Duration, *network) {
	t.Helper()
	w := newWorld(t)
	n := &network{clock: w.clock, takes: map[string]time.Duration{service: latency}, answer: answers, most: map[string]int{}}
	n.came = sync.NewCond(&n.mu)
	w.cfg.Sender = n
	w.phones(phones, service)
	for other, takes := range others {
		n.takes[other] = takes
		w.phones(phones, other)
	}
	w.add(w.letter("abc"))
	for {
		if err := w.look(); err != nil {
			t.Fatal(err)
		}
		for busy := true; busy; {
			var err error
			if busy, err = w.step(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if w.sent(service) == phones {
			took := w.clock.now().Sub(noon)
			for w.flying > 0 {
				w.landSome(n)
			}
			return took, n
		}
		if w.flying == 0 {
			t.Fatal("nothing is on its way")
		}
		w.landSome(n)
	}
}

func (w *world) landSome(n *network) {
	for range n.land(w.flying) {
		w.take(<-w.results)
	}
}

func (w *world) sent(service string) (n int) {
	w.Helper()
	err := w.app.DB().Select("count(*)").From(deliveries).Where(dbx.HashExp{"state": "sent", "service": service}).Row(&n)
	if err != nil {
		w.Fatal(err)
	}
	return n
}

func TestADeadHostDelaysTheOthersByAtMostTwice(t *testing.T) {
	failed := push.Answer{Outcome: push.Failed}
	alone := map[time.Duration]time.Duration{}
	for _, latency := range []time.Duration{5 * time.Millisecond, 80 * time.Millisecond} {
		alone[latency], _ = handOver(t, 300, latency, nil, nil)
	}
	for name, c := range map[string]struct {
		takes  time.Duration
		answer push.Answer
	}{
		"tarpit":             {30 * time.Second, failed},
		"no connection":      {0, failed},
		"slow, but it works": {8 * time.Second, push.Answer{Outcome: push.Delivered, Status: 201}},
		"refuses":            {time.Second, push.Answer{Outcome: push.Refused, Status: 401}},
		"says later":         {time.Second, push.Answer{Outcome: push.Later, Status: 429, Wait: time.Second}},
	} {
		t.Run(name, func(t *testing.T) {
			for latency, alone := range alone {
				const dead = "https://dead.example"
				beside, _ := handOver(t, 300, latency, map[string]time.Duration{dead: c.takes}, map[string]push.Answer{dead: c.answer})
				t.Logf("at %v: alone %v, beside it %v: %.2f×", latency, alone, beside, float64(beside)/float64(alone))
				if beside > 2*alone {
					t.Errorf("at %v it takes %v alone and %v beside the other", latency, alone, beside)
				}
			}
		})
	}
}

func TestTheWindowGrowsWithLatencyOnly(t *testing.T) {
	for _, c := range []struct {
		latency time.Duration
		most    int
	}{{time.Millisecond, 32}, {29 * time.Millisecond, 32}, {80 * time.Millisecond, 400}, {time.Second, 512}} {
		t.Run(fmt.Sprint(c.latency), func(t *testing.T) {
			if _, n := handOver(t, 700, c.latency, nil, nil); n.most[service] != c.most {
				t.Errorf("%d messages at once, want %d", n.most[service], c.most)
			}
		})
	}
}

func TestAFarServiceIsRememberedForADay(t *testing.T) {
	for _, c := range []struct {
		name        string
		latency     time.Duration
		after       time.Duration
		flying      int
		forgettable bool
	}{
		{"near", 0, time.Hour, 0, true},
		{"far", 80 * time.Millisecond, 23 * time.Hour, 0, false},
		{"far, long ago", 80 * time.Millisecond, 25 * time.Hour, 0, true},
		{"far, long ago, but something is on its way", 80 * time.Millisecond, 25 * time.Hour, 1, false},
	} {
		l := &lane{least: baseWindow, most: mostWindow, pace: pace, latency: c.latency, flying: c.flying, refused: map[string]bool{}}
		l.accept(noon)
		if got := l.forgettable(noon.Add(c.after)); got != c.forgettable {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
