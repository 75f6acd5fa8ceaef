package staff_test

import (
	"fmt"
	"image"
	"slices"
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// whole is an A4 sheet, and margin what a letter leaves free round it.
var whole = mm(0, 0, 210, 297)

const margin = 17

// printed opens the page on which a letter is printed.
func printed(w *town.Town, letter string) *town.Colleague {
	c := w.Colleague(w.Staff("editor", ""))
	c.Navigate(w.URL("/staff/letters/" + letter + "/print"))
	c.WaitFor(".letter-sheet[data-locale=sv] .foot .qr")
	browser.Eval[bool](c.Page, "(window.print = () => { document.body.dataset.printed = 'yes' }, true)")
	return c
}

// demoLetter is the id of a letter that the demonstration has in all languages.
func demoLetter(w *town.Town) string {
	c := w.Colleague(w.Staff("editor", ""))
	c.GoesTo(w.Invitation("Blåsippan").Group)
	c.WaitFor("a[href^='/staff/letters/'] | Sömn och vila")
	href := browser.Eval[string](c.Page, "[...document.querySelectorAll('a[href^=\"/staff/letters/\"]')].find((a) => a.textContent.includes('Sömn och vila')).getAttribute('href')")
	return strings.Split(href, "/")[3]
}

// TestLetterPrints prints a letter in Swedish, Arabic and Tigrinya, alone, two
// languages beside each other and all by one button, and looks at the paper.
func TestLetterPrints(t *testing.T) {
	w := shop.Beside(t)
	c := printed(w, demoLetter(w))
	if swedish := papers(t, c.Page, "sv"); len(swedish) == 1 {
		framed(t, "Swedish", swedish[0], whole, 0, margin)
	} else {
		t.Errorf("a Swedish letter prints on %d sheets", len(swedish))
	}

	for _, tag := range []string{"ar", "ti"} {
		c.Click("[data-locale=" + tag + "].ready")
		c.WaitFor(".letter-sheet[data-locale=" + tag + "] h2")
	}
	c.Click("[data-locale=sv].ready")
	c.WaitGone(".letter-sheet[data-locale=sv]")
	sheets := papers(t, c.Page, "ar-ti")
	if len(sheets) != 2 {
		t.Fatalf("two languages print on %d sheets", len(sheets))
	}
	for i, name := range []string{"Arabic", "Tigrinya"} {
		framed(t, name, sheets[i], whole, 0, margin)
	}
	// The Arabic sheet is mirrored: what is short stands at the right, and the code too.
	top, code := mm(18, 20, 60, 50), mm(18, 240, 50, 279)
	if left := ink(sheets[0], code); left > ink(sheets[1], code)/4 || ink(sheets[0], mm(160, 240, 192, 279)) < ink(sheets[1], code)/2 {
		t.Error("the code of the Arabic sheet is not at the right")
	}
	if ink(sheets[0], top) > ink(sheets[1], top) {
		t.Error("the head of the Arabic sheet is not at the right")
	}

	c.Click("input[name=beside]")
	c.WaitFor(".letter-sheet.two[data-locale=ar] [lang=sv]")
	for i, sheet := range papers(t, c.Page, "beside") {
		framed(t, "beside", sheet, whole, 0, margin)
		if i == 0 && (ink(sheet, mm(18, 60, 100, 200)) == 0 || ink(sheet, mm(110, 60, 192, 200)) == 0) {
			t.Error("there are no two columns")
		}
	}
	c.Click("input[name=beside]")

	c.Click("[data-action=print-all]")
	c.WaitFor("body[data-printed=yes]")
	all := papers(t, c.Page, "all")
	if len(all) < 15 || len(all) > 18 {
		t.Errorf("15 languages print on %d sheets", len(all))
	}
	for _, sheet := range all {
		framed(t, "all", sheet, whole, 0, margin)
	}
	if c.Count(".letter-sheet[data-locale=ar] .remark | ترجمة آلية") != 1 {
		t.Error("a machine's translation isn't called one on paper")
	}
}

// TestLongLetterPrints goes over several sheets without losing a line.
func TestLongLetterPrints(t *testing.T) {
	w := shop.Beside(t)
	paragraph := strings.Repeat("Vi pratade länge om hur vi kan hjälpas åt, och många hade kloka tankar om det. ", 4)
	letter := w.Office("editor").Writes(w.Ways.Invitations[0].Group, town.Letter{
		Title: "Ett långt brev om allt som vi pratade om på mötet", Question: "Hur kan vi tillsammans få det att bli bra?",
		Paragraphs: slices.Repeat([]string{paragraph}, 14),
	})
	c := printed(w, letter)
	sheets := papers(t, c.Page, "long")
	if len(sheets) != 2 {
		t.Errorf("it prints on %d sheets", len(sheets))
	}
	for _, sheet := range sheets {
		framed(t, "a long letter", sheet, whole, 0, margin)
	}
}

// TestPicturesPrint prints a draft with a picture and a document: the picture
// as it is, once beside two languages, and the way to the document as a code.
func TestPicturesPrint(t *testing.T) {
	w := shop.Beside(t)
	writer := w.Colleague(w.Staff("editor", ""))
	writer.Begins(w.Ways.Invitations[0].Group)
	writer.Writes("Vintern är här", "Vad kan vi göra ute tillsammans?", "Snart kommer snön.")
	chooses(writer, "add-picture", "IMG_0042.jpg", "image/jpeg", photograph(t))
	writer.WaitFor("[data-kind=picture] [data-phase=kept] img")
	writer.Fill("[data-kind=picture] textarea", shows)
	chooses(writer, "add-file", "matsedel.pdf", "application/pdf", []byte("%PDF-1.4\ntrailer <<>>\n%%EOF\n"))
	writer.WaitFor("[data-kind=file] [data-phase=kept]")
	writer.Fill("[data-kind=file] textarea", says)
	writer.Saved()

	c := printed(w, browser.Eval[string](writer.Page, "location.pathname.split('/')[3]"))
	c.WaitUntil("document.querySelector('.printed-picture img')?.naturalHeight > 0")
	if c.Count(".printed-picture | "+shows) != 1 || c.Count(".printed-file .qr") != 1 || c.Count(".printed-file | ärtsoppa") != 1 {
		t.Errorf("it shows %s", c.Text(".letter-sheet"))
	}
	sheets := papers(t, c.Page, "pictures")
	if len(sheets) != 1 {
		t.Fatalf("it prints on %d sheets", len(sheets))
	}
	framed(t, "with a picture", sheets[0], whole, 0, margin)
	if ink(sheets[0], mm(20, 90, 70, 130)) < 50*40*perMM*perMM/2 {
		t.Error("the picture isn't on the paper")
	}
	if ink(sheets[0], mm(165, 150, 192, 230)) == 0 {
		t.Error("there is no code beside the document")
	}
}

// TestReach counts in fives: nine phones have the letter, and a tenth when a
// parent joins; four opened it, and she is the fifth, without a network first.
func TestReach(t *testing.T) {
	w := shop.Beside(t)
	way := w.Ways.Invitations[0]
	letter := w.Office("editor").Writes(way.Group, town.Letter{
		Title: "Cykeldag", Question: "Hur kan vi tillsammans få det att bli bra?", Paragraphs: []string{"Ta med hjälm."},
	})
	for i := range 10 {
		p := w.PhoneReading(way.Code, []string{"sv", "fi"}[i/6])
		if i < 9 {
			p.Fetches()
		}
		if i < 4 {
			p.Does("opened", town.Wanted{"letter": letter, "locale": "sv"})
		}
	}
	c := w.Colleague(w.Staff("editor", ""))
	c.Navigate(w.URL("/staff/letters/" + letter + "/preview"))
	c.Click("[data-action=reach]")
	c.WaitFor("[data-count=arrived] | 5 av 10")
	c.WaitFor("[data-count=opened] | " + c.Say("staff.reach.opened_few"))
	if c.Count("[data-part=reach] tr[data-locale=sv]") != 1 || c.Count("[data-part=reach] tr[data-locale=fi]") != 0 {
		t.Errorf("six phones read Swedish and four Finnish: %s", c.Text("[data-part=reach]"))
	}

	p := w.Parent("fi")
	p.Joins(way.Code)
	p.KeepsAll()
	p.LosesNetwork()
	p.Reads("Cykeldag")
	p.WaitUntil(tells("outbox"))
	if p.Count("#line a[href='/more/outbox']") != 0 {
		t.Error("the parent is told of something of hers that waits")
	}
	p.Profile().Offline(false)
	p.WaitUntil(tells("sent"))
	c.Click("[data-action=refresh-reach]")
	c.WaitFor("[data-count=arrived] | 10 av ")
	c.WaitFor("[data-count=opened] | 5")
	c.WaitFor("tr[data-locale=fi] td | 5")
}

// tells is true on a phone where a store of its database holds that a letter
// was opened.
func tells(store string) string {
	return `new Promise((resolve) => {
		const asked = indexedDB.open('folje')
		asked.onsuccess = () => {
			const rows = asked.result.transaction('` + store + `').objectStore('` + store + `').getAll()
			rows.onsuccess = () => { asked.result.close(); resolve(rows.result.some((r) => r.kind === 'opened')) }
		}
	})`
}

// TestSlips makes slips, prints them, and gives one to a parent, whose phone
// comes by it to the letter's group; nobody else does by the same one.
func TestSlips(t *testing.T) {
	w := shop.Beside(t)
	letter := demoLetter(w)
	c := w.Colleague(w.Staff("editor", ""))
	c.Navigate(w.URL("/staff/letters/" + letter + "/reach"))
	c.WaitFor("[data-part=reach] | " + c.Say("staff.ring.few_phones"))
	c.Click("a |= " + c.Say("staff.slips.title"))
	c.Fill("#field-count", "5")
	c.Click("[data-action=make-slips]")
	c.WaitFor("[data-part=made]")
	looksAtSlips(t, papers(t, c.Page, "slips-all"), 2, 2, 5)
	used := strings.TrimSpace(c.Text(".slip .code"))

	c.Choose("#field-language", "ti")
	c.Fill("#field-count", "8")
	c.Click("[data-action=make-slips]")
	c.WaitUntil("document.querySelectorAll('.slip').length === 8")
	looksAtSlips(t, papers(t, c.Page, "slips-ti"), 1, 4, 8)

	p := w.Parent("ar")
	p.Profile().Allow(browser.Request, "/devices/")
	p.Open("/letters/" + letter + "#" + used)
	p.Click("button |= " + p.Say("join.submit"))
	p.WaitFor("h1 | " + p.Say("join.done"))
	p.Click("a |= " + p.Say("join.read"))
	p.WaitFor("a.letter-row")
	p.Open("/letters/" + letter + "#" + used)
	p.WaitFor("article.letter")

	late := w.Parent("sv")
	late.Profile().Allow(browser.Request, "/devices/")
	late.Open("/letters/" + letter + "#" + used)
	late.Click("button |= " + late.Say("join.submit"))
	late.WaitFor("#code-error | " + late.Say("error.code_invalid"))
}

// looksAtSlips looks at each slip on its sheets of two columns and so many rows.
func looksAtSlips(t *testing.T, sheets []*image.Gray, want, rows, slips int) {
	t.Helper()
	if len(sheets) != want {
		t.Fatalf("%d slips print on %d sheets, not %d", slips, len(sheets), want)
	}
	for i := range slips {
		at := i % (2 * rows)
		left, top := at%2*105, at/2*297/rows
		framed(t, fmt.Sprintf("slip %d", i+1), sheets[i/(2*rows)], mm(left, top, left+105, top+297/rows), 1, 6)
	}
}
