// Command workers measures how fast one letter reaches its phones where workers
// ring them: the writer with its database, three NATS servers that write every
// message to the disk, a push service that answers after 80 ms, and 1, 2 and 4
// workers, each a process of its own.
//
//	go run ./test/bench/workers [-phones 10000] [-rounds 3]
//
// It prints what it saw and writes it into docs/performance.md.
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

// options are the run's.
type options struct {
	phones, rounds int
	delay          time.Duration // of the push service
	folder         string        // to work in; removed at the end
	now            time.Time
}

func main() {
	log.SetFlags(0)
	if len(os.Args) > 2 {
		switch os.Args[1] {
		case "sink":
			log.Fatal(side.ServeSink(os.Args[2:]))
		case "nats":
			log.Fatal(serveNATS(os.Args[2]))
		case "worker":
			log.Fatal(serveWorker(os.Args[2:]))
		}
	}
	o := options{now: time.Now()}
	flag.IntVar(&o.phones, "phones", 10_000, "how many phones the letter has")
	flag.IntVar(&o.rounds, "rounds", 3, "how many letters each number of workers sends")
	flag.DurationVar(&o.delay, "delay", 80*time.Millisecond, "what the push service takes to answer")
	record := flag.Bool("record", true, "write the result into docs/performance.md")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o, *record); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, o options, record bool) (err error) {
	root, err := demo.Root(ctx)
	if err != nil {
		return err
	}
	if o.folder, err = os.MkdirTemp("", "folje-workers-"); err != nil {
		return fmt.Errorf("make a working folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(o.folder)) }()
	text, err := measure(ctx, o)
	if err != nil {
		return err
	}
	fmt.Println(text)
	if !record {
		return nil
	}
	return side.Record(filepath.Join(root, "docs", "performance.md"), "workers", text)
}
