// Command lighthouse measures the demonstration with Lighthouse 12.8.2 as a
// mid-range phone sees it, prints the scores, and writes them into the table
// of docs/performance.md. It ends with 1 when a score is below 0.99.
//
//	go run ./test/bench/lighthouse
//
// It needs npx and a Chromium (CHROME_PATH, or one in PATH).
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"folje/test/browser"
	"folje/test/demo"
)

// floor is what every score must reach.
const floor = 0.99

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, time.Now()); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, now time.Time) error {
	chrome, err := browser.Find()
	if err != nil {
		return err
	}
	root, err := demo.Root(ctx)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "folje-lighthouse-")
	if err != nil {
		return fmt.Errorf("make a working folder: %w", err)
	}
	defer os.RemoveAll(folder)
	server, err := start(ctx, folder)
	if err != nil {
		return err
	}
	defer func() { _ = server.Stop() }()
	pages, err := visits(server)
	if err != nil {
		return err
	}
	var low []error
	for i := range pages {
		if err := pages[i].measure(ctx, chrome, folder); err != nil {
			return err
		}
		fmt.Println(pages[i])
		low = append(low, pages[i].tooLow())
	}
	if err := record(filepath.Join(root, "docs", "performance.md"), now, pages); err != nil {
		return err
	}
	return errors.Join(low...)
}

func start(ctx context.Context, folder string) (*demo.Server, error) {
	template, err := demo.Fill(ctx, folder)
	if err != nil {
		return nil, err
	}
	server, err := template.Server(filepath.Join(folder, "data"))
	if err != nil {
		return nil, err
	}
	return server, server.Start(ctx)
}
