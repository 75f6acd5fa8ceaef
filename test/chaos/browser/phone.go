package main

import (
	"encoding/json"
	"fmt"
	"time"

	"folje/test/browser"
	"folje/test/town"
)

// phone is the parent's, in its present life.
type phone struct {
	r              browser.Reporter
	town           *town.Town
	folder, origin string

	profile *browser.Profile
	page    *town.Parent
	dies    chan struct{} // closed when the browser has been killed; nil while nobody means to
}

// opens starts the browser on what it had kept.
func (p *phone) opens() {
	p.r.Helper()
	p.profile, p.dies = browser.Open(p.r, p.folder), nil
	p.profile.Allow(browser.Request, "net::ERR_") // the network is bad on purpose
	device := browser.Phone()
	device.Locale = "sv"
	p.page = p.town.ParentOn(p.profile, device, "sv")
}

// joins follows the first invitation and waits for the last meeting.
func (p *phone) joins(meeting string) {
	p.r.Helper()
	p.opens()
	p.page.Navigate(p.origin + "/join#" + p.town.Ways.Invitations[0].Code)
	p.page.Chooses("sv")
	p.page.Click("button |= " + p.page.Say("join.submit"))
	p.page.WaitUntil(stored(`db.count('records', ` + literal(meeting) + `)`))
}

// wakesUp is the phone after its browser was killed.
func (p *phone) wakesUp() {
	p.r.Helper()
	<-p.dies
	p.opens()
	p.page.Navigate(p.origin + "/meetings")
	p.page.WaitFor("h1")
}

// diesIn kills the browser a little later.
func (p *phone) diesIn(d time.Duration) {
	profile, dies := p.profile, make(chan struct{})
	p.dies = dies
	time.AfterFunc(d, func() {
		profile.Kill()
		close(dies)
	})
}

// writes does what the parent's tap does, and reports whether the phone told
// her that it is kept.
func (p *phone) writes(w write, group string) bool {
	p.r.Helper()
	act := fmt.Sprintf(`own.wish(%s, %s)`, literal(group), literal(w.tag))
	if w.meeting != "" {
		act = fmt.Sprintf(`own.answer(%s, {status: %s, count: %d, childcare: 0, interpreter: null, note: %s})`,
			literal(w.meeting), literal(w.status), w.count, literal(w.tag))
	}
	_, err := browser.Try[bool](p.page.Page, `import('/js/data/own.js').then((own) => `+act+`).then(() => true)`)
	if err != nil && p.dies == nil {
		p.r.Fatalf("write %+v: %v", w, err)
	}
	return err == nil
}

// rests lets the page be for some milliseconds.
func (p *phone) rests(ms int) {
	p.r.Helper()
	browser.Eval[bool](p.page.Page, fmt.Sprintf(`new Promise((resolve) => setTimeout(resolve, %d, true))`, ms))
}

// sendsAll opens the app until nothing waits any more. Every opening tries
// again at once, over the same bad network.
func (p *phone) sendsAll() {
	p.r.Helper()
	for range 40 {
		p.page.WaitUntil(`import('/js/data/outbox.js').then((outbox) => outbox.flush({ hurry: true })).then(() => true)`)
		if browser.Eval[int](p.page.Page, stored(`db.count('outbox')`)) == 0 {
			return
		}
		p.page.Reload()
	}
	p.r.Errorf("the phone opened the app 40 times and could not send all")
}

// held is what the phone's database has of its operations.
type held struct {
	Device struct{ ID string }
	Outbox []operation
	Sent   []operation
}

// operation is one that the phone has, or had, in its outbox.
type operation struct {
	Op, Kind string
	Seq      int
	Body     struct{ Meeting, Status, Note, Text string }
}

// tag is the write's that it came from.
func (o operation) tag() string { return o.Body.Note + o.Body.Text }

func (p *phone) holds() (h held, err error) {
	text, err := browser.Try[string](p.page.Page, stored(`Promise.all([db.get('meta', 'device'), db.getAll('outbox'), db.getAll('sent')])
		.then(([Device, Outbox, Sent]) => JSON.stringify({ Device, Outbox, Sent }))`))
	if err != nil {
		return h, err
	}
	return h, json.Unmarshal([]byte(text), &h)
}

// stored asks the phone's database.
func stored(expression string) string {
	return `import('/js/data/db.js').then((m) => m.withDB((db) => ` + expression + `))`
}

// literal writes a string for JavaScript.
func literal(s string) string {
	raw, _ := json.Marshal(s) // a string is always JSON
	return string(raw)
}
