package app

import (
	"context"

	"folje/internal/cluster"
	"folje/internal/locale"
	"folje/internal/metrics"
	"folje/internal/sync"

	"github.com/pocketbase/pocketbase/core"
)

// tellEdges has edges told what the feeds say, from when the app is served on.
// Term is the writer's; barrier, nil for none, returns once what is committed
// may be told. [sync.Publisher.SiteChanged] is to be called when the web app
// says or looks like something else.
func tellEdges(app core.App, feeds *sync.Service, messages *locale.Bundle, conn *cluster.Conn, term func() uint64, barrier func(context.Context) error, figures *metrics.Set) *sync.Publisher {
	p := feeds.Publish(sync.PublisherConfig{
		Bus: sync.NATSBus{Conn: conn, Term: term}, Barrier: barrier,
		Site:      func() ([]byte, error) { return EdgeSite(app, messages) },
		Published: func() { figures.Add(metrics.PagesPublished, 1) },
	})
	figures.Gauge(metrics.PagesWaiting, func() float64 { return float64(p.Waiting()) })
	return p
}
