package shard

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/cluster/clustertest"
	"folje/internal/outbox"
	"folje/internal/push"

	"github.com/nats-io/nats.go/jetstream"
)

const service = "https://push.example"

// patience is how long a test waits for what should come soon, on a machine
// that is busy with others.
const long = 2 * time.Minute

// world is a writer's side and NATS, and workers as the test wants them.
type world struct {
	*testing.T
	nats  *clustertest.Servers
	relay *Relay
	keys  ring

	mu   sync.Mutex
	late []outbox.Answered
	came chan struct{}
}

// ring has the keys of these ids.
type ring map[string]bool

func (r ring) Find(id string) (*ecdsa.PrivateKey, bool) {
	if !r[id] {
		return nil, false
	}
	k, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	return k, err == nil
}

// anywhere allows every service.
type anywhere struct{}

func (anywhere) Check(string) (string, error) { return service, nil }

// scripted is a push service.
type scripted struct {
	mu     sync.Mutex
	got    map[string]int // by id
	all    int
	answer func(ctx context.Context, to push.Subscription, m push.Message) push.Answer
}

func (s *scripted) Send(ctx context.Context, to push.Subscription, m push.Message) push.Answer {
	s.mu.Lock()
	if s.got == nil {
		s.got = map[string]int{}
	}
	s.got[m.ID]++
	s.all++
	s.mu.Unlock()
	if s.answer != nil {
		return s.answer(ctx, to, m)
	}
	return push.Answer{Outcome: push.Delivered, Status: 201}
}

func (s *scripted) count() (distinct, all int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.got), s.all
}

func newWorld(t *testing.T) *world {
	t.Helper()
	w := &world{T: t, nats: clustertest.Start(t, 1), keys: ring{"key": true}, came: make(chan struct{}, 1000)}
	w.relay = w.newRelay()
	// Redelivery in a second: a test has no time for ten.
	again := consumers()[cluster.Pushes]
	again.AckWait = time.Second
	w.queue(again)
	return w
}

// newRelay is the writer's side of a new process, which takes answers.
func (w *world) newRelay() *Relay {
	w.Helper()
	r := NewRelay(Config{Conn: w.nats.Dial(w), Keys: w.keys, Logger: quiet(), Now: time.Now, Take: func(late []outbox.Answered) {
		w.mu.Lock()
		w.late = append(w.late, late...)
		w.mu.Unlock()
		w.came <- struct{}{}
	}})
	for stream, how := range consumers() {
		if _, err := r.cfg.Conn.Consumer(w.Context(), stream, how); err != nil {
			w.Fatal(err)
		}
	}
	return r
}

// receive has the relay take answers until the test ends.
func (w *world) receive() {
	ctx, cancel := context.WithCancel(context.Background())
	w.Cleanup(cancel)
	go w.relay.acknowledge(ctx)
	go func() {
		for ctx.Err() == nil {
			if err := w.relay.answersOf(ctx); err != nil && ctx.Err() == nil {
				w.Log("take answers again:", err)
				pause(ctx, 100*time.Millisecond)
			}
		}
	}()
}

func (w *world) queue(how jetstream.ConsumerConfig) {
	w.Helper()
	if _, err := w.relay.cfg.Conn.Consumer(w.Context(), cluster.Pushes, how); err != nil {
		w.Fatal(err)
	}
}

func quiet() *slog.Logger { return slog.New(slog.NewTextHandler(io.Discard, nil)) }

// employ has a worker work until it is dismissed, and gives how.
func (w *world) employ(s *scripted, change func(*WorkerConfig)) (worker *Worker, dismiss func()) {
	w.Helper()
	cfg := WorkerConfig{Conn: w.nats.Dial(w), Sender: s, Keys: w.keys, Services: anywhere{}, Concurrency: 256, Logger: quiet(), Now: time.Now}
	if change != nil {
		change(&cfg)
	}
	worker, err := NewWorker(cfg)
	if err != nil {
		w.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		worker.Run(ctx)
	}()
	dismiss = func() {
		cancel()
		<-ended
	}
	w.Cleanup(dismiss)
	return worker, dismiss
}

func phone(service, key string) push.Subscription {
	return push.Subscription{ID: "s", Service: service, Endpoint: service + "/send/1", P256dh: make([]byte, 65), Auth: make([]byte, 16), Key: key}
}

func message(n int) push.Message {
	id := fmt.Sprintf("%015d", n)
	return push.Message{ID: id, Payload: []byte(`{"id":"` + id + `"}`), TTL: time.Hour, Topic: "topic", Urgent: true}
}

// send sends so many at once, and gives their answers when all are there.
func (w *world) send(ctx context.Context, service string, from, n int) map[push.Outcome]int {
	var all sync.WaitGroup
	var mu sync.Mutex
	got := map[push.Outcome]int{}
	for i := range n {
		all.Go(func() {
			m := message(from + i)
			a := w.relay.Send(ctx, phone(service, "key"), m)
			w.relay.Marked([]string{m.ID})
			mu.Lock()
			defer mu.Unlock()
			got[a.Outcome]++
		})
	}
	all.Wait()
	return got
}

// pending waits until so many messages are left in the stream.
func (w *world) pending(stream string, want uint64) {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), long)
	defer cancel()
	for {
		s, err := w.relay.cfg.Conn.JS.Stream(ctx, stream)
		if err != nil {
			w.Fatal(err)
		}
		info, err := s.Info(ctx)
		if err != nil {
			w.Fatal(err)
		}
		if info.State.Msgs == want {
			return
		}
		tick := time.NewTimer(20 * time.Millisecond)
		select {
		case <-tick.C:
		case <-ctx.Done():
			w.Fatalf("%d messages are left in %s, not %d", info.State.Msgs, stream, want)
		}
	}
}
