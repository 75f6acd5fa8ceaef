package e2e_test

import (
	"strings"
	"testing"

	"folje/test/browser"
)

// A wrong code gets one clear message in her language, and nothing is lost.
func TestWrongCode(t *testing.T) {
	w := shop.Beside(t)
	p := w.Parent("ar")
	p.Profile().Allow(browser.Request, "/devices/")
	p.Open("/join")
	p.Fill("#code", "AAAAA")
	p.Click("button |= " + p.Say("join.submit"))
	p.WaitFor("#code-error | " + p.Say("join.incomplete"))

	p.Fill("#code", "AAAAA BBBBB")
	p.Click("button |= " + p.Say("join.submit"))
	p.WaitFor("#code-error | " + p.Say("error.code_invalid"))
	if code := p.Value("#code"); code != "AAAAA-BBBBB" {
		t.Errorf("after the refusal the field holds %q", code)
	}
	if told := p.Count("[role=alert] | " + p.Say("error.code_invalid")); told != 1 {
		t.Errorf("the message is shown %d times", told)
	}
	if dir := p.Attr("html", "dir"); dir != "rtl" {
		t.Errorf("the Arabic page runs %s", dir)
	}

	// The right one, typed as people type: small letters, l for 1, o for 0.
	code := strings.NewReplacer("1", "l", "0", "o").Replace(strings.ToLower(w.Invitation("Tallen").Code))
	p.Fill("#code", code)
	p.Click("button |= " + p.Say("join.submit"))
	p.WaitFor("h1 |= " + p.Say("join.done"))
	p.WaitFor("[data-group] | Tallen")
}

// A scanner's or a chat app's own browser says so and keeps the code.
func TestInAppBrowser(t *testing.T) {
	w := shop.Beside(t)
	for name, agent := range map[string]string{
		"chat on Android": "Mozilla/5.0 (Linux; Android 13; SM-A135F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/440.0;]",
		"chat on iPhone":  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 300.0.0",
	} {
		t.Run(name, func(t *testing.T) {
			phone := browser.Phone()
			phone.UserAgent, phone.Locale = agent, "ar"
			p := w.ParentOn(shop.Profile(t), phone, "ar")
			code := w.Invitation("Ekorren").Code
			p.Open("/join#" + code)
			p.WaitFor("h1 |= " + p.Say("inapp.title"))
			folded := strings.ReplaceAll(code, "-", "")
			if link := p.Value("#copy"); link != w.URL("/join#"+folded) {
				t.Errorf("the link to copy is %q, without the code %s", link, folded)
			}
			if strings.Contains(agent, "Android") {
				if href := p.Attr("a |= "+p.Say("inapp.open"), "href"); !strings.HasPrefix(href, "intent://") || !strings.Contains(href, folded) {
					t.Errorf("the way to the real browser is %q", href)
				}
			}
			p.Click("button |= " + p.Say("inapp.stay"))
			if kept := p.Value("#code"); kept != code {
				t.Errorf("she stays, and the field holds %q", kept)
			}
		})
	}
}

// One phone follows two groups; a letter sent to both is there once. A
// handover lets one other phone into both, and only one.
func TestGroupsAndHandover(t *testing.T) {
	w := shop.Beside(t)
	first := w.Parent("sv")
	first.Joins(w.Invitation("Blåsippan").Code)
	alone := first.Count("a.letter-row")
	first.Joins(w.Invitation("Tallen").Code)
	first.WaitUntil("document.querySelectorAll('a.letter-row').length > " + "0")
	seen := map[string]int{}
	for _, id := range browser.Eval[[]string](first.Page, `[...document.querySelectorAll('a.letter-row')].map((a) => a.dataset.letter)`) {
		seen[id]++
	}
	for id, times := range seen {
		if times > 1 {
			t.Errorf("the letter %s is listed %d times", id, times)
		}
	}
	if len(seen) < alone {
		t.Errorf("with two groups the phone lists %d letters, with one %d", len(seen), alone)
	}
	first.WaitFor(".sender | Blåsippan, Tallen")

	first.Click("nav a |= " + first.Say("nav.more"))
	first.Click("a |= " + first.Say("groups.title"))
	first.Click("a |= " + first.Say("groups.handover"))
	first.Click("button |= " + first.Say("handover.make"))
	link := first.Value("#copy")
	_, code, _ := strings.Cut(link, "#")
	if got := strings.ReplaceAll(first.Text(".code"), "-", ""); got != strings.ReplaceAll(code, "-", "") || code == "" {
		t.Errorf("the shown code is %q, the link's %q", got, code)
	}

	second := w.Parent("ar")
	second.Joins(code)
	second.Click("nav a |= " + second.Say("nav.more"))
	second.Click("a |= " + second.Say("groups.title"))
	second.WaitFor("[data-group] | Blåsippan")
	second.WaitFor("[data-group] | Tallen")

	third := w.Parent("en")
	third.Profile().Allow(browser.Request, "/devices/")
	third.Open("/join#" + code)
	third.Click("button |= " + third.Say("join.submit"))
	third.WaitFor("#code-error | " + third.Say("error.code_invalid"))
}
