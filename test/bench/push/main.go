// Command push measures the way to the push services beside the library that it
// stands in for.
//
//	go run ./test/bench/push [-part send] [-rounds 9] [-long 600ms]
//
// Each part prints what it saw and writes it into docs/performance.md. The
// services are played by a process of its own (side.Sink), so that only what
// sending costs is counted.
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

// options are the same for every part.
type options struct {
	rounds int
	long   time.Duration // of one measurement in a round
	folder string        // to work in; removed at the end
	now    time.Time
}

// part is one thing that is measured; it answers its text for the record.
type part struct {
	name string
	run  func(ctx context.Context, o options) (string, error)
}

var parts = []part{{"send", sending}, {"outbox", outboxes}}

func main() {
	log.SetFlags(0)
	if len(os.Args) > 1 && os.Args[1] == "sink" {
		log.Fatal(side.ServeSink(os.Args[2:]))
	}
	only := flag.String("part", "", "run this part only")
	o := options{now: time.Now()}
	flag.IntVar(&o.rounds, "rounds", 9, "how often each is measured, in turn")
	flag.DurationVar(&o.long, "long", 600*time.Millisecond, "how long each time")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *only, o); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, only string, o options) (err error) {
	root, err := demo.Root(ctx)
	if err != nil {
		return err
	}
	if o.folder, err = os.MkdirTemp("", "folje-push-"); err != nil {
		return fmt.Errorf("make a working folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(o.folder)) }()
	for _, p := range parts {
		if only != "" && only != p.name {
			continue
		}
		text, err := p.run(ctx, o)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		fmt.Println(text)
		if err := side.Record(filepath.Join(root, "docs", "performance.md"), "push -part "+p.name, text); err != nil {
			return err
		}
	}
	return nil
}
