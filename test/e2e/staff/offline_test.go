package staff_test

import (
	"testing"

	"folje/test/browser"
)

// Staff's pages are on the phone after the first visit, also those that were
// not opened yet and those that came before there was a worker to keep them.
func TestStaffsPagesAreKeptFromTheFirstVisit(t *testing.T) {
	w := shop.Beside(t)
	c := w.Colleague(w.Staff("editor", ""))
	for _, module := range []string{"/js/staff/gate.js", "/js/staff/letter/editor.js", "/js/translate/index.js", "/css/staff.css"} {
		c.WaitUntil("caches.match('" + module + "')")
	}
	c.Profile().Allow(browser.Request, "ERR_INTERNET_DISCONNECTED")
	c.Profile().Allow(browser.Request, "ERR_FAILED") // what a worker could not fetch
	c.Profile().Offline(true)
	c.Reload()
	c.WaitFor("main[data-view] h1")
}
