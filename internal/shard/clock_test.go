package shard

import (
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/push"
)

// A worker whose clock is wrong sends all the same, and ends nothing too soon.
func TestAWrongClockStopsNothing(t *testing.T) {
	for _, off := range []time.Duration{2 * time.Hour, -2 * time.Hour} {
		w := newWorld(t)
		w.receive()
		s := &scripted{}
		w.employ(s, func(c *WorkerConfig) { c.Now = func() time.Time { return time.Now().Add(off) } })
		if got := w.send(t.Context(), service, 0, 3); got[push.Delivered] != 3 {
			t.Errorf("%v off: %v", off, got)
		}
		m := message(9)
		m.TTL = -time.Minute
		if a := w.relay.Send(t.Context(), phone(service, "key"), m); a.Outcome != push.Expired {
			t.Errorf("%v off: %+v", off, a)
		}
	}
}

// What became of an earlier try says nothing of the one that is under way.
func TestAnEarlierTrysAnswer(t *testing.T) {
	w := newWorld(t)
	w.receive()
	done := make(chan push.Answer, 1)
	m := message(1)
	go func() { done <- w.relay.Send(t.Context(), phone(service, "key"), m) }()
	w.pending(cluster.Pushes, 1)
	if err := w.answers(answer{ID: m.ID, Try: 2, Outcome: "unsent"}); err != nil {
		t.Fatal(err)
	}
	w.pending(cluster.Answers, 0)
	select {
	case a := <-done:
		t.Fatalf("taken for this one's: %+v", a)
	default:
	}
	w.employ(&scripted{}, nil)
	if a := <-done; a.Outcome != push.Delivered {
		t.Errorf("%+v", a)
	}
}

// answers publishes one as a worker does.
func (w *world) answers(a answer) error {
	raw := []byte(`{"answers":[{"id":"` + a.ID + `","try":2,"outcome":"` + a.Outcome + `"}]}`)
	return w.relay.cfg.Conn.Publish(w.Context(), cluster.NewMsg(cluster.AnswerTo(writer), 0, "", raw))
}
