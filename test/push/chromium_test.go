package push_test

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
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
	notice := p.sees("push.letter_title")
	if !strings.HasSuffix(notice.Body, p.Say("push.letter_body")) {
		t.Errorf("the phone says more than that there is a letter: %+v", notice)
	}
	p.checksDirection()
	p.town.Stop()
	p.profile.Allow(browser.Request, "ERR_CONNECTION_REFUSED")
	p.screen.Press(notice)
	p.Page = p.profile.Opened(browser.Phone(), "/letters/"+id)
	p.WaitFor("article | Ta med en filt till gården.")
	p.Reload()
	p.WaitFor("article | Ta med en filt till gården.")
}

// With titles allowed the phone says the title in Arabic. A correction takes its
// place, a message that comes twice is seen once, and what is taken back leaves
// a neutral word. Nothing of all that is in the program's output or logs.
func TestLetterChanges(t *testing.T) {
	p := newParent(t)
	p.subscribes()
	p.Navigate(p.town.URL("/more/notifications"))
	p.chooses("quiet", "quiet === null")
	p.chooses("titles", "titles")
	p.closes()
	group, office := p.town.Ways.Invitations[0].Group, p.town.Office("editor")

	id := office.Writes(group, letter("Ta med en filt till gården."))
	if notice := p.sees("push.letter_title"); !strings.Contains(notice.Body, arabicTitle) {
		t.Errorf("with titles allowed the phone says %+v", notice)
	}
	office.Corrects(id, letter("Ta med en filt till gården, och något varmt."))
	p.sees("push.correction_title")
	messages := p.services.Wait(2)
	p.services.Repeat(messages[1])
	for range 3 {
		p.shown.Next()
	}
	p.sees("push.correction_title")
	office.Withdraws(id)
	if notice := p.sees("push.withdrawal_title"); strings.Contains(notice.Body, arabicTitle) {
		t.Errorf("of a letter that was taken back the phone says %+v", notice)
	}
	p.checksOutput(messages[0].Endpoint)
}

// checksOutput stops the server and looks through all that it has written but
// its database.
func (p *parent) checksOutput(endpoint string) {
	p.t.Helper()
	p.town.Stop()
	written := p.town.Server.Log()
	for _, name := range []string{"auxiliary.db", "auxiliary.db-wal"} {
		raw, err := os.ReadFile(filepath.Join(p.town.Server.Dir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			p.t.Fatal(err)
		}
		written += string(raw)
	}
	if !strings.Contains(written, "_logs") {
		p.t.Fatal("the logs are elsewhere")
	}
	for _, secret := range []string{path.Base(endpoint), swedishTitle, arabicTitle} {
		if strings.Contains(written, secret) {
			p.t.Errorf("the program wrote down %q", secret)
		}
	}
}

// A server whose key changed gets the phone's new subscription when the app is
// opened, and a phone that is told never to ring says how that is undone.
func TestPhoneIsReachedAgain(t *testing.T) {
	p := newParent(t)
	p.subscribes()
	p.tries()
	before := p.services.Wait(1)[0]
	p.town.Stop()
	if _, err := p.town.Server.Run(t.Context(), "push", "rotate"); err != nil {
		t.Fatal(err)
	}
	p.town.Start()
	p.Navigate(p.town.URL("/more/notifications"))
	p.WaitUntil("navigator.serviceWorker.ready.then((r) => r.pushManager.getSubscription()).then((s) => s && s.endpoint.endsWith('" +
		path.Base(before.Endpoint) + "') === false)")
	p.Click("[data-action=test]")
	p.WaitFor("[data-trial=arrived]")
	if after := p.services.Wait(2)[1]; after.Key == before.Key || after.Endpoint == before.Endpoint {
		t.Errorf("with a new key the phone is reached at %s with %s", after.Endpoint, after.Key)
	}
	p.profile.Permit(p.town.Server.Origin, browser.Denied, "notifications")
	p.Reload()
	p.WaitFor("[data-push=denied]")
	p.WaitFor("h2 | " + p.Say("notify.allow_title"))
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
	p.screen.Press(p.sees("push.test.title"))
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

// checksDirection asks the browser, from a page that is not the app, how it
// shows what it shows: the desktop is not told.
func (p *parent) checksDirection() {
	p.t.Helper()
	page := p.profile.Page(browser.Phone())
	page.Navigate(p.town.URL("/healthz"))
	got := browser.Eval[[][]string](page, "navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) => all.map((n) => [n.lang, n.dir]))")
	if len(got) != 1 || got[0][0] != "ar" || got[0][1] != "rtl" {
		p.t.Errorf("the notifications' language and direction are %q", got)
	}
	page.Close()
}

// sees waits until one notification is on the screen, with this message as its
// title, and answers it.
func (p *parent) sees(title string) desktop.Notice {
	p.t.Helper()
	want := p.Say(title)
	found := p.screen.Await("the words "+want, func(n []desktop.Notice) bool { return len(n) == 1 && n[0].Title == want })
	return found[0]
}
