package e2e_test

import (
	"bytes"
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// publishes lets a colleague of the first group publish a letter and answers
// her, at its preview, and its id.
func publishes(w *town.Town, title string, paragraphs ...string) (*town.Colleague, string) {
	c := w.Colleague(w.Staff("editor", ""))
	c.Begins(w.Ways.Invitations[0].Group)
	c.Writes(title, "Hur kan vi tillsammans få det att bli bra?", paragraphs...)
	c.Saved()
	c.Publishes()
	return c, c.Attr("main", "data-letter")
}

// synced takes the parent's phone through a tunnel, once it keeps the app: with
// the network back it looks for news, and this returns when it has them.
func synced(p *town.Parent) {
	p.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")
	const heard = "(document.documentElement.dataset.synced ?? '')"
	before := browser.Eval[string](p.Page, heard)
	p.Profile().Allow(browser.Request, "ERR_INTERNET_DISCONNECTED")
	p.Profile().Offline(true)
	p.Profile().Offline(false)
	p.WaitUntil(heard + " > '" + before + "'")
}

// What a translator finishes reaches the parent's phone, marked as no machine's
// work; what she has only begun does not.
func TestTranslationArrives(t *testing.T) {
	w := newTown(t)
	_, letter := publishes(w, "Cykeldag", "Ta med hjälm.", "Vi cyklar runt sjön.")
	p := w.Parent("ar")
	p.Joins(w.Ways.Invitations[0].Code)
	p.Reads("Cykeldag")
	p.WaitFor("[data-state=missing]")

	c := w.Stranger("sv", browser.Phone())
	c.Who = w.Staff("translator", "")
	c.Navigate(w.URL("/translate"))
	c.SignsIn()
	c.WaitFor("h1 |= " + c.Say("translate.queue.title"))
	c.Click("[data-letter='" + letter + "'] [data-locale=ar]")
	for _, pair := range [][2]string{{"Ta med hjälm.", "أحضروا خوذة."}, {"Cykeldag", "يوم الدراجات"}} {
		toPlace(c, pair[0])
		c.Fill("article.place textarea", pair[1])
		c.Click("button |= " + c.Say("translate.save"))
		c.WaitGone("article.place .source |= " + pair[0])
	}
	toPlace(c, "Vi cyklar runt sjön.")
	c.Fill("article.place textarea", "نصف جملة")
	c.WaitFor("article.place | " + c.Say("translate.not_shown"))

	synced(p)
	p.WaitFor("article h1[dir=rtl] | يوم الدراجات")
	p.WaitFor("article [lang=ar] | أحضروا خوذة.")
	p.WaitFor("article [lang=sv] | Vi cyklar runt sjön.")
	if p.Count("article | نصف جملة") != 0 {
		t.Error("a parent reads a sentence that the translator has not finished")
	}
	if p.Count("article [data-state=machine]") != 0 {
		t.Error("a translator's work is marked as a machine's")
	}
}

// toPlace goes back to the letter's first place and forward to a sentence.
func toPlace(c *town.Colleague, source string) {
	c.WaitFor("article.place")
	for _, way := range []string{"previous", "forward"} {
		next := "button[data-action=" + way + "]:not(:disabled)"
		for c.Count("article.place .source |= "+source) == 0 && c.Count(next) > 0 {
			c.Click(next)
		}
	}
	c.WaitFor("article.place .source |= " + source)
}

// A withdrawn letter goes from the phones; the others stay.
func TestWithdrawnLetterGoes(t *testing.T) {
	w := newTown(t)
	c, _ := publishes(w, "Fel lista", "Det här skulle inte ut.")
	p := w.Parent("en")
	p.Joins(w.Ways.Invitations[0].Code)
	p.WaitFor("a.letter-row | Fel lista")
	before := p.Count("a.letter-row")

	c.Click("button |= " + c.Say("staff.withdraw.withdraw"))
	c.Click("dialog button |= " + c.Say("staff.withdraw.withdraw"))
	c.WaitGone("dialog")
	c.WaitFor("h1 |= " + c.Say("staff.preview.title"))
	synced(p)
	p.WaitGone("a.letter-row | Fel lista")
	if after := p.Count("a.letter-row"); after != before-1 {
		t.Errorf("one letter of %d was withdrawn, and %d are left", before, after)
	}
}

// What is copied for another platform is the text, and never the way in.
func TestCopyForAnotherPlatform(t *testing.T) {
	w := newTown(t)
	c, _ := publishes(w, "Vila", "Vi vilar efter lunchen.", "Ta med en filt.")
	c.Profile().Grant(w.Server.Origin, "clipboardReadWrite", "clipboardSanitizedWrite")
	c.Click("button |= " + c.Say("staff.copy.copy"))
	c.WaitFor("[role=status] | " + c.Say("staff.copy.done"))
	copied := browser.Eval[string](c.Page, "navigator.clipboard.readText()")
	for _, want := range []string{"Vila", "Hur kan vi tillsammans få det att bli bra?", "Vi vilar efter lunchen.\n\nTa med en filt."} {
		if !strings.Contains(copied, want) {
			t.Errorf("the copy lacks %q:\n%s", want, copied)
		}
	}
	for _, way := range w.Ways.Invitations {
		if strings.Contains(copied, way.Code) || strings.Contains(copied, "/join") {
			t.Errorf("the copy shows the way in:\n%s", copied)
		}
	}
}

// A rotated code is refused like a wrong one, a phone that joined stays, and
// the poster with the new code is one sheet of paper.
func TestRotatedCodeAndPoster(t *testing.T) {
	w := newTown(t)
	old := w.Ways.Invitations[0]
	joined := w.Parent("sv")
	joined.Joins(old.Code)

	c := w.Colleague(w.Staff("editor", ""))
	c.GoesTo(old.Group)
	c.Click("a | " + c.Say("staff.group.invite"))
	c.Click("button |= " + c.Say("staff.invite.rotate"))
	c.Click("dialog [data-action=rotate-keep]")
	c.WaitGone(".invite .code |= " + old.Code)
	fresh := c.Text(".invite .code")

	late := w.Parent("ar")
	late.Profile().Allow(browser.Request, "/devices/")
	late.Open("/join#" + old.Code)
	late.Click("button |= " + late.Say("join.submit"))
	late.WaitFor("#code-error | " + late.Say("error.code_invalid"))
	late.Joins(fresh)
	joined.Reload()
	joined.WaitFor("a.letter-row")
	synced(joined)
	if joined.Count("a.letter-row") == 0 {
		t.Error("rotating the code took the letters from a phone that had joined")
	}

	c.Click("a |= " + c.Say("staff.invite.poster"))
	c.WaitFor(".sheet | " + fresh)
	pdf := c.PDF()
	if sheets := bytes.Count(pdf, []byte("/Type /Page\n")); sheets != 1 {
		t.Errorf("the poster prints on %d sheets", sheets)
	}
}
