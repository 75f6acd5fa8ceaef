package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"folje/internal/app"
	"folje/internal/cluster"
	"folje/internal/locale"
	"folje/internal/outbox"
	"folje/internal/push"
	"folje/internal/shard"
	"folje/test/bench/side"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// rig is all but the workers.
type rig struct {
	options
	app        core.App
	group      string
	dispatcher *outbox.Dispatcher
	sink       *side.Sink
	nats       string
	letters    int
	servers    *child        // of NATS
	workers    time.Duration // processor time of all workers
	close      []func() error
}

func measure(ctx context.Context, o options) (text string, err error) {
	r := &rig{options: o}
	defer func() {
		slices.Reverse(r.close)
		for _, c := range r.close {
			err = errors.Join(err, c())
		}
	}()
	if err := r.build(ctx); err != nil {
		return "", err
	}
	before, err := processor()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s with `go run ./test/bench/workers`: one letter to %d phones, from the outbox's row to the last delivery's mark, through three NATS servers that write every message to the disk, to a service that answers after %v; %d processors shared by all of it (the writer, three NATS servers, the workers and the service), so that this is what one small machine does and not what workers on machines of their own do.\n\n",
		o.now.Format(time.DateOnly), o.phones, o.delay, runtime.GOMAXPROCS(0))
	b.WriteString("| workers | messages at once, each (`--concurrency`) | rounds | handed over in (median) | quickest | a second |\n|---|---|---|---|---|---|\n")
	for _, concurrency := range []int{usual, few} {
		for _, workers := range []int{1, 2, 4} {
			took, err := r.with(ctx, workers, concurrency)
			if err != nil {
				return "", fmt.Errorf("%d workers: %w", workers, err)
			}
			slices.Sort(took)
			middle := took[len(took)/2].Seconds()
			fmt.Fprintf(&b, "| %d | %d | %d | %.2f s | %.2f s | %.0f |\n", workers, concurrency, len(took), middle, took[0].Seconds(), float64(o.phones)/middle)
		}
	}
	after, err := processor()
	if err != nil {
		return "", err
	}
	costs, err := r.costs(after - before)
	return b.String() + costs, err
}

func (r *rig) build(ctx context.Context) (err error) {
	if r.sink, err = side.StartSink(ctx, r.folder, r.delay); err != nil {
		return err
	}
	r.close = append(r.close, r.sink.Stop)
	if r.servers, err = start(ctx, "nats", filepath.Join(r.folder, "nats")); err != nil {
		return err
	}
	r.nats = r.servers.said
	dir := filepath.Join(r.folder, "data")
	if r.app, err = app.Open(dir); err != nil {
		return err
	}
	r.close = append(r.close, r.app.ResetBootstrapState)
	keys, err := push.OpenVAPID(dir)
	if err != nil {
		return err
	}
	if r.group, err = side.Settle(r.app, r.phones, r.sink.H2, keys.Current().ID); err != nil {
		return err
	}
	conn, err := cluster.Dial(ctx, cluster.Config{URL: r.nats, Name: "writer", Replicas: 3})
	if err != nil {
		return err
	}
	r.close = append(r.close, func() error { conn.Close(); return nil })
	ready, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	if err := conn.Declare(ready); err != nil {
		return err
	}
	r.share(ctx, conn, keys)
	return nil
}

// share registers the dispatcher with its relay.
func (r *rig) share(ctx context.Context, conn *cluster.Conn, keys *push.VAPID) {
	relay := shard.NewRelay(shard.Config{
		Conn: conn, Keys: keys, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), Now: time.Now,
		Take: func(late []outbox.Answered) { r.dispatcher.Take(late) },
	})
	r.dispatcher = outbox.Register(r.app, outbox.Config{
		Sender: relay, Others: &outbox.Others{Least: shard.Least, Most: shard.Most, Pace: shard.Pace, Marked: relay.Marked},
		Locales: new(locale.Bundle), Origin: contact,
		Topic: func(subscription, tag string) string {
			return push.Topic([]byte("of the benchmark"), subscription, tag)
		},
		Kinds: map[string]outbox.Kind{"letter": {Anytime: true, Compose: func(core.App, outbox.Row, outbox.Reader) (outbox.Note, error) {
			return outbox.Note{Title: "Nytt brev", Body: "Öppna Följe och läs.", Navigate: "/letters/abc", Tag: "letter-abc"}, nil
		}}},
	})
	go relay.Run(ctx)
}

// usual is what a worker is allowed where nobody says otherwise; few is so
// little that the service's delay, and not the processors, bounds it.
const (
	usual = 768
	few   = 256
)

// costs tells the processor time of one delivery, by who had it.
func (r *rig) costs(writer time.Duration) (string, error) {
	if err := r.servers.stop(); err != nil {
		return "", err
	}
	one := func(all time.Duration) float64 {
		return float64(all) / float64(time.Microsecond) / float64(r.letters*r.phones)
	}
	return fmt.Sprintf("\nProcessor time of one delivery, over all of these letters: %.0f µs in the writer, %.0f µs in the workers, %.0f µs in the three NATS servers together.\n",
		one(writer), one(r.workers), one(r.servers.used())), nil
}

// processor is the time that this process has had of the processors.
func processor() (time.Duration, error) {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0, fmt.Errorf("ask for the processor's time: %w", err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), nil
}

// with rings with so many workers, after a letter that lets them connect.
func (r *rig) with(ctx context.Context, workers, concurrency int) (took []time.Duration, err error) {
	for range workers {
		w, err := start(ctx, "worker", r.nats, push.VAPIDFile(filepath.Join(r.folder, "data")), r.sink.File, strconv.Itoa(concurrency))
		if err != nil {
			return nil, err
		}
		defer func() {
			err = errors.Join(err, w.stop())
			r.workers += w.used()
		}()
	}
	for n := range r.rounds + 1 {
		long, err := r.ring(ctx)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			took = append(took, long)
		}
	}
	return took, nil
}

// ring hands one letter over.
func (r *rig) ring(ctx context.Context) (time.Duration, error) {
	runtime.GC()
	r.letters++
	begun, mark := time.Now(), fmt.Sprintf("letter %d", r.letters)
	_, err := outbox.Add(r.app, outbox.Row{Kind: "letter", Item: "abc", Mark: mark, Groups: []string{r.group}, Due: begun, Until: begun.Add(time.Hour)})
	if err != nil {
		return 0, err
	}
	for {
		if _, err := r.dispatcher.Round(ctx); err != nil {
			return 0, err
		}
		took := time.Since(begun)
		var left, sent int
		err := r.app.DB().NewQuery(`SELECT count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'sent') FROM deliveries d
			JOIN outbox o ON o.id = d.outbox WHERE o.mark = {:mark}`).Bind(dbx.Params{"mark": mark}).Row(&left, &sent)
		if err != nil {
			return 0, err
		}
		if left == 0 && sent == r.phones {
			return took, nil
		}
		if left == 0 || ctx.Err() != nil {
			return 0, fmt.Errorf("%d of %d deliveries are sent", sent, r.phones)
		}
	}
}
