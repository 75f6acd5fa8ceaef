// Command desk measures what the translators' desk takes on the server when
// there are five years of letters: opening the queue, and looking up sentences
// that are like one.
//
//	go run ./test/bench/desk
//	go run ./test/bench/desk -in FOLDER
//
// It makes the letters first, which takes some minutes, prints what it measured
// and writes it into docs/performance.md. In a folder they stay, and are used
// again.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"folje/internal/app"
	"folje/internal/locale"
	"folje/test/archive"
	"folje/test/bench/side"
	"folje/test/demo"

	"github.com/pocketbase/pocketbase/core"
)

func main() {
	log.SetFlags(0)
	in := flag.String("in", "", "the data `folder`; made where it is missing, and kept")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *in, time.Now()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, folder string, now time.Time) (err error) {
	root, err := demo.Root(ctx)
	if err != nil {
		return err
	}
	if folder == "" {
		if folder, err = os.MkdirTemp("", "folje-desk-"); err != nil {
			return fmt.Errorf("make a working folder: %w", err)
		}
		defer func() { _ = os.RemoveAll(folder) }()
	}
	messages, err := locale.Load(os.DirFS(filepath.Join(root, "locales")))
	if err != nil {
		return err
	}
	writer, err := archive.NewWriter(1)
	if err != nil {
		return err
	}
	opened, err := app.Open(folder)
	if err != nil {
		return err
	}
	defer func() { _ = opened.ResetBootstrapState() }()
	targets := targetsOf(messages)
	if err := prepare(opened, writer, targets, now); err != nil {
		return err
	}
	d, err := open(opened, messages, targets, now)
	if err != nil {
		return err
	}
	d.writer = writer
	report := &report{now: now, locales: len(targets) + 1, size: size(folder)}
	if err := report.measure(ctx, d); err != nil {
		return err
	}
	text := report.table()
	fmt.Println(text)
	return side.Record(filepath.Join(root, "docs", "performance.md"), "desk", text)
}

func targetsOf(messages *locale.Bundle) (tags []string) {
	for _, info := range messages.Locales() {
		if info.Tag != "sv" {
			tags = append(tags, info.Tag)
		}
	}
	return tags
}

// prepare fills the folder, unless that was done before.
func prepare(a core.App, writer *archive.Writer, targets []string, now time.Time) error {
	letters, err := a.CountRecords("letters")
	if err != nil || letters > 0 {
		return err
	}
	started := time.Now()
	if err := fill(a, writer, targets, now); err != nil {
		return err
	}
	log.Printf("made in %s", time.Since(started).Round(time.Second))
	return nil
}

// size is what the database takes, in bytes.
func size(folder string) (bytes int64) {
	for _, name := range []string{"data.db", "data.db-wal"} {
		if info, err := os.Stat(filepath.Join(folder, name)); err == nil {
			bytes += info.Size()
		}
	}
	return bytes
}
