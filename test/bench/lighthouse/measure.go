package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"folje/test/demo"
)

// visit is one page and its scores.
type visit struct {
	name, url string
	scores    scores
}

type scores struct {
	Performance, Accessibility, Practices float64
	FirstPaint, LargestPaint, Blocking    string
}

// visits answers the pages that a phone sees first.
func visits(s *demo.Server) ([]visit, error) {
	m, err := s.Manifest()
	if err != nil {
		return nil, err
	}
	if len(m.Invitations) == 0 {
		return nil, fmt.Errorf("the demonstration invites nobody")
	}
	return []visit{
		{name: "first visit", url: s.Origin + "/"},
		{name: "invitation", url: s.Origin + "/join#" + url.PathEscape(m.Invitations[0].Code)},
		{name: "staff's sign-in", url: s.Origin + "/staff/"},
	}, nil
}

// command is how Lighthouse is asked, without the address.
func command(report string) []string {
	return []string{
		"--yes", "lighthouse@12.8.2", "--form-factor=mobile", "--only-categories=performance,accessibility,best-practices",
		"--output=json", "--output-path=" + report, "--quiet", "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
	}
}

func (v *visit) measure(ctx context.Context, chrome, folder string) error {
	report := filepath.Join(folder, "report.json")
	npx := exec.CommandContext(ctx, "npx", append(command(report), v.url)...)
	npx.Env = append(os.Environ(), "CHROME_PATH="+chrome)
	if out, err := npx.CombinedOutput(); err != nil {
		return fmt.Errorf("measure %s: %w\n%s", v.name, err, out)
	}
	raw, err := os.ReadFile(report)
	if err != nil {
		return fmt.Errorf("read Lighthouse's report: %w", err)
	}
	return v.read(raw)
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
			return fmt.Errorf("measure %s: Lighthouse gave no score for %s", v.name, name)
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
