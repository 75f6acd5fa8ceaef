package e2e_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"folje/test/browser"
)

// The plain guide is the server's also on a phone that has the app, leads back
// to it, and runs nothing.
func TestThePlainGuideBesideTheApp(t *testing.T) {
	w := shop.Beside(t)
	p := w.Parent("ar")
	p.Open("/letters")
	p.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")
	p.Navigate(w.URL("/plain"))
	p.WaitFor("section#e1")
	if n := p.Count("script"); n != 0 {
		t.Errorf("it has %d scripts", n)
	}
	p.Click(".numbers + p + h3 a, #_index a")
	if broken := browser.Eval[[]string](p.Page, `[...document.querySelectorAll('a[href^="#"]')].map((a) => a.hash)
		.filter((hash) => !document.getElementById(hash.slice(1)))`); len(broken) > 0 {
		t.Errorf("nothing is at %v", broken)
	}
	p.Click("footer a")
	p.WaitFor("nav a[href='/guide']")
}

// A browser below the floor shows what stands in the page before the app starts:
// the way to help is there.
func TestABrowserThatCannotRunTheAppIsLedToHelp(t *testing.T) {
	w := shop.Beside(t)
	answer, err := http.Get(w.URL("/"))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	_, boot, _ := strings.Cut(string(page), `<div class="boot`)
	boot, rest, _ := strings.Cut(boot, "</div>")
	_, without, _ := strings.Cut(rest, "<noscript>")
	for name, part := range map[string]string{"before the app starts": boot, "without scripts": without} {
		if !strings.Contains(part, `href="/plain"`) {
			t.Errorf("%s there is no way to help: %s", name, part)
		}
	}
}
