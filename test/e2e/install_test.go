package e2e_test

import (
	"testing"

	"folje/test/browser"
)

// installed makes a page believe that it is an app on an iPhone's home screen.
const installed = `(Object.defineProperty(navigator, 'standalone', { get: () => true }), null)`

// What a parent's Safari knows is unknown to the app that she puts on her home
// screen; the address it begins at lets it into the same groups, once, and is
// its beginning from then on.
func TestTheInstalledAppJoins(t *testing.T) {
	w := shop.Beside(t)
	safari := w.Parent("ar")
	safari.Joins(w.Invitation("Blåsippan").Code)
	safari.Navigate(w.URL("/start"))
	safari.Click("button |= " + safari.Say("notify.install_begin"))
	safari.WaitFor("[data-install=ready]")
	address := browser.Eval[string](safari.Page, "location.pathname + location.hash")
	if manifest := browser.Eval[string](safari.Page, "document.querySelector('link[rel=manifest]').getAttribute('href')"); manifest != "/install.webmanifest" {
		t.Errorf("the manifest is %s, which begins elsewhere", manifest)
	}

	app := w.Parent("ar")
	app.Open(address)
	app.WaitFor("h1 |= " + app.Say("join.title_brought"))
	app.Click("button |= " + app.Say("join.submit"))
	app.WaitFor("a[href='/more/notifications'] | " + app.Say("notify.turn_on"))
	app.Navigate(w.URL("/letters"))
	app.WaitFor("a.letter-row")
	browser.Eval[any](app.Page, installed)
	browser.Eval[any](app.Page, "import('/js/router.js').then((router) => router.navigate('"+address+"'))")
	app.WaitUntil("location.pathname === '/start'")
	app.WaitFor("main[data-view=letters] a.letter-row")
	if app.Count("[data-install]") != 0 {
		t.Error("the installed app shows how it is installed")
	}
}
