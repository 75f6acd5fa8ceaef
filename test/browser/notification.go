package browser

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Setting is what a person answered when a site asked for something.
type Setting string

// The settings.
const (
	Granted Setting = "granted"
	Denied  Setting = "denied"
	Prompt  Setting = "prompt" // not asked yet
)

// Permit answers for the person, now and when a site asks later, by the names
// of the Permissions API, such as notifications.
func (p *Profile) Permit(origin string, s Setting, names ...string) {
	p.reporter.Helper()
	for _, name := range names {
		permission := map[string]any{"name": name}
		if name == "push" {
			permission["userVisibleOnly"] = true
		}
		err := p.do("", "Browser.setPermission", map[string]any{
			"origin": origin, "permission": permission, "setting": s, "browserContextId": p.context,
		})
		if err != nil {
			p.reporter.Fatalf("permit %s: %v", name, err)
		}
	}
}

// Notifications are those that the browser has shown from a moment on, as it
// writes them down itself. Asking a worker for its notifications instead would
// miss one in three, for it races with showing them.
type Notifications struct {
	page *Page
	seen int
}

// Notification is one that was shown.
type Notification struct{ Title, Body string }

// Notifications begins to watch what the page's profile shows, for any site
// and whether the site has a page open or not.
func (page *Page) Notifications() *Notifications {
	page.reporter().Helper()
	for _, c := range []struct {
		method string
		params map[string]any
	}{
		{"BackgroundService.setRecording", map[string]any{"service": "notifications", "shouldRecord": true}},
		{"BackgroundService.startObserving", map[string]any{"service": "notifications"}},
	} {
		if err := page.call(c.method, c.params, nil); err != nil {
			page.fatal("watch notifications", err)
		}
	}
	p := page.profile
	p.mu.Lock()
	defer p.mu.Unlock()
	return &Notifications{page, len(p.shown)}
}

// Next waits for the next notification.
func (n *Notifications) Next() Notification {
	n.page.reporter().Helper()
	p := n.page.profile
	end := time.After(patience)
	for {
		p.mu.Lock()
		shown, news := slices.Clone(p.shown[n.seen:]), p.news
		p.mu.Unlock()
		if len(shown) > 0 {
			n.seen++
			return shown[0]
		}
		select {
		case <-news:
		case <-end:
			n.page.fatal("wait for a notification", fmt.Errorf("none in %v", patience))
		}
	}
}

// recorded keeps what the browser wrote down about a notification.
func (p *Profile) recorded(params json.RawMessage) {
	var r struct {
		Event struct {
			Name     string `json:"eventName"`
			Metadata []struct {
				Key   string `json:"key"`
				Value string `json:"value"`
			} `json:"eventMetadata"`
		} `json:"backgroundServiceEvent"`
	}
	if json.Unmarshal(params, &r) != nil || r.Event.Name != "Notification displayed" {
		return
	}
	var n Notification
	for _, m := range r.Event.Metadata {
		switch m.Key {
		case "Title":
			n.Title = m.Value
		case "Body":
			n.Body = m.Value
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shown = append(p.shown, n)
	close(p.news)
	p.news = make(chan struct{})
}
