package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"folje/test/archive"
)

// report is all that was measured.
type report struct {
	options
	now    time.Time
	trials []*trial
}

func (t *trial) named(name string) *measured {
	for _, m := range t.runs {
		if m.name == name {
			return m
		}
	}
	return &measured{}
}

// String is one line for each thing that was asked for.
func (t *trial) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d groups, %d years; a feed takes %.1f kB of memory in each stream\n", t.groups, t.years, float64(t.memory)/1000)
	for _, m := range t.runs {
		fmt.Fprintf(&b, "  %-42s %8.0f/s  median %8v  p99 %8v  %7d bytes  %5v of the processor\n", m.name, m.PerSecond, m.P50.Round(time.Microsecond), m.P99.Round(time.Microsecond), m.Bytes, m.each().Round(100*time.Nanosecond))
	}
	return b.String()
}

func (r report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s with `go run ./test/bench/feeds`: the median of %d rounds of %v with %d connections; a group has %d letters of %d bytes and %d meetings a year, in Swedish and Arabic. Client and server share the two cores; processor time is the server's own.\n\n",
		r.now.Format(time.DateOnly), r.rounds, r.long, r.connections, archive.LettersAYear, archive.LetterBytes, archive.MeetingsAYear)
	r.compare(&b)
	r.grow(&b)
	return b.String()
}

// compare shows the first size beside its rivals.
func (r report) compare(b *strings.Builder) {
	t := r.trials[0]
	plain, list := t.named("plain handler, same bytes"), t.named("PocketBase's record list")
	b.WriteString("| one group, one year | requests/s | median | p99 | bytes | of the plain handler | of the record list | processor time of one |\n|---|---|---|---|---|---|---|---|\n")
	for _, m := range t.runs {
		fmt.Fprintf(b, "| %s | %.0f | %.2f ms | %.2f ms | %d | %.2f× | %.1f× | %d µs |\n", m.name, m.PerSecond, milliseconds(m.P50), milliseconds(m.P99),
			m.Bytes, ratio(m, plain), ratio(m, list), m.each().Microseconds())
	}
}

// ratio is the median of what the rounds say: what is compared was driven one
// after the other, and a machine that does something else meanwhile slows both.
func ratio(m, other *measured) float64 {
	all := make([]float64, len(m.loads))
	for i := range all {
		all[i] = m.loads[i].PerSecond / other.loads[i].PerSecond
	}
	slices.Sort(all)
	return all[len(all)/2]
}

// grow shows requests a second by size.
func (r report) grow(b *strings.Builder) {
	b.WriteString("\n| requests/s")
	for _, t := range r.trials {
		fmt.Fprintf(b, " | %d × %d", t.groups, t.years)
	}
	b.WriteString(" |\n|---" + strings.Repeat("|---", len(r.trials)) + "|\n")
	for _, m := range r.trials[0].runs {
		fmt.Fprintf(b, "| %s", m.name)
		for _, t := range r.trials {
			fmt.Fprintf(b, " | %.0f", t.named(m.name).PerSecond)
		}
		b.WriteString(" |\n")
	}
	b.WriteString("| memory of a feed, each stream")
	for _, t := range r.trials {
		fmt.Fprintf(b, " | %.0f kB", float64(t.memory)/1000)
	}
	b.WriteString(" |\n\nA column is groups × years.\n")
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
