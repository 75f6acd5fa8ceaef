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
	"folje/test/program"
	"folje/test/town"
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
	root, err := demo.Root(ctx)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "folje-lighthouse-")
	if err != nil {
		return fmt.Errorf("make a working folder: %w", err)
	}
	defer os.RemoveAll(folder)
	var pages []visit
	p := program.New(ctx, folder)
	err = p.Run(func() { pages = measureAll(ctx, p) })
	if err != nil {
		return err
	}
	var low []error
	for _, page := range pages {
		low = append(low, page.tooLow())
	}
	return errors.Join(append(low, record(filepath.Join(root, "docs", "performance.md"), now, pages))...)
}

// measureAll goes to the pages as a new phone does that joins a group; the
// last one is a letter on a phone that knows the app.
func measureAll(ctx context.Context, p *program.Program) []visit {
	var shop town.Workshop
	p.Cleanup(shop.Close)
	w := shop.Town(p)
	phone := browser.Phone()
	profile := browser.Open(p, p.TempDir(), "--remote-debugging-port=0")
	// Lighthouse asks for the page once more, from the cache or not at all.
	profile.Allow(browser.Request, "ERR_CACHE_MISS")
	profile.Allow(browser.Exception, "Failed to fetch")
	parent := w.ParentOn(profile, phone, "ar")
	parent.Joins(w.Invitation("Blåsippan").Code)
	parent.Click("a.letter-row")
	parent.WaitFor("article.letter")
	parent.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")

	pages := []visit{
		{name: "first visit", url: w.URL("/")},
		{name: "invitation", url: w.URL("/join#" + w.Invitation("Blåsippan").Code)},
		{name: "a letter", url: parent.URL(), port: profile.Port()},
	}
	for i := range pages {
		if err := pages[i].measure(ctx, p.TempDir()); err != nil {
			p.Fatalf("%v", err)
		}
		fmt.Println(pages[i])
	}
	return pages
}
