package browser

import (
	"context"
	"encoding/json"
)

// worker is what DevTools call a service worker's target.
const worker = "service_worker"

// do makes one call whose answer does not matter, within the usual patience.
func (p *Profile) do(session, method string, params any) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return p.browser.conn.call(ctx, session, method, params, nil)
}

// watch makes a page's or a worker's session tell what happens in it.
func (p *Profile) watch(session, kind string) error {
	p.browser.mu.Lock()
	p.browser.sessions[session] = p
	p.browser.mu.Unlock()
	p.mu.Lock()
	p.sessions[session] = kind
	off, agent := p.offline, p.agent
	p.mu.Unlock()
	domains := []string{"Network.enable", "Runtime.enable", "Log.enable"}
	if kind == worker {
		domains = append(domains, "Inspector.enable") // it tells when the worker runs again
	}
	for _, domain := range domains {
		if err := p.do(session, domain, nil); err != nil {
			return err
		}
	}
	if err := p.do(session, "Network.setUserAgentOverride", agent); err != nil {
		return err
	}
	if off {
		return p.cut(session, true)
	}
	return nil
}

// handle sends an event to the profile it belongs to.
func (b *Browser) handle(m message) {
	switch m.Method {
	case "Target.attachedToTarget":
		b.attached(m.Params)
	case "Target.detachedFromTarget":
		b.detached(m.Params)
	case "Inspector.targetReloadedAfterCrash":
		b.runs(m.Session)
	default:
		b.mu.Lock()
		p := b.sessions[m.Session]
		b.mu.Unlock()
		if p != nil {
			p.observe(m)
		}
	}
}

// attached lets a new service worker run, watched when its profile is known.
func (b *Browser) attached(params json.RawMessage) {
	var a struct {
		Session string `json:"sessionId"`
		Waiting bool   `json:"waitingForDebugger"`
		Target  struct {
			Type    string `json:"type"`
			Context string `json:"browserContextId"`
		} `json:"targetInfo"`
	}
	if json.Unmarshal(params, &a) != nil || a.Target.Type != worker {
		return
	}
	b.mu.Lock()
	p := b.profiles[a.Target.Context]
	b.mu.Unlock()
	if p != nil {
		// A worker that ended meanwhile can't be watched, and need not be.
		_ = p.watch(a.Session, a.Target.Type)
	}
	b.runs(a.Session)
}

// runs lets a worker run that waits for who watches it: when it is new, and
// each time that it starts again after it was stopped. Chromium tells the latter
// as the end of a crash; without an answer the worker waits for ever, and so do
// a newer one that is to replace it and whoever asked for that.
func (b *Browser) runs(session string) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_ = b.conn.call(ctx, session, "Runtime.runIfWaitingForDebugger", nil, nil)
}

func (b *Browser) detached(params json.RawMessage) {
	var d struct {
		Session string `json:"sessionId"`
	}
	if json.Unmarshal(params, &d) != nil {
		return
	}
	b.mu.Lock()
	p := b.sessions[d.Session]
	delete(b.sessions, d.Session)
	b.mu.Unlock()
	if p != nil {
		p.mu.Lock()
		delete(p.sessions, d.Session)
		p.mu.Unlock()
	}
}
