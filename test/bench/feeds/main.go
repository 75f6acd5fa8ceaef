// Command feeds measures what phones ask for all the time, against PocketBase's
// own record list with the same content and against a net/http handler that
// serves the same bytes from memory, side by side: the same client, each server
// a process of its own, in turn. Then it shows how cost grows with groups and
// years.
//
//	go run ./test/bench/feeds
//
// It prints the figures and writes them into docs/performance.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"folje/test/bench/side"
	"folje/test/demo"
)

// size is how much a server has.
type size struct{ groups, years int }

var sizes = []size{{1, 1}, {10, 1}, {100, 1}, {1, 10}}

// options are the flags.
type options struct {
	rounds, connections int
	only                int // so many of the sizes
	long                time.Duration
}

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	o := options{}
	flag.IntVar(&o.rounds, "rounds", 7, "how often each target is driven")
	flag.IntVar(&o.connections, "connections", 16, "how many connections ask at the same time")
	flag.DurationVar(&o.long, "long", 700*time.Millisecond, "how long a round is")
	flag.IntVar(&o.only, "only", len(sizes), "how many of the sizes; fewer are not written down")
	flag.Parse()
	if err := run(ctx, o, time.Now()); err != nil {
		log.Fatal(err)
	}
}

// run carries out the role that the arguments name; without one it measures.
func run(ctx context.Context, o options, now time.Time) error {
	switch args := flag.Args(); {
	case len(args) == 0:
		return measureAll(ctx, o, now)
	case args[0] == "bare" && len(args) == 4:
		return serveBare(args[1], args[2], args[3])
	case args[0] == "pocketbase" && len(args) == 4:
		return servePocketBase(args[1], args[2], args[3])
	}
	return errors.New("usage: go run ./test/bench/feeds")
}

func measureAll(ctx context.Context, o options, now time.Time) (err error) {
	root, err := demo.Root(ctx)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "folje-feeds-")
	if err != nil {
		return fmt.Errorf("make a working folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	binary, err := demo.Build(ctx, folder)
	if err != nil {
		return err
	}
	r := report{options: o, now: now}
	for _, s := range sizes[:o.only] {
		t := &trial{options: o, size: s, binary: binary, folder: filepath.Join(folder, fmt.Sprintf("%d-%d", s.groups, s.years))}
		if err := t.run(ctx, now); err != nil {
			return fmt.Errorf("%d groups, %d years: %w", s.groups, s.years, err)
		}
		log.Println(t)
		r.trials = append(r.trials, t)
	}
	text := r.String()
	fmt.Println(text)
	if o.only < len(sizes) {
		return nil
	}
	return side.Record(filepath.Join(root, "docs", "performance.md"), "feeds", text)
}
