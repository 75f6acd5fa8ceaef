package browser

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"
)

// patience bounds every single wait. It is long, because only a failing test
// ever waits for all of it and the machine may be busy.
const patience = time.Minute

// Profile is one person's browser: its storage is nobody else's.
type Profile struct {
	browser  *Browser
	reporter Reporter
	context  string // DevTools' browser context
	own      bool   // made by Browser.Profile, thrown away at the end
	once     sync.Once

	mu       sync.Mutex
	agent    agent
	offline  bool
	sessions map[string]string // of pages and workers, with what they are
	traffic  traffic
	faults   []Fault
	allowed  []Fault
	refuse   bool // dialogs
	dialogs  []string
	shown    []Notification
	news     chan struct{} // closed when one more was shown
}

// agent is what the browser says about itself in its requests.
type agent struct {
	UserAgent      string `json:"userAgent"`
	AcceptLanguage string `json:"acceptLanguage,omitempty"`
	Platform       string `json:"platform,omitempty"`
}

// Open launches an installed Chromium, with extra flags, on the folder's
// lasting profile and closes both with the test. It skips the test where there
// is no Chromium.
func Open(r Reporter, folder string, flags ...string) *Profile {
	r.Helper()
	path := Require(r)
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	b, err := Launch(ctx, path, folder, flags...)
	if err != nil {
		r.Fatalf("%v", err)
	}
	r.Cleanup(b.Close)
	id, err := b.lasting(ctx)
	if err != nil {
		r.Fatalf("find the lasting profile: %v", err)
	}
	return b.adopt(r, id, false)
}

// lasting answers the context of the profile that lies in the folder.
func (b *Browser) lasting(ctx context.Context) (string, error) {
	var targets struct {
		TargetInfos []struct {
			Type    string `json:"type"`
			Context string `json:"browserContextId"`
		} `json:"targetInfos"`
	}
	if err := b.conn.call(ctx, "", "Target.getTargets", nil, &targets); err != nil {
		return "", err
	}
	for _, t := range targets.TargetInfos {
		if t.Type == "page" && t.Context != "" {
			return t.Context, nil
		}
	}
	return "", fmt.Errorf("no page among %d targets", len(targets.TargetInfos))
}

// Profile makes a fresh profile inside a browser that others may share. It is
// thrown away at the end of the test.
func (b *Browser) Profile(r Reporter) *Profile {
	r.Helper()
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	var made struct {
		ID string `json:"browserContextId"`
	}
	if err := b.conn.call(ctx, "", "Target.createBrowserContext", map[string]any{"disposeOnDetach": true}, &made); err != nil {
		r.Fatalf("make a profile: %v", err)
	}
	return b.adopt(r, made.ID, true)
}

func (b *Browser) adopt(r Reporter, id string, own bool) *Profile {
	p := &Profile{
		browser: b, reporter: r, context: id, own: own,
		agent: agent{UserAgent: b.agent}, sessions: map[string]string{}, traffic: newTraffic(),
		news: make(chan struct{}),
	}
	b.mu.Lock()
	b.profiles[id] = p
	b.mu.Unlock()
	r.Cleanup(p.Close)
	return p
}

// Close ends the profile's pages and fails the test for every fault that was
// not allowed. A lasting profile's browser ends too; its folder stays.
func (p *Profile) Close() {
	p.once.Do(func() {
		p.reporter.Helper()
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		_ = p.browser.conn.settle(ctx)
		for _, fault := range p.Faults() {
			p.reporter.Errorf("the page had a fault: %s", fault)
		}
		if !p.own {
			p.browser.Close()
			return
		}
		_ = p.browser.conn.call(ctx, "", "Target.disposeBrowserContext", map[string]any{"browserContextId": p.context}, nil)
		p.browser.mu.Lock()
		delete(p.browser.profiles, p.context)
		p.browser.mu.Unlock()
	})
}

// Offline cuts the network of all pages and workers of the profile, those that
// come later too, or gives it back.
func (p *Profile) Offline(off bool) {
	p.reporter.Helper()
	p.mu.Lock()
	p.offline = off
	sessions := slices.Collect(maps.Keys(p.sessions))
	p.mu.Unlock()
	for _, session := range sessions {
		if err := p.cut(session, off); err != nil {
			p.reporter.Fatalf("switch the network: %v", err)
		}
	}
}

func (p *Profile) cut(session string, off bool) error {
	conditions := map[string]any{"offline": off, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
	if err := p.do(session, "Network.emulateNetworkConditions", conditions); err != nil {
		return err
	}
	return p.do(session, "Network.overrideNetworkState", conditions)
}

// Grant gives an origin permissions that a person would have been asked for,
// by DevTools' names, such as clipboardReadWrite.
func (p *Profile) Grant(origin string, permissions ...string) {
	p.reporter.Helper()
	err := p.do("", "Browser.grantPermissions", map[string]any{
		"origin": origin, "permissions": permissions, "browserContextId": p.context,
	})
	if err != nil {
		p.reporter.Fatalf("grant %v: %v", permissions, err)
	}
}
