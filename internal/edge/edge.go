// Package edge serves phones without a database: hello, the feeds and the web
// app from memory, as the writer told of them through NATS, and everything else
// by handing it to the writer. An edge has nothing that it could lose; any
// number of them may run.
//
// It never answers a feed from what is older than [Stale] without having heard
// of NATS since, so that what was withdrawn, and who was shut out, holds
// everywhere within a bound. While the writer is away, phones read on.
package edge

import (
	"context"
	"errors"
	"log/slog"
	"net/netip"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"folje/internal/cluster"
	"folje/internal/locale"
	"folje/internal/metrics"
	feeds "folje/internal/sync"
	"folje/internal/ticket"
	"folje/internal/web"
)

// Config is what an edge is made of.
type Config struct {
	Conn    *cluster.Conn
	Writers []*url.URL // the writer, and where it may move to
	Site    *web.Site
	Locales *locale.Bundle
	// Look has the web app look as the municipality chose, and say what was
	// edited in Locales; the colour is "" for the app's own. Nil is nothing.
	Look func(colour string)

	Origin         string
	TrustedProxies []netip.Prefix
	// Answers is what the answers that are kept may take, in bytes; 0 for as much
	// as the writer's.
	Answers int
	Metrics *metrics.Set
	Log     *slog.Logger
	Now     func() time.Time
	// Steady is a clock that nobody sets, such as the time since the program
	// began; nil is that.
	Steady func() time.Duration
}

// Edge answers phones.
type Edge struct {
	Config
	pages    *feeds.Pages
	keys     *ticket.Verifier
	revoked  *revocations
	heard    *heard
	writer   *writer
	greeting atomic.Pointer[feeds.Greeting]
	caughtUp atomic.Bool
	outdone  atomic.Bool // a newer program told of hello, or of its tickets' keys

	stop    context.CancelFunc
	running sync.WaitGroup
}

// New makes an edge that follows the streams until Close. It answers 503 until
// it knows what to answer.
func New(cfg Config) *Edge {
	if cfg.Steady == nil {
		begun := time.Now()
		cfg.Steady = func() time.Duration { return time.Since(begun) }
	}
	e := &Edge{Config: cfg, pages: feeds.NewPages(cfg.Answers, cfg.Now), keys: &ticket.Verifier{}, revoked: newRevocations(cfg.Steady),
		heard: &heard{now: cfg.Now, steady: cfg.Steady}, writer: newWriter(cfg.Writers, cfg.Metrics)}
	ctx, cancel := context.WithCancel(context.Background())
	e.stop = cancel
	e.running.Go(func() { e.follow(ctx) })
	e.running.Go(func() { e.writer.look(ctx) })
	e.tellMetrics()
	return e
}

// Open listens on the address and answers phones there.
func (e *Edge) Open(addr string) (*web.Front, error) {
	return web.OpenFront(addr, web.FrontConfig{
		Site: e.Site, Messages: e.Locales, Origin: e.Origin, TrustedProxies: e.TrustedProxies,
		Ready: e.Ready, Quick: e.Quick, API: e, Wrap: e.Metrics.Count, Log: e.Log,
	})
}

// Close ends the following. Requests under way are the listener's matter.
func (e *Edge) Close() {
	e.stop()
	e.running.Wait()
	e.pages.Close()
}

// The causes for which an edge can't do its job.
var (
	errBehind = errors.New("not everything that the writer told was read yet")
	errSilent = errors.New("the writer has not told of hello, or of its tickets' keys")
	errStale  = errors.New("nothing was heard from NATS for too long")
)

// Ready fails where the edge can't answer feeds now.
func (e *Edge) Ready(context.Context) error {
	switch {
	case !e.caughtUp.Load():
		return errBehind
	case (e.greeting.Load() == nil || !e.keys.Ready()) && !e.outdone.Load():
		return errSilent
	case e.heard.ago() > Stale:
		return errStale
	}
	return nil
}

func (e *Edge) tellMetrics() {
	m := e.Metrics
	m.Check("feeds", e.Ready)
	m.Watch("writer", func(context.Context) error {
		if e.writer.now() == nil {
			return errNoWriter
		}
		return nil
	})
	m.Bool(metrics.NATSConnected, e.Conn.Up)
	m.Bool(metrics.EdgeCaughtUp, e.caughtUp.Load)
	m.Gauge(metrics.EdgeHeard, func() float64 { return e.heard.ago().Seconds() })
	m.Gauge(metrics.EdgeScopes, func() float64 { return float64(e.pages.Size().Scopes) })
	m.Gauge(metrics.Bundles, func() float64 { return float64(e.pages.Size().Answers) })
	m.Gauge(metrics.BundlesMemory, func() float64 { return float64(e.pages.Size().PageBytes) }, "pages")
	m.Gauge(metrics.BundlesMemory, func() float64 { return float64(e.pages.Size().AnswerBytes) }, "answers")
}
