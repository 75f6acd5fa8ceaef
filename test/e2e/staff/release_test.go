package staff_test

import (
	"regexp"
	"strconv"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// begun is a colleague with a letter to the first group that is ready to be
// published, in a town where what is published waits for so long.
func begun(t *testing.T, undo string) (*town.Town, *town.Colleague) {
	t.Helper()
	w := shop.Beside(t, "--undo", undo)
	c := w.Colleague(w.Staff("editor", ""))
	c.Begins(w.Ways.Invitations[0].Group)
	c.Writes("Skidresa", "Hur kan vi tillsammans få alla att våga?", "Vi åker på onsdag.")
	c.Saved()
	return w, c
}

// A published letter can be undone until it goes out: after the page was loaded
// anew, and on another device. Nobody has it meanwhile.
func TestAPublicationIsUndoneOnAnotherDevice(t *testing.T) {
	w, c := begun(t, "10m")
	c.Sends()
	letter := c.Attr("main", "data-letter")
	p := w.Parent("sv")
	p.Joins(w.Ways.Invitations[0].Code)
	p.WaitFor("a.letter-row")
	p.Syncs()
	if p.Count("a.letter-row | Skidresa") != 0 {
		t.Error("a parent has a letter that hasn't gone out")
	}

	c.Reload()
	c.WaitFor("[data-part=going] [role=timer]")
	if c.Count("[data-action=publish], [data-action=delete-letter]") != 0 {
		t.Error("what goes out can be published or deleted")
	}
	other := c.Profile().Page(browser.Phone())
	other.Navigate(c.URL())
	other.Click("[data-action=undo-publishing]")
	other.WaitFor("[data-action=publish]")
	c.WaitGone("[data-part=going]")
	c.WaitFor("[data-action=publish]")
	c.GoesTo(w.Ways.Invitations[0].Group)
	c.WaitFor("[data-part=drafts] [data-letter='" + letter + "']")
}

// What is counted down goes out by itself, and she is told.
func TestAPublicationGoesOut(t *testing.T) {
	w, c := begun(t, "3s")
	c.Sends()
	c.WaitFor("[data-part=published]")
	c.WaitGone("[data-part=going]")
	p := w.Parent("sv")
	p.Joins(w.Ways.Invitations[0].Code)
	p.WaitFor("a.letter-row | Skidresa")
}

// Phones ring when she wants them to, within bounds, and she is told when.
func TestPhonesAreHeldBack(t *testing.T) {
	w, c := begun(t, "10m")
	day := town.InDays(3).Format("2006-01-02")
	c.SendsLater("2025-01-01T08:00")
	c.WaitFor("dialog .error | " + c.Say("staff.ring.time_past"))
	for moment, clock := range map[string]string{day + "T23:15": "07:00", day + "T12:15": "12:15"} {
		c.Choose("dialog [name=hold]", moment)
		c.WaitFor("dialog [data-part=rings] | " + clock)
	}
	c.Choose("dialog [name=hold]", day+"T12:15")
	c.Click("dialog button |= " + c.Say("staff.publish.publish"))
	c.WaitFor("[data-part=going]")
	c.WaitFor("[data-part=ringing] [data-part=rings] | 12:15")
	c.Reload()
	c.WaitFor("[data-part=ringing] [data-part=rings] | 12:15")
	if held := w.Office("editor").Ringing("letters", c.Attr("main", "data-letter")).Hold; held.IsZero() {
		t.Error("the server doesn't hold it")
	}
}

// What became of ringing phones is told in steps of five, never less, with
// what to do for the others; without a network it says so.
func TestStaffSeeWhomItReached(t *testing.T) {
	w := shop.Beside(t)
	code := w.Ways.Invitations[0].Code
	for range 7 {
		w.Phone(code)
	}
	c := published(w, "Utflykt", "Vi går till sjön.")
	off := "[data-part=ringing] [data-count=off]"
	c.WaitFor(off)
	for _, said := range regexp.MustCompile(`\d+`).FindAllString(c.Text("[data-part=ringing] ul"), -1) {
		if n, _ := strconv.Atoi(said); n == 0 || n%5 != 0 {
			t.Errorf("a number is exact: %s", said)
		}
	}
	c.WaitFor("[data-part=ringing] a[href^='/staff/poster/']")

	town.WithoutNetwork(c.Page)
	c.Click("[data-action=refresh-ringing]")
	c.WaitFor("[data-part=ringing] [role=status] | " + c.Say("staff.ring.offline"))
	c.Profile().Offline(false)
	c.WaitGone("[data-part=ringing] [role=status]")

	meeting := c.Plans(w.Ways.Invitations[0].Group, town.Plan{
		Day: town.InDays(14), Place: "Matsalen", Contact: "Maria", Question: "Hur kan vi tillsammans ge barnen ro?",
	})
	c.Invites()
	c.WaitFor("[data-step=invite] " + off)
	if c.Meeting() != meeting {
		t.Error("she is at another page than the meeting's")
	}
	c.Click("[data-step=invite] a[href^='/staff/poster/']")
	c.WaitFor("article.sheet .code")
}
