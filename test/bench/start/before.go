package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// buildBoth makes the program as it is and as it was in another checkout, both
// as a release makes them.
func buildBoth(ctx context.Context, root, before, folder string) ([]*program, error) {
	var all []*program
	for name, from := range map[string]string{"now": root, "before": before} {
		p := &program{name: name, binary: filepath.Join(folder, name), ready: "/readyz", folder: filepath.Join(folder, name+"-data"),
			flags: []string{"--admin", "127.0.0.1:0", "--hooks", filepath.Join(root, "pb_hooks")}}
		c := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", "-s -w", "-o", p.binary, ".")
		c.Dir, c.Env = from, append(os.Environ(), "CGO_ENABLED=0")
		if out, err := c.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("build %s: %w\n%s", name, err, out)
		}
		info, err := os.Stat(p.binary)
		if err != nil {
			return nil, fmt.Errorf("look at the program: %w", err)
		}
		p.size = info.Size()
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b *program) int { return strings.Compare(b.name, a.name) }) // now, before
	return all, nil
}

// compared is the table of the two.
func compared(now time.Time, all []*program) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %s with `go run ./test/bench/start -before FOLDER`: medians of %d starts in turn, on a folder that has its database, the processor time until the first answer, and the resident memory %v later; own memory is without pages of the program's file.\n\n",
		now.Format(time.DateOnly), rounds, idle)
	b.WriteString("| program | first answer after | quickest | processor time | memory | own memory | size of the program |\n|---|---|---|---|---|---|---|\n")
	for _, p := range all {
		fmt.Fprintf(&b, "| %s | %d ms | %d ms | %d ms | %.1f MB | %.1f MB | %.1f MB |\n", p.name,
			median(p.starts).Milliseconds(), slices.Min(p.starts).Milliseconds(), median(p.busy).Milliseconds(),
			mega(median(p.memory)), mega(median(p.own)), mega(p.size))
	}
	is, was := all[0], all[1]
	fmt.Fprintf(&b, "| now ÷ before | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |\n",
		over(median(is.starts), median(was.starts)), over(slices.Min(is.starts), slices.Min(was.starts)), over(median(is.busy), median(was.busy)),
		over(median(is.memory), median(was.memory)), over(median(is.own), median(was.own)), over(is.size, was.size))
	return b.String()
}

func over[T ~int64](a, b T) float64 { return float64(a) / float64(b) }
