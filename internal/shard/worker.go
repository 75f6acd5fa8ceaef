package shard

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"folje/internal/cluster"
	"folje/internal/metrics"
	"folje/internal/push"

	"github.com/nats-io/nats.go/jetstream"
)

// WorkerConfig is what a worker needs.
type WorkerConfig struct {
	Conn *cluster.Conn
	// Sender hands a message to its push service (*push.Sender).
	Sender interface {
		Send(ctx context.Context, to push.Subscription, m push.Message) push.Answer
	}
	// Keys and Services are those that Sender has.
	Keys interface {
		Find(id string) (*ecdsa.PrivateKey, bool)
	}
	Services interface {
		Check(endpoint string) (service string, err error)
	}
	// Concurrency is how many messages are under way at most: [LeastConcurrency]
	// or more.
	Concurrency int
	Logger      *slog.Logger
	Now         func() time.Time
	Metrics     *metrics.Set // nil for none
}

// LeastConcurrency is room for shards of two services.
const LeastConcurrency = 2 * most

// ErrConcurrency says that a worker has too little room.
var ErrConcurrency = fmt.Errorf("a worker has to be allowed %d messages at once or more", LeastConcurrency)

// Times of a worker's end: how long what is being sent may take, and then how
// long its answers.
const (
	grace    = 5 * time.Second
	farewell = 5 * time.Second
)

// Worker takes shards from the queue and sends them. However many there are,
// each shard is one worker's, until that acknowledges it or says nothing more.
type Worker struct {
	cfg  WorkerConfig
	room *room
	off  atomic.Int64 // to be added to this machine's clock, in nanoseconds

	mu      sync.Mutex
	hands   map[*hand]bool
	busy    map[string]rest // services that said when to come again
	refused map[string]bool // keys and services that are not ours
	term    uint64          // the highest that was seen
	reading error           // why nothing is read now; nil while it is
}

// rest is what a service said.
type rest struct {
	until  time.Time
	status int
}

// NewWorker makes one; [Worker.Run] has it work.
func NewWorker(cfg WorkerConfig) (*Worker, error) {
	if cfg.Concurrency < LeastConcurrency {
		return nil, ErrConcurrency
	}
	w := &Worker{
		cfg: cfg, room: newRoom(cfg.Concurrency), hands: map[*hand]bool{}, busy: map[string]rest{}, refused: map[string]bool{},
		reading: cluster.ErrAway,
	}
	cfg.Metrics.Gauge(metrics.PushUnderWay, func() float64 { return float64(w.room.taken()) })
	cfg.Metrics.Gauge(metrics.WorkerWaiting, func() float64 { return float64(w.resting()) })
	return w, nil
}

// Run works until ctx ends, and longer until what it began has its answers: ten
// seconds at most. What it didn't begin, another worker gets at once.
func (w *Worker) Run(ctx context.Context) {
	sending, callOff := after(ctx, grace)
	defer callOff()
	telling, fallSilent := after(ctx, grace+farewell)
	defer fallSilent()
	var all sync.WaitGroup
	all.Go(func() { w.touch(telling, ctx) })
	all.Go(func() { w.compareClocks(ctx) })
	for ctx.Err() == nil {
		if err := w.read(ctx, func(h *hand) { all.Go(func() { w.work(ctx, sending, telling, h) }) }); err != nil && ctx.Err() == nil {
			w.state(err)
			pause(ctx, afterFault)
		}
	}
	all.Wait()
}

// after is a context that outlives ctx by so long.
func after(ctx context.Context, long time.Duration) (context.Context, context.CancelFunc) {
	outer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		timer := time.AfterFunc(long, cancel)
		context.AfterFunc(outer, func() { timer.Stop() })
	})
	return outer, func() { stop(); cancel() }
}

// read takes shards from the queue until ctx ends or the queue fails.
func (w *Worker) read(ctx context.Context, begin func(*hand)) error {
	once, cancel := context.WithTimeout(ctx, dialing)
	defer cancel()
	asked := w.cfg.Now()
	consumer, err := w.cfg.Conn.JS.Consumer(once, cluster.Pushes, workers)
	if err != nil {
		return fmt.Errorf("find the queue of deliveries: %w", err)
	}
	w.compare(consumer.CachedInfo(), asked)
	it, err := consumer.Messages(jetstream.PullMaxMessages(2))
	if err != nil {
		return fmt.Errorf("read the queue of deliveries: %w", err)
	}
	defer context.AfterFunc(ctx, it.Drain)()
	defer it.Stop()
	w.state(nil)
	for {
		w.room.wait(ctx)
		m, err := it.Next()
		if errors.Is(err, jetstream.ErrNoHeartbeat) {
			err = lost(ctx, consumer)
			if err == nil {
				continue
			}
		}
		switch {
		case err != nil:
			return fmt.Errorf("read the queue of deliveries: %w", err)
		case ctx.Err() != nil:
			_ = m.Nak() // or it is given out again later
		default:
			if h := w.accept(m); h != nil {
				begin(h)
			}
		}
	}
}

const dialing = 5 * time.Second

// state notes why nothing is read, or told, now: once in the log.
func (w *Worker) state(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case err == nil && w.reading != nil:
		w.cfg.Logger.Info("take deliveries")
	case err != nil && w.reading == nil:
		w.cfg.Logger.Warn("take no deliveries", "cause", err.Error())
	}
	w.reading = err
}

// Ready fails where the worker can't work: NATS is away, or a message was for a
// key that it doesn't have, or for a service that it may not send to.
func (w *Worker) Ready(context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case !w.cfg.Conn.Up():
		return cluster.ErrAway
	case w.reading != nil:
		return w.reading
	}
	for what := range w.refused {
		return errors.New(what)
	}
	return nil
}

// touch says that the worker is at work on what it has in hand, and lets ctx
// wake those who wait for room.
func (w *Worker) touch(telling, ctx context.Context) {
	tick := time.NewTicker(touch)
	defer tick.Stop()
	done := ctx.Done()
	for {
		select {
		case <-tick.C:
		case <-done:
			w.room.wake()
			done = nil
		case <-telling.Done():
			return
		}
		w.mu.Lock()
		hands := make([]*hand, 0, len(w.hands))
		for h := range w.hands {
			hands = append(hands, h)
		}
		w.mu.Unlock()
		if done == nil && len(hands) == 0 {
			return
		}
		for _, h := range hands {
			_ = h.message.InProgress() // or it is given out again
		}
	}
}

// resting is how many services asked to be left alone.
func (w *Worker) resting() (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.now()
	for _, r := range w.busy {
		if now.Before(r.until) {
			n++
		}
	}
	return n
}
