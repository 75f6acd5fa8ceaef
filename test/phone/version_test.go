package phone_test

import (
	"fmt"
	"testing"

	"folje/test/browser"
)

const shell = `caches.keys().then((names) => names.find((n) => n.startsWith('folje-shell-')) ?? '')`

// controlled gives a phone whose app comes from its worker, with the views
// that nobody has opened yet.
func (s *server) controlled(t *testing.T) *phone {
	t.Helper()
	p := s.phone(t, "sv")
	p.Profile().Allow(browser.Request, "ERR_FAILED") // what a reload cuts off
	p.WaitUntil("caches.match('/js/parent/more.js')")
	p.Reload()
	p.WaitUntil("navigator.serviceWorker.controller")
	p.WaitFor("main[data-view=letters]")
	return p
}

// offered makes the server's version newer and waits until the phone says so.
func (p *phone) offered(t *testing.T) {
	t.Helper()
	p.s.turnsNewer(false)
	browser.Eval[any](p.Page, "navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => null)")
	p.WaitFor("[data-line=update]")
	browser.Eval[any](p.Page, "void (window.old = true)")
}

// The views that are not needed for the first letter are there without a
// network once the first letters are.
func TestTheOtherViewsAreKept(t *testing.T) {
	s := newServer(t, "a")
	p := s.controlled(t)
	p.Profile().Allow(browser.Request, "ERR_INTERNET_DISCONNECTED")
	p.Profile().Offline(true)
	for _, place := range []string{"meetings", "more", "letters"} {
		p.Click(".bottombar a[href='/" + place + "']")
		p.WaitFor("main[data-view=" + place + "]")
	}
}

// A page of one version opens a view that it has not fetched yet after the
// server went on to the next one, with that view's own files.
func TestAnOldPageOpensAnotherView(t *testing.T) {
	s := newServer(t, "a")
	p := s.controlled(t)
	name := browser.Eval[string](p.Page, shell)
	browser.Eval[any](p.Page, fmt.Sprintf(`caches.open(%q).then((cache) => cache.delete('/js/parent/more.js')).then(() => null)`, name))
	s.turnsNewer(false)
	p.Click(".bottombar a[href='/more']")
	p.WaitFor("main[data-view=more] h1")
	text := browser.Eval[string](p.Page, fmt.Sprintf(`caches.match('/js/parent/more.js', { cacheName: %q }).then((a) => a.text())`, name))
	if len(text) == 0 || text[:2] != "/*" || text[:11] == "/* newer */" {
		t.Errorf("the view is of %.20q", text)
	}
	if same := browser.Eval[bool](p.Page, `import('/js/data/db.js').then(async ({ openDB }) => (await openDB()) === (await openDB()))
		.then((same) => same && performance.getEntriesByType('resource').every((r) => !r.name.includes('/builds/')))`); !same {
		t.Error("the view runs modules of its own beside the page's")
	}
}

// When the server has forgotten the page's version, none of another's files is
// given to it; a page loaded anew with nothing kept is all of the newer one.
func TestAVersionThatIsGone(t *testing.T) {
	s := newServer(t, "a")
	p := s.controlled(t)
	p.Profile().Allow(browser.Request, "/builds/")
	p.Profile().Allow(browser.Request, "/js/parent/more.js")
	p.Profile().Allow(browser.Console, "more.js")
	name := browser.Eval[string](p.Page, shell)
	browser.Eval[any](p.Page, fmt.Sprintf(`caches.open(%q).then((cache) => cache.delete('/js/parent/more.js')).then(() => null)`, name))
	s.turnsNewer(true)
	p.Click(".bottombar a[href='/more']")
	p.WaitFor("main[data-view=unreached]")
	browser.Eval[any](p.Page, `caches.keys().then((names) => Promise.all(names.map((n) => caches.delete(n)))).then(() => null)`)
	p.Navigate(s.URL + "/more")
	p.WaitFor("main[data-view=more] h1")
	expect(t, "the script of the page", browser.Eval[string](p.Page, `fetch('/js/parent/more.js').then((a) => a.text()).then((text) => text.slice(0, 11))`), "/* newer */")
}

// The newer version takes over at the first tap, also when the phone is asking
// the server for one thing after the other just then.
func TestTheNewerVersionComesWhileThePhoneSyncs(t *testing.T) {
	s := newServer(t, "a")
	p := s.controlled(t)
	p.offered(t)
	browser.Eval[any](p.Page, `void addEventListener('click', () => {
		for (let i = 0; i < 60; i++) setTimeout(() => fetch('/api/folje/v1/hello').catch(() => {}), i * 5)
	}, { capture: true })`)
	p.Click("[data-line=update] button")
	p.WaitUntil("!window.old")
	expect(t, "the version", browser.Eval[string](p.Page, shell), "folje-shell-newer")
}

// The newer version takes over when the sync under way has ended, and isn't kept
// waiting by one that doesn't end.
func TestTheNewerVersionLetsASyncEnd(t *testing.T) {
	for name, ends := range map[string]bool{"it ends": true, "it hangs": false} {
		t.Run(name, func(t *testing.T) {
			s := newServer(t, "a")
			p := s.controlled(t)
			p.offered(t)
			letGo, begun := s.stalls(t, "GET feeds/a")
			browser.Eval[any](p.Page, `void import('/js/data/schedule.js').then((schedule) => schedule.syncNow())`)
			<-begun
			if asked := browser.Eval[int](p.Page, taps); asked != 0 {
				t.Error("the newer version is to take over in the middle of a sync")
			}
			if ends {
				letGo()
			}
			p.WaitUntil("!window.old")
			expect(t, "the version", browser.Eval[string](p.Page, shell), "folje-shell-newer")
		})
	}
}

// taps takes the newer version, and says how often it was told to take over by
// the end of the tap.
const taps = `(async () => {
	let asked = 0
	const post = ServiceWorker.prototype.postMessage
	ServiceWorker.prototype.postMessage = function (...all) {
		if (all[0] === 'take over') asked++
		return post.apply(this, all)
	}
	document.querySelector('[data-line=update] button').click()
	await new Promise((resolve) => {
		const { port1, port2 } = new MessageChannel()
		port1.onmessage = resolve
		port2.postMessage(null)
	})
	return asked
})()`

// While the old version still has something to do, a second tap changes
// nothing; nobody's text is in the way.
func TestASecondTapForTheNewerVersion(t *testing.T) {
	s := newServer(t, "a")
	letGo := s.holds(t, "/vendor/lit-html/LICENSE")
	p := s.controlled(t)
	p.offered(t)
	browser.Eval[any](p.Page, "void fetch('/vendor/lit-html/LICENSE').catch(() => {})")
	browser.Eval[any](p.Page, `void navigator.serviceWorker.addEventListener('message', ({ data }) => sessionStorage.setItem('said', data))`)
	for range 3 {
		p.Click("[data-line=update] button")
		p.syncs()
	}
	letGo()
	p.WaitUntil("!window.old")
	expect(t, "the worker said", browser.Eval[string](p.Page, `sessionStorage.getItem('said') ?? ''`), "")
}
