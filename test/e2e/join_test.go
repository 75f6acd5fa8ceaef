package e2e_test

import (
	"strings"
	"testing"

	"folje/test/browser"
)

// A wrong code gets one clear message in her language, and nothing is lost.
func TestWrongCode(t *testing.T) {
	w := newTown(t)
	p := w.parent("ar")
	p.Profile().Allow(browser.Request, "/devices/")
	p.open("/join")
	p.Fill("#code", "AAAAA")
	p.Click("button |= " + p.say("join.submit"))
	p.WaitFor("#code-error | " + p.say("join.incomplete"))

	p.Fill("#code", "AAAAA BBBBB")
	p.Click("button |= " + p.say("join.submit"))
	p.WaitFor("#code-error | " + p.say("error.code_invalid"))
	if code := p.Value("#code"); code != "AAAAA-BBBBB" {
		t.Errorf("after the refusal the field holds %q", code)
	}
	if told := p.Count("[role=alert] | " + p.say("error.code_invalid")); told != 1 {
		t.Errorf("the message is shown %d times", told)
	}
	if dir := p.Attr("html", "dir"); dir != "rtl" {
		t.Errorf("the Arabic page runs %s", dir)
	}

	// The right one, typed as people type: small letters, l for 1, o for 0.
	code := strings.NewReplacer("1", "l", "0", "o").Replace(strings.ToLower(w.invitation("Tallen").Code))
	p.Fill("#code", code)
	p.Click("button |= " + p.say("join.submit"))
	p.WaitFor("h1 |= " + p.say("join.done"))
	p.WaitFor("[data-group] | Tallen")
}

// A scanner's or a chat app's own browser says so and keeps the code.
func TestInAppBrowser(t *testing.T) {
	w := newTown(t)
	for name, agent := range map[string]string{
		"chat on Android": "Mozilla/5.0 (Linux; Android 13; SM-A135F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/440.0;]",
		"chat on iPhone":  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 300.0.0",
	} {
		t.Run(name, func(t *testing.T) {
			phone := browser.Phone()
			phone.UserAgent, phone.Locale = agent, "ar"
			p := &parent{Page: shop.browser.Profile(t).Page(phone), t: t, town: w, tag: "ar"}
			code := w.invitation("Ekorren").Code
			p.open("/join#" + code)
			p.WaitFor("h1 |= " + p.say("inapp.title"))
			folded := strings.ReplaceAll(code, "-", "")
			if link := p.Value("#copy"); link != w.url("/join#"+folded) {
				t.Errorf("the link to copy is %q, without the code %s", link, folded)
			}
			if strings.Contains(agent, "Android") {
				if href := p.Attr("a |= "+p.say("inapp.open"), "href"); !strings.HasPrefix(href, "intent://") || !strings.Contains(href, folded) {
					t.Errorf("the way to the real browser is %q", href)
				}
			}
			p.Click("button |= " + p.say("inapp.stay"))
			if kept := p.Value("#code"); kept != code {
				t.Errorf("she stays, and the field holds %q", kept)
			}
		})
	}
}

// One phone follows two groups; a letter sent to both is there once. A
// handover lets one other phone into both, and only one.
func TestGroupsAndHandover(t *testing.T) {
	w := newTown(t)
	first := w.parent("sv")
	first.joins(w.invitation("Blåsippan").Code)
	alone := first.Count("a.letter-row")
	first.joins(w.invitation("Tallen").Code)
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

	first.Click("nav a |= " + first.say("nav.groups"))
	first.Click("a |= " + first.say("groups.handover"))
	first.Click("button |= " + first.say("handover.make"))
	link := first.Value("#copy")
	_, code, _ := strings.Cut(link, "#")
	if got := strings.ReplaceAll(first.Text(".code"), "-", ""); got != strings.ReplaceAll(code, "-", "") || code == "" {
		t.Errorf("the shown code is %q, the link's %q", got, code)
	}

	second := w.parent("ar")
	second.joins(code)
	second.Click("nav a |= " + second.say("nav.groups"))
	second.WaitFor("[data-group] | Blåsippan")
	second.WaitFor("[data-group] | Tallen")

	third := w.parent("en")
	third.Profile().Allow(browser.Request, "/devices/")
	third.open("/join#" + code)
	third.Click("button |= " + third.say("join.submit"))
	third.WaitFor("#code-error | " + third.say("error.code_invalid"))
}
