package shard

import (
	"context"
	"errors"
	"testing"
	"time"

	"folje/internal/cluster/clustertest"
	"folje/internal/push"
)

// Without a quorum what was begun waits for a while, the rest isn't tried, and
// everything goes out again once the servers are back.
func TestAQuorumThatComesBackBringsEverything(t *testing.T) {
	w := &world{T: t, nats: clustertest.Start(t, 3), keys: ring{"key": true}, came: make(chan struct{}, 1000)}
	w.relay = w.newRelay()
	w.receive()
	s := &scripted{}
	w.employ(s, nil)
	if got := w.send(t.Context(), service, 0, 10); got[push.Delivered] != 10 {
		t.Fatalf("answers are %v", got)
	}
	w.nats.Kill(1)
	if got := w.send(t.Context(), service, 10, 10); got[push.Delivered] != 10 {
		t.Fatalf("with two of three servers the answers are %v", got)
	}
	w.nats.Kill(2)
	done := make(chan map[push.Outcome]int)
	go func() { done <- w.send(t.Context(), service, 20, 5) }()
	for deadline := time.Now().Add(long); w.relay.Ready(t.Context()) == nil && time.Now().Before(deadline); {
		<-time.After(50 * time.Millisecond)
	}
	if a := w.relay.Send(t.Context(), phone(service, "key"), message(100)); a.Outcome != push.Unsent || a.Wait <= 0 {
		t.Errorf("without a quorum the answer is %+v", a)
	}
	w.nats.Restart(1)
	w.nats.Restart(2)
	waited := <-done // for a while; then they are the outbox's again, unsent
	if waited[push.Delivered]+waited[push.Unsent] != 5 {
		t.Errorf("what waited was answered %v", waited)
	}
	want := 20 + waited[push.Delivered]
	for deadline, from, all := time.Now().Add(long), 25, false; !all; from += 5 {
		<-time.After(50 * time.Millisecond)
		if time.Now().After(deadline) {
			t.Fatalf("with the quorum back nothing goes out: %v", w.relay.Ready(t.Context()))
		}
		again := w.send(t.Context(), service, from, 5)
		if again[push.Delivered]+again[push.Unsent] != 5 {
			t.Errorf("with the quorum back the answers are %v", again)
		}
		want += again[push.Delivered]
		all = again[push.Delivered] == 5
	}
	if err := w.relay.Ready(t.Context()); err != nil {
		t.Error(err)
	}
	if distinct, all := s.count(); distinct != want || all != want {
		t.Errorf("%d messages, %d different, want %d", all, distinct, want)
	}
}

// What can't be kept isn't handed over.
func TestWhatMayBeLostIsNotHandedOver(t *testing.T) {
	w := newWorld(t)
	s := &scripted{}
	w.employ(s, nil)
	failed := errors.New("the copy can't be written")
	w.relay.cfg.Barrier = func(context.Context) error { return failed }
	a := w.relay.Send(t.Context(), phone(service, "key"), message(1))
	if a.Outcome != push.Unsent || !errors.Is(a.Err, failed) {
		t.Errorf("the answer is %+v", a)
	}
	if _, all := s.count(); all != 0 {
		t.Errorf("%d were sent", all)
	}
}
