package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"strings"
	"time"

	"folje/internal/app"
	"folje/internal/locale"
	"folje/internal/outbox"
	"folje/internal/push"
	"folje/test/bench/side"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// trial is one letter to so many phones of one group, from the row in the
// outbox to the last delivery's mark, with the database on the disk.
type trial struct {
	name    string
	phones  int
	delay   time.Duration // of the service
	rounds  int
	took    []time.Duration
	cost    []time.Duration // processor time of one delivery
	highest uint64          // of the heap's live objects, in bytes
}

// outboxes measures the dispatcher.
func outboxes(ctx context.Context, o options) (text string, err error) {
	trials := []*trial{
		{name: "the service answers after 80 ms", phones: 10_000, delay: 80 * time.Millisecond, rounds: 5},
		{name: "the service answers at once", phones: 10_000, rounds: 3},
		{name: "the same", phones: 1_000, rounds: 3},
		{name: "the same", phones: 100_000, rounds: 1},
	}
	for _, t := range trials {
		if err := t.run(ctx, o); err != nil {
			return "", err
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s with `go run ./test/bench/push -part outbox`: one letter to every phone, from the outbox's row to the last delivery's mark, every transaction on the disk; medians, %d processors shared with the service; processor time is the sending process's own, with the database.\n\n",
		o.now.Format(time.DateOnly), runtime.GOMAXPROCS(0))
	b.WriteString("| phones | | rounds | handed over in | quickest | a second | processor time of one | most live memory |\n|---|---|---|---|---|---|---|---|\n")
	for _, t := range trials {
		took := median(t.took, func(i int) float64 { return t.took[i].Seconds() })
		fmt.Fprintf(&b, "| %d | %s | %d | %.2f s | %.2f s | %.0f | %.0f µs | %.1f MB |\n", t.phones, t.name, t.rounds, took, quickest(t.took).Seconds(),
			float64(t.phones)/took, median(t.cost, func(i int) float64 { return micro(t.cost[i]) }), float64(t.highest)/1e6)
	}
	return b.String(), nil
}

func quickest(all []time.Duration) time.Duration {
	least := all[0]
	for _, d := range all {
		least = min(least, d)
	}
	return least
}

func (t *trial) run(ctx context.Context, o options) (err error) {
	target, err := side.StartSink(ctx, o.folder, t.delay)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.Stop()) }()
	k, err := newKeys()
	if err != nil {
		return err
	}
	a, err := app.Open(filepath.Join(o.folder, fmt.Sprintf("data-%d-%s", t.phones, t.delay)))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, a.ResetBootstrapState()) }()
	group, err := side.Settle(a, t.phones, target.H2, "key")
	if err != nil {
		return err
	}
	sender := push.NewSender(push.SenderConfig{
		VAPID: k, Contact: contact, Services: origins{}, Now: time.Now, Roots: target.Roots, Dial: new(net.Dialer).DialContext,
	})
	defer sender.Close()
	d := outbox.Register(a, outbox.Config{
		Sender: sender, Locales: new(locale.Bundle), Origin: contact,
		Topic: func(subscription, tag string) string {
			return push.Topic([]byte("of the benchmark"), subscription, tag)
		},
		Kinds: map[string]outbox.Kind{"letter": {Anytime: true, Compose: func(core.App, outbox.Row, outbox.Reader) (outbox.Note, error) {
			return outbox.Note{Title: "Nytt brev", Body: "Öppna Följe och läs.", Navigate: "/letters/abc", Tag: "letter-abc"}, nil
		}}},
	})
	for n := range t.rounds {
		if err := t.ring(ctx, a, d, group, n); err != nil {
			return err
		}
	}
	return nil
}

// ring hands one letter over.
func (t *trial) ring(ctx context.Context, a core.App, d *outbox.Dispatcher, group string, n int) error {
	used, err := processor()
	if err != nil {
		return err
	}
	runtime.GC()
	watching, stop := context.WithCancel(ctx)
	highest := watch(watching)
	begun := time.Now()
	mark := fmt.Sprintf("letter %d", n)
	_, err = outbox.Add(a, outbox.Row{Kind: "letter", Item: "abc", Mark: mark, Groups: []string{group}, Due: begun, Until: begun.Add(time.Hour)})
	if err == nil {
		_, err = d.Round(ctx)
	}
	t.took = append(t.took, time.Since(begun))
	stop()
	t.highest = max(t.highest, <-highest)
	if err != nil {
		return err
	}
	after, err := processor()
	if err != nil {
		return err
	}
	t.cost = append(t.cost, (after-used)/time.Duration(t.phones))
	var sent int
	err = a.DB().NewQuery(`SELECT count(*) FROM deliveries d JOIN outbox o ON o.id = d.outbox WHERE o.mark = {:mark} AND d.state = 'sent'`).
		Bind(dbx.Params{"mark": mark}).Row(&sent)
	if err == nil && sent != t.phones {
		err = fmt.Errorf("%d of %d deliveries are sent", sent, t.phones)
	}
	return err
}

// watch answers, when it is called off, the most that the heap's live objects
// took.
func watch(ctx context.Context) <-chan uint64 {
	answer := make(chan uint64, 1)
	go func() {
		sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
		var most uint64
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			metrics.Read(sample)
			most = max(most, sample[0].Value.Uint64())
			select {
			case <-ctx.Done():
				answer <- most
				return
			case <-tick.C:
			}
		}
	}()
	return answer
}
