// Command edge measures an edge against serve and against a net/http handler
// that serves the same bytes from memory, side by side; how long a change takes
// from its transaction to an edge's answer; and how long an edge takes to begin
// with a large municipality's feeds, and how much memory.
//
//	go run ./test/bench/edge
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
	"strings"
	"time"

	"folje/test/bench/side"
	"folje/test/demo"
)

// options are the flags.
type options struct {
	rounds, connections, changes, scopes int
	long                                 time.Duration
	keep                                 bool
}

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	o := options{}
	flag.IntVar(&o.rounds, "rounds", 7, "how often each target is driven")
	flag.IntVar(&o.connections, "connections", 16, "how many connections ask at the same time")
	flag.DurationVar(&o.long, "long", 700*time.Millisecond, "how long a round is")
	flag.IntVar(&o.changes, "changes", 500, "how many changes the lag is measured with")
	flag.IntVar(&o.scopes, "scopes", 300, "how many scopes an edge begins with, in 15 locales each")
	flag.BoolVar(&o.keep, "record", true, "write the figures into docs/performance.md")
	flag.Parse()
	if err := run(ctx, o, time.Now()); err != nil {
		log.Fatal(err)
	}
}

// run carries out the role that the arguments name; without one it measures.
func run(ctx context.Context, o options, now time.Time) error {
	switch args := flag.Args(); {
	case len(args) == 0:
		return measure(ctx, o, now)
	case args[0] == "bare" && len(args) == 4:
		return serveBare(args[1], args[2], args[3])
	}
	return errors.New("usage: go run ./test/bench/edge")
}

// bench is what all measurements share.
type bench struct {
	options
	binary, folder string
	filled
	processes []*side.Process
}

func measure(ctx context.Context, o options, now time.Time) (err error) {
	root, err := demo.Root(ctx)
	if err != nil {
		return err
	}
	b := &bench{options: o}
	if b.folder, err = os.MkdirTemp("", "folje-edge-"); err != nil {
		return fmt.Errorf("make a working folder: %w", err)
	}
	defer func() { err = errors.Join(err, b.end(), os.RemoveAll(b.folder)) }()
	if b.binary, err = demo.Build(ctx, b.folder); err != nil {
		return err
	}
	if b.filled, err = fill(b.data(), now); err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	var text strings.Builder
	fmt.Fprintf(&text, "Measured on %s with `go run ./test/bench/edge`: one group with a year of letters and meetings, in Swedish and Arabic. Clients, NATS (one server) and all programs share the two cores.\n\n", now.Format(time.DateOnly))
	for _, part := range []func(context.Context, *strings.Builder) error{b.compare, b.lag, b.rebuild} {
		if err := part(ctx, &text); err != nil {
			return err
		}
		log.Println(text.String())
		if err := b.end(); err != nil {
			return err
		}
	}
	if !o.keep {
		return nil
	}
	return side.Record(filepath.Join(root, "docs", "performance.md"), "edge", text.String())
}

func (b *bench) data() string { return filepath.Join(b.folder, "data") }

// start runs a program that is stopped with the bench.
func (b *bench) start(ctx context.Context, address, path, name string, args ...string) (*side.Process, error) {
	p, err := side.Start(ctx, address, path, name, args...)
	if err == nil {
		b.processes = append(b.processes, p)
	}
	return p, err
}

// end stops all programs, the last one first.
func (b *bench) end() (err error) {
	for len(b.processes) > 0 {
		last := len(b.processes) - 1
		err = errors.Join(err, b.processes[last].Stop())
		b.processes = b.processes[:last]
	}
	return err
}

// nats starts a NATS server with a store of its own, and gives its URL.
func (b *bench) nats(ctx context.Context, name string) (string, error) {
	listen, err := demo.Free()
	if err != nil {
		return "", err
	}
	monitor, err := demo.Free()
	if err != nil {
		return "", err
	}
	_, err = b.start(ctx, monitor, "/healthz", b.binary, "natsd", "--dir", filepath.Join(b.folder, name), "--listen", listen, "--monitor", monitor)
	return "nats://" + listen, err
}

// edge starts an edge before the writer.
func (b *bench) edge(ctx context.Context, nats, writer string) (*side.Process, error) {
	address, err := demo.Free()
	if err != nil {
		return nil, err
	}
	return b.start(ctx, address, "/readyz", b.binary, "edge", "--admin", "off", "--http", address, "--nats", nats, "--writer", "http://"+writer)
}

func (b *bench) writer(ctx context.Context, nats string) (*side.Process, error) {
	address, err := demo.Free()
	if err != nil {
		return nil, err
	}
	return b.start(ctx, address, "/readyz", b.binary, "serve", "--admin", "off", "--dir", b.data(), "--http", address, "--nats", nats, "--nats-replicas", "1")
}
