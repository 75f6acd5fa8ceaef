// Command start measures how soon the program answers after its start, and what
// it takes in memory while nobody asks for anything, side by side with
// PocketBase of the same version: as a bare library with an empty database and
// with Följe's collections, and as its project ships it.
//
//	go run ./test/bench/start
//
// It prints the ratios and writes them into docs/performance.md. With
//
//	go run ./test/bench/start -before FOLDER
//
// it compares the program with the one that another checkout makes instead, and
// their sizes.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"folje/test/bench/side"
	"folje/test/demo"
)

const (
	rounds = 9
	idle   = 6 * time.Second // until what a start leaves behind is done
)

// program is one of those that are compared.
type program struct {
	name, binary, ready string
	flags               []string
	folder              string
	from                *program // whose database it is given a copy of; nil for one of its own
	starts, busy        []time.Duration
	memory, own         []int64
	size                int64 // of its file, in bytes
}

func main() {
	log.SetFlags(0)
	before := flag.String("before", "", "a checkout of the program as it was, to compare with instead of PocketBase")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, time.Now(), *before); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, now time.Time, before string) (err error) {
	root, err := demo.Root(ctx)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "folje-start-")
	if err != nil {
		return fmt.Errorf("make a working folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	name, tell := "start", table
	prepare := build
	if before != "" {
		name, tell = "start -before", compared
		prepare = func(ctx context.Context, root, folder string) ([]*program, error) {
			return buildBoth(ctx, root, before, folder)
		}
	}
	all, err := prepare(ctx, root, folder)
	if err != nil {
		return err
	}
	for round := range rounds + 1 { // the first makes the databases
		for _, p := range all {
			if err := p.once(ctx, round > 0); err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
		}
	}
	text := tell(now, all)
	fmt.Println(text)
	return side.Record(filepath.Join(root, "docs", "performance.md"), name, text)
}

func build(ctx context.Context, root, folder string) ([]*program, error) {
	folje, err := demo.Build(ctx, folder)
	if err != nil {
		return nil, err
	}
	all := []*program{{name: "Följe", binary: folje, ready: "/readyz",
		flags: []string{"--admin", "off", "--hooks", filepath.Join(root, "pb_hooks")}, folder: filepath.Join(folder, "folje-data")}}
	for _, name := range []string{"bare", "shipped"} {
		p := &program{name: "PocketBase, " + name, binary: filepath.Join(folder, name), ready: "/api/health", folder: filepath.Join(folder, name+"-data")}
		c := exec.CommandContext(ctx, "go", "build", "-o", p.binary, "./test/bench/start/"+name)
		c.Dir = root
		if out, err := c.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("build %s: %w\n%s", name, err, out)
		}
		all = append(all, p)
	}
	all = append(all, &program{name: "PocketBase, bare, with Följe's collections", binary: all[1].binary, ready: all[1].ready,
		folder: filepath.Join(folder, "collections-data"), from: all[0]})
	return all, nil
}

// prepare copies the database that the program shall have, once.
func (p *program) prepare() error {
	if p.from == nil {
		return nil
	}
	if _, err := os.Stat(p.folder); err == nil {
		return nil
	}
	if err := os.CopyFS(p.folder, os.DirFS(p.from.folder)); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	return nil
}

// once starts the program, lets it rest, and ends it.
func (p *program) once(ctx context.Context, counts bool) error {
	if err := p.prepare(); err != nil {
		return err
	}
	address, err := demo.Free()
	if err != nil {
		return err
	}
	s, err := side.Start(ctx, address, p.ready, p.binary, append([]string{"serve", "--http", address, "--dir", p.folder}, p.flags...)...)
	if err != nil {
		return err
	}
	if !counts {
		return s.Stop()
	}
	busy, err := s.Processor()
	if err != nil {
		return errors.Join(err, s.Stop())
	}
	select {
	case <-ctx.Done():
		return errors.Join(ctx.Err(), s.Stop())
	case <-time.After(idle):
	}
	memory, own, err := s.Memory()
	if err != nil {
		return errors.Join(err, s.Stop())
	}
	p.starts, p.busy = append(p.starts, s.Started), append(p.busy, busy)
	p.memory, p.own = append(p.memory, memory), append(p.own, own)
	return s.Stop()
}

func table(now time.Time, all []*program) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s with `go run ./test/bench/start`: medians of %d starts in turn, on a folder that has its database, the processor time until the first answer, and the resident memory %v later; own memory is without pages of the program's file.\n\n",
		now.Format(time.DateOnly), rounds, idle)
	b.WriteString("| program | first answer after | ratio | quickest | processor time | ratio | memory | ratio | own memory |\n|---|---|---|---|---|---|---|---|---|\n")
	folje := all[0]
	for _, p := range all {
		fmt.Fprintf(&b, "| %s | %d ms | %s | %d ms | %d ms | %s | %.1f MB | %s | %.1f MB |\n", p.name,
			median(p.starts).Milliseconds(), ratio(p, folje, float64(median(folje.starts))/float64(median(p.starts))), slices.Min(p.starts).Milliseconds(),
			median(p.busy).Milliseconds(), ratio(p, folje, float64(median(folje.busy))/float64(median(p.busy))),
			mega(median(p.memory)), ratio(p, folje, float64(median(folje.memory))/float64(median(p.memory))), mega(median(p.own)))
	}
	return b.String()
}

// ratio is how many times as much Följe takes.
func ratio(p, folje *program, times float64) string {
	if p == folje {
		return ""
	}
	return fmt.Sprintf("%.2f", times)
}

func mega(bytes int64) float64 { return float64(bytes) / (1 << 20) }

func median[T cmp.Ordered](of []T) T {
	sorted := slices.Sorted(slices.Values(of))
	return sorted[len(sorted)/2]
}
