package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"folje/test/browser"
)

// runs is how often a page is measured; the median counts, since a busy
// machine spoils a single run.
const runs = 3

// visit is one page and its scores.
type visit struct {
	name, url string
	port      string // of a running browser that has been there, or "" for a new one
	scores    scores
}

type scores struct {
	Performance, Accessibility, Practices float64
	FirstPaint, LargestPaint, Blocking    string
}

// spare is how many runs may fail: Lighthouse loses a trace now and then.
const spare = 2

func (v *visit) measure(ctx context.Context, folder string) error {
	var all []scores
	for failed := 0; len(all) < runs; {
		err := v.once(ctx, filepath.Join(folder, "report.json"))
		switch {
		case err == nil:
			all = append(all, v.scores)
		case failed == spare || ctx.Err() != nil:
			return fmt.Errorf("measure %s: %w", v.name, err)
		default:
			failed++
		}
	}
	slices.SortFunc(all, func(a, b scores) int { return cmp.Compare(a.Performance, b.Performance) })
	v.scores = all[runs/2]
	return nil
}

func (v *visit) once(ctx context.Context, report string) error {
	chrome, err := browser.Find()
	if err != nil {
		return err
	}
	npx := exec.CommandContext(ctx, "npx", v.command(report)...)
	npx.Env = append(os.Environ(), "CHROME_PATH="+chrome)
	if out, err := npx.CombinedOutput(); err != nil {
		return fmt.Errorf("run Lighthouse: %w\n%s", err, out)
	}
	raw, err := os.ReadFile(report)
	if err != nil {
		return fmt.Errorf("read Lighthouse's report: %w", err)
	}
	return v.read(raw)
}

// command is how Lighthouse is asked.
func (v *visit) command(report string) []string {
	args := []string{
		"--yes", "lighthouse@12.8.2", v.url, "--form-factor=mobile", "--quiet",
		"--only-categories=performance,accessibility,best-practices", "--output=json", "--output-path=" + report,
	}
	if v.port != "" {
		return append(args, "--port="+v.port, "--disable-storage-reset")
	}
	return append(args, "--chrome-flags=--headless=new --no-sandbox --disable-gpu")
}

func (v *visit) read(raw []byte) error {
	var report struct {
		Categories map[string]struct {
			Score *float64 `json:"score"`
		} `json:"categories"`
		Audits map[string]struct {
			Display string `json:"displayValue"`
		} `json:"audits"`
	}
	if err := json.Unmarshal(raw, &report); err != nil {
		return fmt.Errorf("decode Lighthouse's report: %w", err)
	}
	for name, score := range map[string]*float64{
		"performance": &v.scores.Performance, "accessibility": &v.scores.Accessibility, "best-practices": &v.scores.Practices,
	} {
		got := report.Categories[name].Score
		if got == nil {
			return fmt.Errorf("no score from Lighthouse for %s", name)
		}
		*score = *got
	}
	shown := func(audit string) string { return strings.ReplaceAll(report.Audits[audit].Display, " ", " ") }
	v.scores.FirstPaint, v.scores.LargestPaint = shown("first-contentful-paint"), shown("largest-contentful-paint")
	v.scores.Blocking = shown("total-blocking-time")
	return nil
}

func (v visit) String() string {
	s := v.scores
	return fmt.Sprintf("%-16s performance %.2f  accessibility %.2f  best practices %.2f  (first paint %s, largest %s, blocked %s)",
		v.name, s.Performance, s.Accessibility, s.Practices, s.FirstPaint, s.LargestPaint, s.Blocking)
}

func (v visit) tooLow() error {
	s := v.scores
	if min(s.Performance, s.Accessibility, s.Practices) >= floor {
		return nil
	}
	return fmt.Errorf("%s is below %.2f", v.name, floor)
}
