package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"folje/internal/app"
	"folje/internal/cluster"
	"folje/internal/edge"
	"folje/internal/locale"
	"folje/internal/sync"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// lag measures how long it takes from a change's transaction to the answer of an
// edge that has it: the page made anew, through NATS, kept on its disk, and a
// delta made of it.
func (b *bench) lag(ctx context.Context, text *strings.Builder) (err error) {
	address, err := b.nats(ctx, "nats-lag")
	if err != nil {
		return err
	}
	conn, err := cluster.Dial(ctx, cluster.Config{URL: address, Name: "bench", Replicas: 1})
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.Declare(ctx); err != nil {
		return err
	}
	a, feeds, err := open(b.data())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, terminate(a)) }()
	feeds.Publish(sync.PublisherConfig{Bus: sync.NATSBus{Conn: conn, Term: func() uint64 { return 0 }}})
	if err := serving(a); err != nil {
		return err
	}
	e, err := b.inside(address)
	if err != nil {
		return err
	}
	defer e.Close()
	shown, err := b.ticketTo(ctx, conn)
	if err != nil {
		return err
	}
	took, err := b.changed(ctx, a, e, shown)
	if err != nil {
		return err
	}
	slices.Sort(took)
	at := func(part float64) float64 { return milliseconds(took[min(int(part*float64(len(took))), len(took)-1)]) }
	fmt.Fprintf(text, "From the begin of a change's transaction to the first answer of an edge that has it, %d times one letter of the group: median %.1f ms, p90 %.1f ms, p99 %.1f ms, the longest %.1f ms.\n\n",
		len(took), at(.5), at(.9), at(.99), at(1))
	return nil
}

// ticketTo is a ticket for the group, whose key the edge is told of.
func (b *bench) ticketTo(ctx context.Context, conn *cluster.Conn) (string, error) {
	public, err := b.publicKeys()
	if err != nil {
		return "", err
	}
	if err := conn.Publish(ctx, cluster.NewMsg(cluster.Tickets, 0, "", public)); err != nil {
		return "", err
	}
	return b.ticket(b.scope)
}

// serving has the app's features begin to serve, without a port.
func serving(a core.App) error {
	router, err := apis.NewRouter(a)
	if err != nil {
		return err
	}
	event := &core.ServeEvent{App: a, Router: router, Server: &http.Server{}}
	return a.OnServe().Trigger(event, func(*core.ServeEvent) error { return nil })
}

// inside is an edge in this process.
func (b *bench) inside(nats string) (*edge.Edge, error) {
	conn, err := cluster.Dial(context.Background(), cluster.Config{URL: nats, Name: "edge"})
	if err != nil {
		return nil, err
	}
	bundle, err := locale.Load(os.DirFS("locales"))
	if err != nil {
		return nil, err
	}
	nobody, err := url.Parse("http://127.0.0.1:1")
	if err != nil {
		return nil, err
	}
	return edge.New(edge.Config{Conn: conn, Writers: []*url.URL{nobody}, Site: app.OpenSite(os.DirFS("public"), bundle), Locales: bundle,
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now}), nil
}

// changed changes letters of the group, one after another.
func (b *bench) changed(ctx context.Context, a core.App, e *edge.Edge, shown string) (took []time.Duration, err error) {
	cursor := ""
	for end := time.Now().Add(time.Minute); cursor == ""; runtime.Gosched() {
		if cursor = b.cursor(ctx, e, shown, ""); time.Now().After(end) {
			return nil, errors.New("the edge has not caught up")
		}
	}
	for range b.changes {
		item := b.items[rand.IntN(len(b.items))]
		begun := time.Now()
		if err := a.RunInTransaction(func(tx core.App) error { return sync.Touch(tx, b.scope, sync.Records, item) }); err != nil {
			return nil, err
		}
		for before := cursor; cursor == before; time.Sleep(100 * time.Microsecond) {
			if now := b.cursor(ctx, e, shown, before); now != "" {
				cursor = now
			}
			if time.Since(begun) > time.Minute {
				return nil, errors.New("the edge wasn't told")
			}
		}
		took = append(took, time.Since(begun))
	}
	return took, nil
}

// cursor is what the edge says now to a phone with a cursor; "" for nothing.
func (b *bench) cursor(ctx context.Context, e *edge.Edge, shown, before string) string {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/api/folje/v1/feeds/"+b.scope+"?after="+before, nil)
	if err != nil {
		return ""
	}
	r.Header.Set("Authorization", "Bearer "+shown)
	_, _, body, ok := e.Quick(r)
	var feed struct{ Cursor string }
	if !ok || json.Unmarshal(body, &feed) != nil {
		return ""
	}
	return feed.Cursor
}
