package staff_test

import (
	"testing"

	"folje/test/browser"
)

// Staff's screens are drawn with staff's styles, wherever in them a visit
// begins: the page asks for the file in advance, which applies nothing yet.
func TestStaffsScreensAreStyled(t *testing.T) {
	w := shop.Beside(t)
	c := w.Colleague(w.Staff("admin", ""))
	for _, path := range []string{"/staff", "/translate"} {
		c.Navigate(w.URL(path))
		c.WaitFor("main[data-view] h1")
		c.WaitUntil("document.documentElement.dataset.ready")
		if !browser.Eval[bool](c.Page, "[...document.styleSheets].some((s) => s.href?.endsWith('/css/staff.css'))") {
			t.Errorf("%s is drawn without staff's styles", path)
		}
	}
}
