package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"
)

// The table stands between these lines; all else in the file is left alone.
const (
	begins = "<!-- lighthouse: written by go run ./test/bench/lighthouse -->"
	ends   = "<!-- /lighthouse -->"
)

// record puts the scores into the file's table, making what is missing.
func record(path string, now time.Time, pages []visit) error {
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read the record: %w", err)
	}
	if err := os.WriteFile(path, []byte(replace(string(old), table(now, pages))), 0o644); err != nil {
		return fmt.Errorf("write the record: %w", err)
	}
	return nil
}

// replace answers text with its table exchanged, or added at the end.
func replace(text, table string) string {
	before, rest, found := strings.Cut(text, begins)
	_, after, closed := strings.Cut(rest, ends)
	if !found || !closed {
		before, after = strings.TrimRight(text, "\n")+"\n\n", "\n"
	}
	return before + begins + "\n" + table + ends + after
}

func table(now time.Time, pages []visit) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s with `go run ./test/bench/lighthouse` (Lighthouse 12.8.2, mobile, its own slow network and processor).\n\n", now.Format(time.DateOnly))
	b.WriteString("| page | performance | accessibility | best practices | first paint | largest paint | blocked |\n|---|---|---|---|---|---|---|\n")
	for _, p := range pages {
		s := p.scores
		fmt.Fprintf(&b, "| %s | %.2f | %.2f | %.2f | %s | %s | %s |\n",
			p.name, s.Performance, s.Accessibility, s.Practices, s.FirstPaint, s.LargestPaint, s.Blocking)
	}
	b.WriteString("\n")
	return b.String()
}
