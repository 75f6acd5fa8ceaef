// Command guide measures how long a query of the guide's search takes on a
// phone's processor: the demonstration's whole guide, read in a locale, asked
// letter by letter for names, worries and misspelt words. It prints the times on
// this machine and with its processor slowed six times, and ends with 1 when the
// slowed worst of twenty (95 %) takes longer than 30 ms.
//
//	go run ./test/bench/guide
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/signal"

	"folje/test/browser"
	"folje/test/program"
	"folje/test/town"
)

const (
	slowed = 6
	bound  = 30 // ms
)

// timed is what the page measured, in ms. Build is making the index.
type timed struct {
	Entries, Queries     int
	Build, P50, P95, Max float64
}

func main() {
	log.SetFlags(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	folder, err := os.MkdirTemp("", "folje-guide-")
	if err != nil {
		log.Fatalf("make a working folder: %v", err)
	}
	err = measure(ctx, folder)
	os.RemoveAll(folder)
	if err != nil {
		log.Fatal(err)
	}
}

func measure(ctx context.Context, folder string) error {
	var late error
	p := program.New(ctx, folder)
	err := p.Run(func() {
		var shop town.Workshop
		p.Cleanup(shop.Close)
		w := shop.Town(p)
		for _, tag := range []string{"sv", "ar", "ti"} {
			late = errors.Join(late, compare(w.Parent(tag)))
		}
	})
	return errors.Join(err, late)
}

// compare measures a parent's phone, fast and slow.
func compare(p *town.Parent) error {
	p.Open("/guide")
	p.WaitUntil("import('/js/data/guide.js').then((g) => g.readGuide('" + p.Tag + "')).then((g) => g.entries.length > 20 && g.worries.length > 20)")
	fast := search(p)
	p.Slow(slowed)
	slow := search(p)
	p.Slow(1)
	fmt.Printf("%-3s %d entries, %d queries: p50 %.1f ms, p95 %.1f, max %.1f, index %.0f; slowed %d times: p50 %.1f, p95 %.1f, max %.1f, index %.0f (%.1f times the p95)\n",
		p.Tag, fast.Entries, fast.Queries, fast.P50, fast.P95, fast.Max, fast.Build, slowed, slow.P50, slow.P95, slow.Max, slow.Build, slow.P95/max(fast.P95, 0.1))
	if slow.P95 > bound {
		return fmt.Errorf("%s: %.1f ms are more than %d", p.Tag, slow.P95, bound)
	}
	return nil
}

// search types every entry's name and title, and some words with a slip in each,
// letter by letter.
func search(p *town.Parent) timed {
	return browser.Eval[timed](p.Page, `(async () => {
		const { readGuide } = await import('/js/data/guide.js');
		const { indexOf } = await import('/js/data/guidesearch.js');
		const guide = await readGuide('`+p.Tag+`');
		const begun = performance.now();
		const find = indexOf(guide);
		const build = performance.now() - begun;
		const words = [...guide.entries.flatMap((e) => [e.name, e.title.map((s) => s.text).join(' ')]), ...guide.worries.map((w) => w.title[0].text), 'stegt', 'skolfrånvara', 'alkoholl hemma', 'svårt att sova på nätterna'].filter(Boolean);
		const times = [];
		for (const word of words) {
			const letters = [...word];
			for (let n = 1; n <= letters.length; n++) {
				const at = performance.now();
				find(letters.slice(0, n).join(''));
				times.push(performance.now() - at);
			}
			await new Promise((resolve) => setTimeout(resolve));
		}
		times.sort((a, b) => a - b);
		const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
		return { Entries: guide.entries.length, Queries: times.length, Build: build, P50: at(0.5), P95: at(0.95), Max: times[times.length - 1] };
	})()`)
}
