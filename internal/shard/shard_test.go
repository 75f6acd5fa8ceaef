package shard

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/push"
)

func TestMessagesReachTheServiceOnce(t *testing.T) {
	w := newWorld(t)
	w.receive()
	s := &scripted{answer: func(_ context.Context, to push.Subscription, m push.Message) push.Answer {
		switch {
		case string(m.Payload) != `{"id":"`+m.ID+`"}` || m.Topic != "topic" || !m.Urgent || m.TTL > time.Hour || m.TTL < 50*time.Minute:
			t.Errorf("the message is %+v", m)
		case to.Endpoint != service+"/send/1" || len(to.P256dh) != 65 || len(to.Auth) != 16 || to.Key != "key" || to.Service != service:
			t.Errorf("it is for %+v", to)
		}
		switch m.ID[14] {
		case '1':
			return push.Answer{Outcome: push.Gone, Status: 410}
		case '2':
			return push.Answer{Outcome: push.Failed, Status: 500, Err: errors.New("the push service answered 500")}
		}
		return push.Answer{Outcome: push.Delivered, Status: 201}
	}}
	w.employ(s, nil)
	got := w.send(t.Context(), service, 0, 300)
	if got[push.Delivered] != 240 || got[push.Gone] != 30 || got[push.Failed] != 30 {
		t.Errorf("answers are %v", got)
	}
	if distinct, all := s.count(); distinct != 300 || all != 300 {
		t.Errorf("%d messages, %d of them different", all, distinct)
	}
	w.pending(cluster.Pushes, 0)
	w.pending(cluster.Answers, 0)
	if err := w.relay.Ready(t.Context()); err != nil {
		t.Error(err)
	}
}

// A worker dies with shards in hand: another gets them, none is lost.
func TestADeadWorkersShardsGoToAnother(t *testing.T) {
	w := newWorld(t)
	w.receive()
	var first atomic.Int64
	stuck := make(chan struct{})
	dying := &scripted{answer: func(ctx context.Context, _ push.Subscription, _ push.Message) push.Answer {
		if first.Add(1) <= 30 {
			return push.Answer{Outcome: push.Delivered, Status: 201}
		}
		if first.Load() == 64 {
			close(stuck)
		}
		<-ctx.Done()
		return push.Answer{Outcome: push.Failed, Err: ctx.Err()}
	}}
	worker, _ := w.employ(dying, func(c *WorkerConfig) { c.Concurrency = LeastConcurrency })
	done := make(chan map[push.Outcome]int)
	go func() { done <- w.send(t.Context(), service, 0, 200) }()
	<-stuck
	worker.cfg.Conn.Close() // as with kill -9: it says nothing more
	next := &scripted{}
	w.employ(next, nil)
	if got := <-done; got[push.Delivered] != 200 {
		t.Errorf("answers are %v", got)
	}
	_, firsts := dying.count()
	distinct, all := next.count()
	t.Logf("%d were being sent when the worker died; another sent %d (%d different)", firsts, all, distinct)
	if all != distinct || distinct > 200 {
		t.Errorf("the other sent %d messages, %d different", all, distinct)
	}
	w.pending(cluster.Pushes, 0)
}

// What the writer before had sent is answered to its successor.
func TestTheSuccessorGetsTheAnswers(t *testing.T) {
	w := newWorld(t)
	began := make(chan struct{}, 100)
	go_on := make(chan struct{})
	w.employ(&scripted{answer: func(context.Context, push.Subscription, push.Message) push.Answer {
		began <- struct{}{}
		<-go_on
		return push.Answer{Outcome: push.Delivered, Status: 201}
	}}, nil)
	ctx, kill := context.WithCancel(t.Context())
	done := make(chan map[push.Outcome]int)
	go func() { done <- w.send(ctx, service, 0, 50) }()
	for range 50 {
		<-began
	}
	kill()
	if got := <-done; got[push.Kept] != 50 {
		t.Fatalf("the end gave %v", got)
	}
	w.relay = w.newRelay()
	w.receive()
	close(go_on)
	for deadline := time.After(long); ; {
		w.mu.Lock()
		n := len(w.late)
		w.mu.Unlock()
		if n == 50 {
			break
		}
		select {
		case <-w.came:
		case <-deadline:
			t.Fatalf("%d answers came", n)
		}
	}
	for _, a := range w.late {
		if a.Answer.Outcome != push.Delivered {
			t.Errorf("the answer is %+v", a)
		}
		w.relay.Marked([]string{a.Delivery})
	}
	w.pending(cluster.Answers, 0)
}

// A worker with another key leaves shards to those that have the right one.
func TestAnotherKeysWorkerRefuses(t *testing.T) {
	w := newWorld(t)
	w.receive()
	wrong := &scripted{}
	stranger, _ := w.employ(wrong, func(c *WorkerConfig) { c.Keys = ring{"other": true} })
	done := make(chan map[push.Outcome]int)
	go func() { done <- w.send(t.Context(), service, 0, 70) }()
	for deadline := time.Now().Add(long); stranger.refusals() == 0 && time.Now().Before(deadline); {
		<-time.After(10 * time.Millisecond)
	}
	if err := stranger.Ready(t.Context()); err == nil {
		t.Error("the stranger is ready")
	}
	w.employ(&scripted{}, nil)
	if got := <-done; got[push.Delivered] != 70 {
		t.Errorf("answers are %v", got)
	}
	if _, all := wrong.count(); all != 0 {
		t.Errorf("the stranger sent %d", all)
	}
}

func (w *Worker) refusals() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.refused)
}

// A service that doesn't answer holds up no other.
func TestADeadServiceHoldsUpNoOther(t *testing.T) {
	w := newWorld(t)
	w.receive()
	const dead = "https://dead.example"
	free := make(chan struct{})
	w.employ(&scripted{answer: func(_ context.Context, to push.Subscription, _ push.Message) push.Answer {
		if to.Service == dead {
			<-free
		}
		return push.Answer{Outcome: push.Delivered, Status: 201}
	}}, nil)
	done := make(chan map[push.Outcome]int)
	go func() { done <- w.send(t.Context(), dead, 1000, 640) }()
	if got := w.send(t.Context(), service, 0, 300); got[push.Delivered] != 300 {
		t.Errorf("answers are %v", got)
	}
	close(free)
	if got := <-done; got[push.Delivered] != 640 {
		t.Errorf("answers are %v", got)
	}
}

// 429 is obeyed for what else there is for the service, and told as it is.
func TestALaterIsObeyed(t *testing.T) {
	w := newWorld(t)
	w.receive()
	s := &scripted{answer: func(context.Context, push.Subscription, push.Message) push.Answer {
		return push.Answer{Outcome: push.Later, Status: 429, Wait: time.Hour}
	}}
	w.employ(s, nil)
	if got := w.send(t.Context(), service, 0, 1); got[push.Later] != 1 {
		t.Errorf("answers are %v", got)
	}
	if got := w.send(t.Context(), service, 1, 100); got[push.Later] != 100 {
		t.Errorf("answers are %v", got)
	}
	if _, all := s.count(); all != 1 {
		t.Errorf("the service was asked %d times", all)
	}
}

// What makes no sense any more is not sent.
func TestWhatIsOverIsNotSent(t *testing.T) {
	w := newWorld(t)
	w.receive()
	s := &scripted{}
	m := message(1)
	m.TTL = -time.Second
	w.employ(s, nil)
	if a := w.relay.Send(t.Context(), phone(service, "key"), m); a.Outcome != push.Expired {
		t.Errorf("the answer is %+v", a)
	}
	if _, all := s.count(); all != 0 {
		t.Errorf("%d were sent", all)
	}
}

// Without NATS nobody is to blame, and little is tried.
func TestWithoutNATSNothingIsSent(t *testing.T) {
	w := newWorld(t)
	w.receive()
	w.nats.Kill(0)
	for w.relay.cfg.Conn.Up() {
		<-time.After(10 * time.Millisecond)
	}
	got := w.relay.Send(t.Context(), phone(service, "key"), message(1))
	if got.Outcome != push.Unsent || got.Wait <= 0 {
		t.Errorf("the answer is %+v", got)
	}
	if err := w.relay.Ready(t.Context()); err == nil {
		t.Error("all is well")
	}
	w.nats.Restart(0)
	w.employ(&scripted{}, nil)
	for deadline := time.Now().Add(long); ; {
		got := w.relay.Send(t.Context(), phone(service, "key"), message(2))
		if got.Outcome == push.Delivered {
			break
		}
		if got.Outcome != push.Unsent || time.Now().After(deadline) {
			t.Fatalf("the answer is %+v", got)
		}
		<-time.After(got.Wait)
	}
	if err := w.relay.Ready(t.Context()); err != nil {
		t.Error(err)
	}
}

// A key that is gone can never reach the phone again.
func TestAGoneKeyEndsTheSubscription(t *testing.T) {
	w := newWorld(t)
	if a := w.relay.Send(t.Context(), phone(service, "gone"), message(1)); a.Outcome != push.Gone {
		t.Errorf("the answer is %+v", a)
	}
}

// A graceful end loses nothing, and lets nothing ring twice.
func TestAGracefulEndGivesBack(t *testing.T) {
	w := newWorld(t)
	w.receive()
	began := make(chan struct{}, 1000)
	slow := &scripted{answer: func(context.Context, push.Subscription, push.Message) push.Answer {
		began <- struct{}{}
		<-time.After(50 * time.Millisecond)
		return push.Answer{Outcome: push.Delivered, Status: 201}
	}}
	_, dismiss := w.employ(slow, func(c *WorkerConfig) { c.Concurrency = LeastConcurrency })
	done := make(chan map[push.Outcome]int)
	go func() { done <- w.send(t.Context(), service, 0, 600) }()
	<-began
	dismiss()
	next := &scripted{}
	w.employ(next, nil)
	if got := <-done; got[push.Delivered] != 600 {
		t.Errorf("answers are %v", got)
	}
	_, first := slow.count()
	_, second := next.count()
	if first+second != 600 {
		t.Errorf("%d and %d messages were sent for 600 deliveries", first, second)
	}
}

// An old writer that woke up has nothing sent.
func TestAnOldWritersShardIsNotSent(t *testing.T) {
	w := newWorld(t)
	w.receive()
	s := &scripted{}
	w.employ(s, nil)
	term := uint64(7)
	w.relay.cfg.Term = func() uint64 { return term }
	if got := w.send(t.Context(), service, 0, 1); got[push.Delivered] != 1 {
		t.Errorf("answers are %v", got)
	}
	term = 6
	if got := w.send(t.Context(), service, 1, 1); got[push.Unsent] != 1 {
		t.Errorf("answers are %v", got)
	}
	if _, all := s.count(); all != 1 {
		t.Errorf("%d were sent", all)
	}
}
