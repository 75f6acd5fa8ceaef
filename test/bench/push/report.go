package main

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"
)

// table shows every way beside ours. Its ratios are medians of each round's own,
// for a round's measurements stand side by side on a machine that is never idle.
func table(o options, ways []*way, signatures int64) string {
	ours, alone := find(ways, "ours"), find(ways, "encryption")
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s with `go run ./test/bench/push -part send`: medians of %d rounds of %v each in turn, %d processors shared with the service; processor time is the sending process's own. *Goroutines* are %d.\n\n",
		o.now.Format(time.DateOnly), o.rounds, o.long, runtime.GOMAXPROCS(0), goroutines)
	b.WriteString("| way | messages/s | processor time of one | ours sends | ours takes |\n|---|---|---|---|---|\n")
	for _, w := range ways {
		fmt.Fprintf(&b, "| %s | %.0f | %.0f µs | %.1f× as many | %.2f× the time |\n", w.name,
			median(w.seen, func(i int) float64 { return w.seen[i].perSecond }),
			median(w.seen, func(i int) float64 { return micro(w.seen[i].processor) }),
			median(w.seen, func(i int) float64 { return ours.seen[i].perSecond / w.seen[i].perSecond }),
			median(w.seen, func(i int) float64 { return micro(ours.seen[i].processor) / micro(w.seen[i].processor) }))
	}
	fmt.Fprintf(&b, "\nProcessor time of the library's way over ours: %s. Ours over encryption alone: %.2f× (aim: at most 1.7×). Signatures by our way for all its messages to one service: %d.\n",
		strings.Join(times(ways, ours), ", "),
		median(ours.seen, func(i int) float64 { return micro(ours.seen[i].processor) / micro(alone.seen[i].processor) }), signatures)
	return b.String()
}

func times(ways []*way, ours *way) (all []string) {
	for _, w := range ways {
		if name, ok := strings.CutPrefix(w.name, "library, "); ok {
			all = append(all, fmt.Sprintf("%.1f× (%s)", median(w.seen, func(i int) float64 {
				return micro(w.seen[i].processor) / micro(ours.seen[i].processor)
			}), name))
		}
	}
	return all
}

func find(ways []*way, name string) *way {
	return ways[slices.IndexFunc(ways, func(w *way) bool { return strings.HasPrefix(w.name, name) })]
}

func micro(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }

// median of one figure of each round.
func median[T any](rounds []T, of func(i int) float64) float64 {
	all := make([]float64, len(rounds))
	for i := range rounds {
		all[i] = of(i)
	}
	slices.SortFunc(all, cmp.Compare[float64])
	return all[len(all)/2]
}
