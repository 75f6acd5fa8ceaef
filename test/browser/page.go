package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
)

// Device is what a page runs on. The zero value of a field means the usual.
type Device struct {
	Width, Height int     // CSS pixels
	Scale         float64 // device pixels in one of them
	Touch         bool    // a finger instead of a mouse, and a phone's viewport
	UserAgent     string
	Locale        string // BCP 47; sv-SE if empty
	Timezone      string // Europe/Stockholm if empty
}

// Phone is a small phone, as parents' are.
func Phone() Device { return Device{Width: 360, Height: 740, Scale: 2, Touch: true} }

// Desktop is a preschool's shared computer.
func Desktop() Device { return Device{Width: 1280, Height: 800, Scale: 1} }

// Page is one tab. Its methods end the test when they can't do what they say.
type Page struct {
	profile *Profile
	session string
	target  string
	device  Device
}

// Page opens a tab on a device. One profile is one device: the last one opened
// decides what its workers say about themselves.
func (p *Profile) Page(d Device) *Page {
	p.reporter.Helper()
	page := &Page{profile: p, device: d.usual()}
	if err := page.open(); err != nil {
		p.reporter.Fatalf("open a page: %v", err)
	}
	return page
}

func (d Device) usual() Device {
	if d.Width == 0 {
		d.Width, d.Height = 1280, 800
	}
	if d.Scale == 0 {
		d.Scale = 1
	}
	if d.Locale == "" {
		d.Locale = "sv-SE"
	}
	if d.Timezone == "" {
		d.Timezone = "Europe/Stockholm"
	}
	return d
}

func (page *Page) open() error {
	p := page.profile
	ctx, cancel := p.browser.deadline(p.reporter.Context())
	defer cancel()
	var target struct {
		ID string `json:"targetId"`
	}
	create := map[string]any{"url": "about:blank", "browserContextId": p.context, "newWindow": true}
	if err := p.browser.conn.call(ctx, "", "Target.createTarget", create, &target); err != nil {
		return err
	}
	page.target = target.ID
	return page.attach()
}

// attach takes the tab in hand.
func (page *Page) attach() error {
	p := page.profile
	ctx, cancel := p.browser.deadline(p.reporter.Context())
	defer cancel()
	var attached struct {
		Session string `json:"sessionId"`
	}
	attach := map[string]any{"targetId": page.target, "flatten": true}
	if err := p.browser.conn.call(ctx, "", "Target.attachToTarget", attach, &attached); err != nil {
		return err
	}
	page.session = attached.Session
	return page.equip()
}

// equip makes the tab the device it stands for.
func (page *Page) equip() error {
	p, d := page.profile, page.device
	p.mu.Lock()
	p.agent = agent{UserAgent: d.UserAgent, AcceptLanguage: d.Locale}
	if d.UserAgent == "" {
		p.agent.UserAgent = p.browser.agent
		if d.Touch {
			p.agent.UserAgent = mobile(p.browser.agent)
			p.agent.Platform = "Linux armv8l"
		}
	}
	p.mu.Unlock()
	if err := p.watch(page.session, "page"); err != nil {
		return err
	}
	for _, c := range []struct {
		method string
		params map[string]any
	}{
		{"Page.enable", nil},
		{"Audits.enable", nil},
		{"Emulation.setTimezoneOverride", map[string]any{"timezoneId": d.Timezone}},
		{"Emulation.setLocaleOverride", map[string]any{"locale": strings.ReplaceAll(d.Locale, "-", "_")}},
		{"Emulation.setTouchEmulationEnabled", map[string]any{"enabled": d.Touch, "maxTouchPoints": 5}},
	} {
		if err := p.do(page.session, c.method, c.params); err != nil {
			return err
		}
	}
	if err := page.focus(true); err != nil {
		return err
	}
	return page.size(d.Width, d.Height)
}

// mobile turns a desktop's user agent into that of Chromium on a phone.
func mobile(agent string) string {
	_, after, _ := strings.Cut(agent, ")")
	return "Mozilla/5.0 (Linux; Android 10; K)" + strings.Replace(after, " Safari/", " Mobile Safari/", 1)
}

// Close closes the tab; the profile stays.
func (page *Page) Close() {
	page.reporter().Helper()
	if err := page.profile.do("", "Target.closeTarget", map[string]any{"targetId": page.target}); err != nil {
		page.fatal("close the page", err)
	}
}

// Profile answers whose tab it is.
func (page *Page) Profile() *Profile { return page.profile }

func (page *Page) reporter() Reporter { return page.profile.reporter }

// call makes one DevTools call in the tab.
func (page *Page) call(method string, params, out any) error {
	p := page.profile
	ctx, cancel := p.browser.deadline(p.reporter.Context())
	defer cancel()
	return p.browser.conn.call(ctx, page.session, method, params, out)
}

func (b *Browser) deadline(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, patience+patience/2)
}

// fatal ends the test with what was being done, where, what the page showed,
// and a picture of it among the test's artefacts.
func (page *Page) fatal(doing string, err error) {
	r := page.reporter()
	r.Helper()
	var seen struct{ URL, Text string }
	_ = page.evaluate(`({URL: location.href, Text: (document.body?.innerText ?? '').slice(0, 1500)})`, &seen)
	picture := filepath.Join(r.ArtifactDir(), strings.NewReplacer("/", "_", " ", "_").Replace(r.Name())+".png")
	if page.save(picture, false) != nil {
		picture = "none"
	}
	r.Fatalf("%s: %v\nat %s\npicture: %s\nthe page shows:\n%s", doing, err, seen.URL, picture, seen.Text)
}

type exceptionDetails struct {
	Text      string `json:"text"`
	URL       string `json:"url"`
	Line      int    `json:"lineNumber"`
	Exception struct {
		Description string `json:"description"`
		Value       any    `json:"value"`
	} `json:"exception"`
}

func (e exceptionDetails) String() string {
	if e.Exception.Description != "" {
		return e.Text + " " + e.Exception.Description
	}
	return fmt.Sprintf("%s %v at line %d", e.Text, e.Exception.Value, e.Line)
}

// evaluate runs an expression in the page, waits for its promise, and decodes
// the value into out, unless out is nil.
func (page *Page) evaluate(expression string, out any) error {
	var answer struct {
		Result struct {
			Value json.RawMessage `json:"value"`
		} `json:"result"`
		Exception *exceptionDetails `json:"exceptionDetails"`
	}
	err := page.call("Runtime.evaluate", map[string]any{
		"expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true,
	}, &answer)
	switch {
	case err != nil:
		return err
	case answer.Exception != nil:
		return errors.New("the page threw: " + answer.Exception.String())
	case out == nil || len(answer.Result.Value) == 0:
		return nil
	}
	if err := json.Unmarshal(answer.Result.Value, out); err != nil {
		return fmt.Errorf("decode %.200s: %w", answer.Result.Value, err)
	}
	return nil
}

func statusText(status int) string {
	return strconv.Itoa(status) + " " + http.StatusText(status)
}
