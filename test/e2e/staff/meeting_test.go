package staff_test

import (
	"strings"
	"testing"

	"folje/internal/text"
	"folje/test/browser"
	"folje/test/town"
)

// What an invitation lacks is told, and leads to its field; deadlines are
// suggested by the calendar.
func TestInvitationIsIncomplete(t *testing.T) {
	w := shop.Beside(t)
	c := w.Colleague(w.Staff("editor", ""))
	c.Profile().Allow(browser.Request, "/publish")
	c.Plans(w.Ways.Invitations[0].Group, town.Plan{Day: town.InDays(21)})
	c.Click("a |= " + c.Say("staff.meeting.edit"))
	c.Fill("label |= "+c.Say("staff.meeting.place"), "")
	c.SavesMeeting()
	c.Click("button |= " + c.Say("staff.invitation.send"))
	c.WaitFor("dialog | " + c.Say("staff.invitation.at_once"))
	c.Click("dialog button |= " + c.Say("staff.invitation.send"))
	c.WaitFor("[role=alert] [data-missing=place] | " + c.Say("error.meeting_needs_place"))
	if c.Count("[data-step=invite].done") != 0 {
		t.Error("parents are invited to a meeting without a place")
	}
	c.Click("[data-missing=place]")
	for name, days := range map[string]int{"answerBy": 18, "bookBy": 14, "cancelBy": 19} {
		if got, want := c.Value("[name="+name+"]"), town.InDays(days).Format("2006-01-02"); got != want {
			t.Errorf("%s is suggested as %s, want %s", name, got, want)
		}
	}
	c.Types(town.Plan{Place: "Gympasalen"})
	c.SavesMeeting()
	c.Invites()
}

// Times that are not what they look like are told at their fields, in words.
func TestMeetingAtAnOddHour(t *testing.T) {
	w := shop.Beside(t)
	c := w.Colleague(w.Staff("editor", ""))
	for _, odd := range []func(*testing.T, *town.Town, *town.Colleague){whenTheClocksChange, pastMidnight} {
		c.GoesTo(w.Ways.Invitations[0].Group)
		c.Click("a |= " + c.Say("staff.group.new_meeting"))
		c.WaitFor("[data-form=meeting]")
		odd(t, w, c)
	}
}

// A time that the clocks leap over is refused; one that comes twice is asked
// about, and what she said is kept.
func whenTheClocksChange(t *testing.T, w *town.Town, c *town.Colleague) {
	t.Helper()
	c.Choose("[name=date]", "2027-03-28")
	c.Choose("[name=from]", "02:30")
	c.Choose("[name=to]", "05:00")
	c.Click("[data-action=save-meeting]")
	c.WaitFor("#from-error | " + w.Words("sv", "staff.meeting.no_such_time", map[string]any{"Time": "02:30"}))
	if told := toldAt(c.Page, "[name=from]"); !strings.Contains(told, "02:30") {
		t.Errorf("at the field she is told %q", told)
	}

	c.Choose("[name=date]", "2027-10-31")
	c.Click("[data-action=save-meeting]")
	c.WaitFor("[data-twice=from] #from-error")
	c.Click("[data-twice=from] label |= " + c.Say("staff.meeting.second"))
	c.SavesMeeting()
	c.Click("a |= " + c.Say("staff.meeting.edit"))
	c.WaitFor("[data-twice=from]")
	if chosen := browser.Eval[[]bool](c.Page, `[...document.querySelectorAll('[data-twice=from] input')].map((i) => i.checked)`); chosen[0] || !chosen[1] {
		t.Errorf("of the two 02:30 the form has %v, want the second", chosen)
	}
}

// An end that is not after the start is on the next day, which the form and the
// meeting's page name.
func pastMidnight(t *testing.T, w *town.Town, c *town.Colleague) {
	t.Helper()
	c.Choose("[name=date]", "2027-04-30")
	c.Choose("[name=from]", "20:00")
	c.Choose("[name=to]", "19:00")
	if c.Count("#to-hint") != 0 {
		t.Error("a meeting of 23 hours is taken for one past midnight")
	}
	c.Click("[data-action=save-meeting]")
	c.WaitFor("#to-error | " + c.Say("staff.meeting.ends_before"))
	c.Choose("[name=to]", "00:30")
	c.WaitFor("#to-hint | " + w.Words("sv", "staff.meeting.ends_next_day", map[string]any{"Date": "lördag 1 maj 2027"}))
	c.SavesMeeting()
	c.WaitFor("[data-step=plan] | fredag 30 april 2027 kl. 20:00")
	c.WaitFor("[data-step=plan] | lördag 1 maj 2027 kl. 00:30")
	c.Click("a |= " + c.Say("staff.meeting.edit"))
	c.WaitFor("#to-hint | lördag 1 maj 2027")
}

// Two change one meeting: the second is told, sees both, and nothing is lost,
// not even over a reload.
func TestTwoPlanOneMeeting(t *testing.T) {
	w := shop.Beside(t)
	first, meeting := invited(w, town.Meeting{})
	first.Click("a |= " + first.Say("staff.meeting.edit"))
	first.Types(town.Plan{Place: "Biblioteket", Question: "Hur kan vi tillsammans läsa mer?"})

	second := w.Colleague(w.Staff("editor", ""))
	second.Navigate(w.URL("/staff/meetings/" + meeting + "/edit"))
	second.Types(town.Plan{Place: "Gympasalen", Contact: "Oskar Brandt"})
	second.SavesMeeting()

	first.Profile().Allow(browser.Request, "/api/collections/meetings/")
	first.Click("[data-action=save-meeting]")
	first.WaitFor("[data-difference=place] | Gympasalen")
	place, contact := "label |= "+first.Say("staff.meeting.place"), "label |= "+first.Say("staff.meeting.contact")
	if got := first.Value(place); got != "Biblioteket" {
		t.Errorf("her place became %q", got)
	}
	if got := first.Value(contact); got != "Oskar Brandt" {
		t.Errorf("the contact that only the other changed is %q", got)
	}

	first.Click("[data-difference=place] [data-action=take-theirs]")
	first.WaitFor("[data-difference=place] | Biblioteket")
	first.Reload()
	if got := first.Value(place); got != "Gympasalen" {
		t.Errorf("after a reload the place is %q", got)
	}
	if got := first.Value("label |= " + first.Say("staff.question.label")); got != "Hur kan vi tillsammans läsa mer?" {
		t.Errorf("after a reload her question is %q", got)
	}
	first.SavesMeeting()
	first.WaitFor("[data-step=plan] | Gympasalen")
	first.WaitFor("[data-step=question] | Hur kan vi tillsammans läsa mer?")
}

// A parent's wish becomes the question of a meeting, and is marked as used.
func TestWishBecomesTheQuestion(t *testing.T) {
	w := shop.Beside(t)
	group := w.Ways.Invitations[0].Group
	c := w.Colleague(w.Staff("editor", ""))
	meeting := c.Plans(group, town.Plan{Day: town.InDays(9), Place: "Matsalen"})
	c.GoesTo(group)
	c.Click("a | " + c.Say("staff.wish.title"))
	c.WaitFor("main[data-view=staff-wishes] h1")
	before := c.Count("[data-part=open] [data-wish]")
	phone := w.Phone(w.Ways.Invitations[0].Code)
	const wish, other = "Varför får barnen inte sova?", "Vi vill prata om maten."
	for _, words := range []string{wish, other} {
		if verdict, code := phone.Does("wish", town.Wanted{"group": phone.Follows(), "text": words}); verdict != "applied" {
			t.Fatalf("a wish is %s, %s", verdict, code)
		}
	}
	c.GoesTo(group)
	c.WaitFor("a | " + c.SayCount("staff.wish.open", before+2))
	c.Click("a | " + c.Say("staff.wish.title"))
	c.WaitFor("main | " + c.Say("staff.wish.unknown"))
	c.Click("[data-wish]:has(#" + wishID(c, other) + ") button |= " + c.Say("staff.wish.set_aside"))
	c.WaitFor("[data-part=set_aside] | " + other)

	c.Click("[data-part=open] [data-wish]:has(#" + wishID(c, wish) + ") button |= " + c.Say("staff.wish.use"))
	c.Click("dialog [data-meeting='" + meeting + "']")
	question := "label |= " + c.Say("staff.question.label")
	if got := c.Value(question); got != wish {
		t.Errorf("the wish became the question %q", got)
	}
	c.WaitFor(".advice | " + c.Say("staff.question.advice.we"))
	c.Fill(question, "Hur kan vi tillsammans ge barnen mer sömn?")
	c.WaitFor("[data-part=wish] | " + wish)
	c.SavesMeeting()
	c.WaitFor("[data-step=question] | Hur kan vi tillsammans ge barnen mer sömn?")
	c.GoesTo(group)
	c.Click("a | " + c.Say("staff.wish.title"))
	c.WaitFor("[data-part=used] | " + wish)
	c.Click("[data-part=set_aside] [data-wish]:has(#" + wishID(c, other) + ") button |= " + c.Say("staff.wish.reopen"))
	c.WaitFor("[data-part=open] | " + other)
}

// wishID is the id of the element that shows a wish.
func wishID(c *town.Colleague, words string) string { return c.Attr("[data-wish] p | "+words, "id") }

// A translator finishes a meeting's question, which parents then have, and
// settles what readers did not understand.
func TestMeetingIsTranslated(t *testing.T) {
	w := shop.Beside(t)
	const question = "Hur kan vi tillsammans göra morgnarna lugna?"
	editor, meeting := invited(w, town.Meeting{Question: question})
	editor.Close()
	phone := w.Phone(w.Ways.Invitations[0].Code)
	for _, note := range []string{"Vilka morgnar?", "Vilka morgnar?", ""} {
		report := town.Wanted{"segment": text.SegmentID("sv", question), "locale": "ar", "note": note}
		if verdict, code := phone.Does("report", report); verdict != "applied" {
			t.Fatalf("a report is %s, %s", verdict, code)
		}
	}

	c := w.Stranger("sv", browser.Phone())
	c.Who = w.Staff("translator", "")
	c.Navigate(w.URL("/translate"))
	c.SignsIn()
	row := "[data-meeting='" + meeting + "'] [data-locale=ar]"
	c.WaitFor(row + " | " + c.SayCount("translate.count.reports", 3))
	c.Click(row)
	c.WaitFor("[data-part=reports] | " + c.SayCount("translate.reports", 3))
	c.WaitFor("[data-part=reports] li | Vilka morgnar?")
	c.GoesToPlace(question)
	const arabic = "كيف يمكننا معًا أن نجعل الصباح هادئًا؟"
	c.Fill("article.place textarea", arabic)
	c.Click("button |= " + c.Say("translate.save"))
	c.WaitFor("[data-part=reports]")
	c.Click("button |= " + c.Say("translate.reports.resolve"))
	c.WaitGone("[data-part=reports]")
	if got := phone.Texts("ar"); !strings.Contains(got, arabic) {
		t.Errorf("parents have not got the question:\n%.400s", got)
	}
	c.Navigate(w.URL("/translate"))
	c.WaitFor(row)
	if c.Count(row+" | "+c.Say("translate.count.ready")) != 1 {
		t.Errorf("the queue says %q of a meeting that is done", c.Text(row))
	}
}
