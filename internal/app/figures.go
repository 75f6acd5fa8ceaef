package app

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"folje/internal/metrics"
	"folje/internal/outbox"

	"github.com/pocketbase/pocketbase/core"
)

// registerFigures has the writer's own figures told. What a role adds to them
// is told by whoever adds it.
func registerFigures(app core.App, cfg Config) {
	if cfg.Figures == nil {
		return
	}
	waiting := &waiting{app: app, now: cfg.Now}
	cfg.Figures.Gauge(metrics.OutboxWaiting, func() float64 { n, _ := waiting.look(); return float64(n) })
	cfg.Figures.Gauge(metrics.OutboxOldest, func() float64 { _, oldest := waiting.look(); return oldest.Seconds() })
	if cfg.Cluster != nil {
		cfg.Figures.Gauge(metrics.AnnouncementsWaiting, func() float64 {
			var n int
			if err := app.DB().NewQuery("SELECT COUNT(*) FROM announcements WHERE kind <> 'told'").Row(&n); err != nil {
				app.Logger().Warn("count what waits", "cause", err.Error())
			}
			return float64(n)
		})
	}
	ask := answers(app)
	cfg.Figures.Check("database", func(ctx context.Context) error {
		if err := ask(ctx); err != nil {
			return fmt.Errorf("the database doesn't answer: %w", err)
		}
		return nil
	})
}

// delivered counts what became of deliveries; nil where nobody wants to know.
func delivered(cfg Config) func(result string) {
	if cfg.Figures == nil {
		return nil
	}
	return func(result string) { cfg.Figures.Add(metrics.Deliveries, 1, result) }
}

// statusOf is what the administrators' listener has beside the dashboard.
func statusOf(cfg Config) http.Handler {
	if cfg.Figures == nil {
		return nil
	}
	return cfg.Figures.Handler()
}

// fresh is for how long a count of the outbox is good: both its figures are of
// one look, and who looks often costs no more.
const fresh = 5 * time.Second

// waiting counts what the outbox has to send.
type waiting struct {
	app core.App
	now func() time.Time

	mu     sync.Mutex
	at     time.Time
	count  int
	oldest time.Duration
}

func (w *waiting) look() (count int, oldest time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if now := w.now(); now.Sub(w.at) > fresh || now.Before(w.at) {
		count, oldest, err := outbox.Waiting(w.app, now)
		if err != nil {
			w.app.Logger().Warn("count what waits", "cause", err.Error())
			return w.count, w.oldest
		}
		w.at, w.count, w.oldest = now, count, oldest
	}
	return w.count, w.oldest
}
