package app

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"folje/internal/cluster"
	"folje/internal/metrics"
	"folje/internal/outbox"
	"folje/internal/shard"
	feeds "folje/internal/sync"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/pocketbase/pocketbase/core"
)

// Cluster is what a writer needs of those that answer phones and ring them in
// its stead.
type Cluster struct {
	Conn *cluster.Conn
	// Term is the writer's lease term; nil is 0, for a writer without a lease.
	Term func() uint64
	// Barrier returns once what is committed can't be lost; nil is at once.
	Barrier func(context.Context) error
	// Work has this program ring phones too, as a worker does: nobody else
	// reaches its NATS.
	Work bool
}

// relay is what has workers ring phones.
func (c *Cluster) relay(app core.App, cfg Config, p *phones) *shard.Relay {
	return shard.NewRelay(shard.Config{
		Conn: c.Conn, Keys: p.vapid, Term: c.Term, Barrier: c.Barrier, Logger: app.Logger(), Now: cfg.Now,
		Take: func(late []outbox.Answered) { p.dispatcher.Take(late) },
	})
}

// others are the workers, as the outbox needs to know them; nil for none.
func (p *phones) others() *outbox.Others {
	if p.relay == nil {
		return nil
	}
	return &outbox.Others{Least: shard.Least, Most: shard.Most, Pace: shard.Pace, Marked: p.relay.Marked}
}

// tellOthers has edges and workers do their part from when the app is served
// until it ends. It gives what is to be called when the web app says or looks
// like something else.
func tellOthers(app core.App, cfg Config, p *phones, of *feeds.Service) (changed func(), err error) {
	c := cfg.Cluster
	if c == nil {
		return func() {}, nil
	}
	term := c.Term
	if term == nil {
		term = func() uint64 { return 0 }
	}
	edges := tellEdges(app, of, cfg.Locales, c.Conn, term, c.Barrier, cfg.Figures)
	app.OnRecordAfterUpdateSuccess("settings").BindFunc(func(e *core.RecordEvent) error {
		edges.SiteChanged()
		return e.Next()
	})
	work := []func(context.Context){c.watchQueues(cfg.Figures)}
	if p.relay != nil {
		work = append(work, p.relay.Run)
		cfg.Figures.Watch("workers", p.relay.Ready)
	}
	if p.relay != nil && c.Work {
		worker, err := p.worker(app, cfg)
		if err != nil {
			return nil, err
		}
		work = append(work, worker.Run)
	}
	c.whileServing(app, work)
	return edges.SiteChanged, nil
}

// atOnce is how many messages a worker inside the writer sends at once.
const atOnce = 512

// worker is one inside this program, with its keys.
func (p *phones) worker(app core.App, cfg Config) (*shard.Worker, error) {
	return shard.NewWorker(shard.WorkerConfig{
		Conn: cfg.Cluster.Conn, Sender: openSender(app, cfg, p), Keys: p.vapid, Services: p.services,
		Concurrency: atOnce, Logger: app.Logger(), Now: cfg.Now, Metrics: cfg.Figures,
	})
}

// whileServing does the work from when the app is served, and NATS has its
// streams, until it ends.
func (c *Cluster) whileServing(app core.App, work []func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		running.Go(func() {
			if err := c.Conn.Declare(ctx); err != nil {
				return // the app ended
			}
			for _, do := range work {
				running.Go(func() { do(ctx) })
			}
		})
		return nil
	})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		cancel()
		running.Wait()
		return e.Next()
	})
}

// looking is how often the queues are looked at.
const looking = 10 * time.Second

// watchQueues tells how many messages are in the queues of the workers.
func (c *Cluster) watchQueues(figures *metrics.Set) func(context.Context) {
	figures.Bool(metrics.NATSConnected, c.Conn.Up)
	queues := map[string]*atomic.Uint64{cluster.Pushes: {}, cluster.Answers: {}}
	for stream, n := range queues {
		figures.Gauge(metrics.QueuePending, func() float64 { return float64(n.Load()) }, stream)
	}
	return func(ctx context.Context) {
		tick := time.NewTicker(looking)
		defer tick.Stop()
		for ctx.Err() == nil {
			for stream, n := range queues {
				if left, err := c.left(ctx, stream); err == nil {
					n.Store(left)
				}
			}
			select {
			case <-tick.C:
			case <-ctx.Done():
			}
		}
	}
}

// left is how many messages the queue has. One that NATS has lost is made again.
func (c *Cluster) left(ctx context.Context, stream string) (uint64, error) {
	ctx, cancel := context.WithTimeout(ctx, looking/2)
	defer cancel()
	s, err := c.Conn.JS.Stream(ctx, stream)
	if errors.Is(err, jetstream.ErrStreamNotFound) { // NATS lost its disks
		return 0, errors.Join(err, c.Conn.Declare(ctx))
	}
	if err != nil {
		return 0, err
	}
	return s.CachedInfo().State.Msgs, nil
}
