package e2e_test

import (
	"bytes"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// What a translator finishes reaches the parent's phone, marked as no machine's
// work; what she has only begun does not.
func TestTranslationArrives(t *testing.T) {
	w := shop.Beside(t)
	letter := w.Office("editor").Writes(w.Ways.Invitations[0].Group, town.Letter{
		Title: "Cykeldag", Question: "Hur kan vi tillsammans få det att bli bra?", Paragraphs: []string{"Ta med hjälm.", "Vi cyklar runt sjön."},
	})
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
		c.GoesToPlace(pair[0])
		c.Fill("article.place textarea", pair[1])
		c.Click("button |= " + c.Say("translate.save"))
		c.WaitGone("article.place .source |= " + pair[0])
	}
	c.GoesToPlace("Vi cyklar runt sjön.")
	c.Fill("article.place textarea", "نصف جملة")
	c.WaitFor("article.place | " + c.Say("translate.not_shown"))

	p.Syncs()
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

// A withdrawn letter goes from the phones; the others stay.
func TestWithdrawnLetterGoes(t *testing.T) {
	w := shop.Beside(t)
	letter := w.Office("editor").Writes(w.Ways.Invitations[0].Group, town.Letter{
		Title: "Fel lista", Question: "Hur kan vi tillsammans få det att bli bra?", Paragraphs: []string{"Det här skulle inte ut."},
	})
	p := w.Parent("en")
	p.Joins(w.Ways.Invitations[0].Code)
	p.WaitFor("a.letter-row | Fel lista")
	before := p.Count("a.letter-row")

	c := w.Colleague(w.Staff("editor", ""))
	c.Navigate(w.URL("/staff/letters/" + letter + "/preview"))
	c.Click("button |= " + c.Say("staff.withdraw.withdraw"))
	c.Click("dialog button |= " + c.Say("staff.withdraw.withdraw"))
	c.WaitGone("button |= " + c.Say("staff.withdraw.withdraw"))
	p.Syncs()
	p.WaitGone("a.letter-row | Fel lista")
	if after := p.Count("a.letter-row"); after != before-1 {
		t.Errorf("one letter of %d was withdrawn, and %d are left", before, after)
	}
}

// A rotated code is refused like a wrong one, a phone that joined stays, and
// the poster with the new code is one sheet of paper.
func TestRotatedCodeAndPoster(t *testing.T) {
	w := shop.Beside(t)
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
	joined.Syncs()
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
