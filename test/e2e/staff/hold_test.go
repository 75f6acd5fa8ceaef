package staff_test

import (
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// Phones wait until a letter can be read in the languages that she chose; she
// sees what they wait for, and that it has ended.
func TestPhonesWaitForALanguage(t *testing.T) {
	w, c := begun(t, "0s")
	readers(w)
	c.AsksToPublish()
	c.Click("dialog label | " + c.Say("staff.ring.ready"))
	english := "dialog [data-part=awaits] input[value=en]"
	if c.Count("dialog input[value=sv-simple]") != 0 {
		t.Error("phones can wait for plain Swedish, which nobody has to write")
	}
	if c.Count(english+":checked") != 0 {
		c.Click(english)
	}
	c.Click("dialog button |= " + c.Say("staff.publish.publish"))
	c.WaitFor("dialog .error | " + c.Say("staff.ring.no_language"))
	c.Click(english)
	c.WaitFor("dialog [data-part=rings]")
	c.Click("dialog button |= " + c.Say("staff.publish.publish"))
	c.WaitFor("[data-part=waits]")
	c.WaitFor("[data-part=ringing] [data-locale=en]")
	letter := c.Attr("main", "data-letter")
	p := w.Parent("sv")
	p.Joins(w.Ways.Invitations[0].Code)
	p.WaitFor("a.letter-row | Skidresa")

	w.Office("translator").Translates(letter, "en")
	c.Click("[data-action=refresh-ringing]")
	c.WaitGone("[data-part=waits]")
	if held := w.Office("editor").Ringing("letters", letter); held.Hold.After(town.InDays(0)) {
		t.Errorf("the server still holds it: %+v", held)
	}
}

// Who publishes before the page knows the letter's languages is asked when it
// does, and told the truth.
func TestTheQuestionWaitsForWhatItTells(t *testing.T) {
	w, c := begun(t, "10m")
	browser.Eval[any](c.Page, `void (() => {
		const { fetch } = window
		const known = new Promise((resolve) => { window.letKnow = resolve })
		window.fetch = async (...asked) => {
			if (String(asked[0].url ?? asked[0]).includes('/readiness')) await known
			return fetch(...asked)
		}
	})()`)
	c.Click("button |= " + c.Say("staff.letter.preview"))
	c.WaitFor("h1 |= " + c.Say("staff.preview.title"))
	c.Click("button |= " + c.Say("staff.publish.publish"))
	browser.Eval[any](c.Page, "window.letKnow()")
	c.WaitFor("dialog h2")
	c.WaitFor("dialog label | " + c.Say("staff.ring.ready"))
	c.WaitFor("dialog | " + w.Ways.Invitations[0].Group)
}

// What waits can be rung at once.
func TestPhonesThatWaitAreRungNow(t *testing.T) {
	_, c := begun(t, "0s")
	c.AsksToPublish()
	c.Click("dialog label | " + c.Say("staff.ring.ready"))
	c.Click("dialog [data-part=awaits] input[value=ar]")
	c.Click("dialog button |= " + c.Say("staff.publish.publish"))
	c.WaitFor("[data-part=ringing] [data-locale=ar]")
	c.Click("[data-action=ring-now]")
	c.Click("dialog [data-action=ring-now-confirm]")
	c.WaitGone("[data-part=waits]")
	c.WaitGone("[data-action=ring-now]")
}

// A language that many read stands first; what it lacks is a tap away, and what
// few read is folded away.
func TestTheMeterSaysWhatIsMissing(t *testing.T) {
	w, c := begun(t, "10m")
	readers(w)
	c.Reload()
	pill := "main .readiness [data-locale=en]"
	c.WaitFor(pill)
	c.Click(pill)
	c.WaitFor("[data-part=lacking] li | Vi åker på onsdag.")
	c.WaitFor("[data-part=particulars] | 5")
	const folded = "[data-part=other-languages] "
	c.Click(folded + "summary")
	c.WaitFor(folded + "[data-locale=fi]")
	if c.Count(folded+"[data-locale=en]") != 0 {
		t.Error("a language that many read is folded away")
	}
}

// Who writes a letter sees how plain it is, and words it in plain Swedish.
func TestPlainSwedish(t *testing.T) {
	_, c := begun(t, "10m")
	c.WaitFor("[data-part=plain] summary")
	c.Fill(c.Paragraph(1, 1), "Blanketterna ska lämnas senast 26/11, t.ex. till personalen på förmiddagen eller till expeditionen efter lunchen, men inte till barnens egna hyllor i hallen.")
	c.Click("[data-part=plain] summary")
	for _, check := range []string{"one_thing", "who", "dates", "short", "greeting"} {
		c.WaitFor("[data-check=" + check + "][data-well=false]")
	}
	c.Fill(c.Paragraph(1, 1), "Hej! Vi åker skidor på onsdag klockan nio. Tack för hjälpen.")
	c.WaitGone("[data-check][data-well=false]")
	c.Saved()
	c.Click("button |= " + c.Say("staff.letter.preview"))
	c.Click("[data-locale=sv-simple]")
	field := "[data-part=simple] li:nth-child(3) textarea"
	c.Fill(field, "Hej! Vi ses.")
	c.Click("[data-part=simple] li:nth-child(4) textarea")
	c.WaitFor("[data-part=simple] li:nth-child(3)[data-kept=true]")
	c.Reload()
	c.Click("[data-locale=sv-simple]")
	c.WaitFor("[data-part=simple] li:nth-child(3)[data-kept=true]")
	if got := c.Value(field); got != "Hej! Vi ses." {
		t.Errorf("it became %q", got)
	}
}

// readers are phones of the first group, eight of which read English.
func readers(w *town.Town) {
	for range 8 {
		w.PhoneReading(w.Ways.Invitations[0].Code, "en")
	}
}
