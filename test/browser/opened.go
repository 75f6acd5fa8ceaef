package browser

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Opened waits until the profile has a tab, which the test did not open, whose
// address contains part, and takes it over. A person opens such tabs by
// pressing a notification.
func (p *Profile) Opened(d Device, part string) *Page {
	p.reporter.Helper()
	for end := time.Now().Add(patience); ; {
		target, err := p.find(part)
		if target != "" {
			page := &Page{profile: p, device: d.usual(), target: target}
			if err := page.attach(); err != nil {
				p.reporter.Fatalf("take over the page at %s: %v", part, err)
			}
			return page
		}
		if time.Now().After(end) {
			p.reporter.Fatalf("no page at %s was opened in %v: %v", part, patience, err)
		}
		p.breathe()
	}
}

// breathe lets the browser work between two questions: DevTools has no event
// for what is asked.
func (p *Profile) breathe() {
	select {
	case <-time.After(20 * time.Millisecond):
	case <-p.reporter.Context().Done():
	}
}

// find answers the tab whose address contains part, or nothing.
func (p *Profile) find(part string) (string, error) {
	ctx, cancel := context.WithTimeout(p.reporter.Context(), patience)
	defer cancel()
	var targets struct {
		TargetInfos []struct {
			ID      string `json:"targetId"`
			Type    string `json:"type"`
			URL     string `json:"url"`
			Context string `json:"browserContextId"`
		} `json:"targetInfos"`
	}
	if err := p.browser.conn.call(ctx, "", "Target.getTargets", nil, &targets); err != nil {
		return "", err
	}
	var seen []string
	for _, t := range targets.TargetInfos {
		if t.Type == "page" && t.Context == p.context && strings.Contains(t.URL, part) {
			return t.ID, nil
		}
		seen = append(seen, t.Type+" "+t.URL)
	}
	return "", fmt.Errorf("there are %q", seen)
}
