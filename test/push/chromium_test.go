package push_test

import (
	"path/filepath"
	"testing"

	"folje/test/browser"
	"folje/test/push/desktop"
	"folje/test/push/service"
	"folje/test/town"
)

// parent is somebody whose phone rings in Arabic.
type parent struct {
	*town.Parent
	t        *testing.T
	town     *town.Town
	services *service.Services
	screen   *desktop.Desktop
	profile  *browser.Profile
	observer *browser.Page
	shown    *browser.Notifications
}

func newParent(t *testing.T) *parent {
	t.Helper()
	browser.Require(t)
	p := &parent{t: t, screen: desktop.Start(t), services: service.Start(t)}
	p.town = shop.Reaching(t, p.services.Environ())
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the services took %d messages, and refused %v", len(p.services.Messages()), p.services.Refusals())
		}
	})
	p.profile = browser.Open(t, filepath.Join(t.TempDir(), "phone"), p.services.Chromium()...)
	p.observer = p.profile.Page(browser.Phone())
	p.shown = p.observer.Notifications()
	p.open()
	return p
}

func (p *parent) open() {
	phone := browser.Phone()
	phone.Locale = "ar"
	p.Parent = p.town.ParentOn(p.profile, phone, "ar")
}

// A parent reads a letter, is asked, says yes, and tries it out; then the app
// is closed, and her phone rings in Arabic without saying what about. When the
// server is gone right after that, pressing what stands there opens the letter.
func TestLetterRings(t *testing.T) {
	p := newParent(t)
	p.subscribes()
	p.tries()
	group, office := p.town.Ways.Invitations[0].Group, p.town.Office("editor")

	p.closes()
	id := office.Writes(group, letter("Ta med en filt till gården."))
	notice := p.sees("push.letter_title", "push.letter_body")
	p.town.Stop()
	p.profile.Allow(browser.Request, "ERR_CONNECTION_REFUSED")
	p.screen.Press(notice)
	p.Page = p.profile.Opened(browser.Phone(), "/letters/"+id)
	p.WaitFor("article | Ta med en filt till gården.")
	p.Reload()
	p.WaitFor("article | Ta med en filt till gården.")
}

// subscribes joins, reads a letter and says yes below it.
func (p *parent) subscribes() {
	p.t.Helper()
	p.Joins(p.town.Ways.Invitations[0].Code)
	p.Click("a.letter-row:has(h2[dir=rtl])")
	p.WaitFor("[data-asking=off]")
	p.profile.Permit(p.town.Server.Origin, browser.Granted, "notifications")
	p.Click("[data-action=ring]")
	p.WaitFor("[data-asking=on]")
}

// tries lets the phone ring at any hour and has a message sent to it.
func (p *parent) tries() {
	p.t.Helper()
	p.Navigate(p.town.URL("/more/notifications"))
	p.WaitFor("[data-push=on]")
	p.chooses("quiet", "quiet === null")
	p.Click("[data-action=test]")
	p.WaitFor("[data-trial=arrived]")
	p.screen.Press(p.sees("push.test.title", "push.test.body"))
	p.screen.Await("nothing", func(n []desktop.Notice) bool { return len(n) == 0 })
}

// chooses ticks or unticks a box, and waits until the server knows.
func (p *parent) chooses(box, chosen string) {
	p.t.Helper()
	p.Click("input[name=" + box + "]")
	p.WaitUntil(settled(chosen))
}

// closes leaves the app, and the phone puts its worker to sleep.
func (p *parent) closes() {
	p.t.Helper()
	p.Close()
	p.observer.StopWorkers()
}

// sees waits until the only thing on the screen are these messages.
func (p *parent) sees(title, body string) desktop.Notice {
	p.t.Helper()
	want := p.Say(title)
	found := p.screen.Await("the words "+want, func(n []desktop.Notice) bool { return len(n) == 1 && n[0].Title == want })
	return found[0]
}
