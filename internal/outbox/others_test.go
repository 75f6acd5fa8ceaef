package outbox

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"folje/internal/push"
)

// others have what a test's sender gives them.
func (w *world) others() *told {
	t := &told{}
	w.restart()
	w.cfg.Others = &Others{Least: 500, Most: 1000, Pace: 20000, Marked: t.mark}
	w.results = make(chan result, 1000)
	return t
}

type told struct {
	mu  sync.Mutex
	ids []string
}

func (t *told) mark(ids []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ids = append(t.ids, ids...)
}

// What others have is theirs over a restart; the answers come to whoever is
// there then, and are marked.
func TestTheNextProcessGetsWhatOthersAnswer(t *testing.T) {
	w := newWorld(t)
	w.others()
	w.phones(20, service)
	row := w.add(w.letter("abc"))
	ctx, kill := context.WithCancel(t.Context())
	var sent []string
	var mu sync.Mutex
	w.sender.answer = func(ctx context.Context, s sending) push.Answer {
		mu.Lock()
		if sent = append(sent, s.m.ID); len(sent) == 20 {
			kill()
		}
		mu.Unlock()
		<-ctx.Done()
		return push.Answer{Outcome: push.Kept}
	}
	if _, err := w.Round(ctx); err != nil {
		t.Fatal(err)
	}
	marked := w.others()
	w.round()
	if n := w.sender.count(); n != 20 {
		t.Fatalf("%d messages: leases were not kept", n)
	}
	var answers []Answered
	for i, id := range sent {
		a := push.Answer{Outcome: push.Delivered, Status: 201}
		if i == 0 {
			a = push.Answer{Outcome: push.Gone, Status: 410}
		}
		answers = append(answers, Answered{id, a})
	}
	w.Take(append(answers, Answered{"nobodyknowsthis", push.Answer{}}, answers[1]))
	w.round()
	w.want(row, map[string]int{"sent": 19, "ended": 1})
	for _, id := range append(sent, "nobodyknowsthis") {
		if !slices.Contains(marked.ids, id) {
			t.Errorf("nobody was told that %s is written", id)
		}
	}
	if w.row(row).GetDateTime("done").IsZero() {
		t.Error("the row is not done")
	}
}

// What nobody answers is due again once its lease ended.
func TestWhatOthersLostIsSentAgain(t *testing.T) {
	w := newWorld(t)
	w.others()
	w.phones(5, service)
	row := w.add(w.letter("abc"))
	ctx, kill := context.WithCancel(t.Context())
	w.sender.answer = func(ctx context.Context, _ sending) push.Answer {
		kill()
		<-ctx.Done()
		return push.Answer{Outcome: push.Kept}
	}
	if _, err := w.Round(ctx); err != nil {
		t.Fatal(err)
	}
	w.others()
	w.sender.answer = nil
	w.clock.set(noon.Add(leaseLife + time.Second))
	w.round()
	w.want(row, map[string]int{"sent": 5})
}

// While nothing can be handed over nobody is to blame, and little is tried.
func TestNobodyIsBlamedForThoseThatAreAway(t *testing.T) {
	w := newWorld(t)
	w.others()
	w.phones(200, service)
	away := true
	w.sender.answer = func(context.Context, sending) push.Answer {
		if away {
			return push.Answer{Outcome: push.Unsent, Wait: 10 * time.Second}
		}
		return push.Answer{Outcome: push.Delivered, Status: 201}
	}
	row := w.add(w.letter("abc"))
	w.live(noon.Add(10 * time.Minute))
	if n := w.sender.count(); n > 70*probing || n == 0 {
		t.Errorf("%d were tried in ten minutes", n)
	}
	if l := w.lane(service); l.why != open || l.failures != 0 {
		t.Errorf("the service is %q, with %d failures", l.why, l.failures)
	}
	w.want(row, map[string]int{"waiting": 200})
	var tries int
	if err := w.app.DB().NewQuery("SELECT sum(tries) FROM deliveries").Row(&tries); err != nil || tries != 0 {
		t.Errorf("%d tries count: %v", tries, err)
	}
	away = false
	w.live(noon.Add(11 * time.Minute))
	w.want(row, map[string]int{"sent": 200})
}
