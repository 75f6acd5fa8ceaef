package phone_test

import (
	"strings"
	"testing"

	"folje/test/browser"
)

// A link whose fragment is damaged or meant to harm still opens the app, and
// leaves nothing in the address bar.
func TestADamagedLinkOpensTheApp(t *testing.T) {
	s := newServer(t)
	p := shared.Profile(t).Page(browser.Phone())
	p.Navigate(s.URL + "/")
	p.Click("button[data-locale=sv]")
	p.WaitFor("main[data-view=welcome]")
	p.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")
	for fragment, code := range map[string]string{
		"%E0%A4%A": "", "50%": "50", "%": "", "T87EY%2D48XPE": "T87EY-48XPE", "<b>t87ey-48xpe</b>": "BT87E-Y48XPEB",
	} {
		p.Navigate(s.URL + "/more")
		p.Navigate(s.URL + "/join#" + fragment)
		p.WaitFor("main[data-view=join] #code")
		if got := p.Value("#code"); got != code {
			t.Errorf("of #%s the field holds %q", fragment, got)
		}
		expect(t, "the address after #"+fragment, p.URL(), s.URL+"/join")
		p.Navigate("about:blank")
	}
	p.Navigate(s.URL + "/letters/%E0%A4%A")
	p.WaitFor("main[data-view=letter] a[href='/letters']")
}

// The link past the top bar is no invitation: a code half typed stays.
func TestSkippingTheBarKeepsTheCode(t *testing.T) {
	s := newServer(t, "a")
	p := s.phone(t, "sv")
	p.Navigate(s.URL + "/join")
	p.Fill("#code", "T87EY48")
	browser.Eval[any](p.Page, "document.querySelector('.skip').focus()")
	p.Press("Enter")
	p.WaitUntil("location.hash === '#main'")
	browser.Eval[any](p.Page, "new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))).then(() => null)")
	expect(t, "the field", p.Value("#code"), "T87EY-48")
	p.Reload()
	expect(t, "the field of the page loaded again", p.Value("#code"), "")
}

// Addresses of our own inside a letter lead on, whatever they look like: an
// invitation's code is taken out of the address and used.
func TestLinksInsideALetter(t *testing.T) {
	s := newServer(t, "a")
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2)}, nil, object{"1": "Rubrik",
		"2": "Se " + s.URL + "/join#T87EY-48XPE och " + s.URL + "//more samt " + strings.Replace(s.URL, "//", "//anna@", 1) + "/groups."}))
	p := s.phone(t, "sv")
	for path, view := range map[string]string{"//more": "letters", "/groups": "groups", "/join": "join"} {
		p.Navigate(s.URL + "/letters/l1")
		p.WaitFor("article.letter")
		browser.Eval[any](p.Page, "void (window.same = true)")
		p.Click(".letter-text a[href*='" + path + "']")
		p.WaitFor("main[data-view=" + view + "]")
		expect(t, "the address after "+path, p.URL(), s.URL+path)
		if !browser.Eval[bool](p.Page, "window.same === true") {
			t.Errorf("the app was loaded anew for %s", path)
		}
		if view == "join" {
			expect(t, "the code", p.Value("#code"), "T87EY-48XPE")
		}
	}
}
