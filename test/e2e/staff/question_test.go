package staff_test

import (
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// The helper says what a question is and shows better ones, with and without a
// network, and forbids nothing; what the coordinator adds to it is said too.
func TestTheHelperWithAQuestion(t *testing.T) {
	w := shop.Beside(t)
	keeper := w.Colleague(w.Staff("coordinator", ""))
	keeper.Navigate(w.URL("/staff"))
	keeper.Click("a | " + keeper.Say("staff.rules.title"))
	keeper.Profile().Allow(browser.Request, "/api/folje/v1/staff/question") // what is wrong is answered 400
	keeper.Click("[data-action=add-own]")
	keeper.Fill("[data-own='0'] label |= "+keeper.Say("staff.rules.words"), "mobilförbud*")
	keeper.Click("[data-action=save-rules]")
	keeper.WaitFor("#own-0-advice-error") // told at its field
	const own = "Säg mobilvanor, så blir det ett samtal."
	keeper.Fill("[data-own='0'] label |= "+keeper.Say("staff.rules.own_advice"), own)
	keeper.Click("[data-action=save-rules]")
	keeper.WaitFor("body | " + keeper.Say("staff.rules.saved"))

	c := w.Colleague(w.Staff("editor", ""))
	c.KeepsAll()
	c.GoesTo(w.Ways.Invitations[0].Group)
	c.Click("a |= " + c.Say("staff.group.new_meeting"))
	field := "label |= " + c.Say("staff.question.label")
	const bad = "Varför sover barnen så dåligt?"
	c.Fill(field, bad)
	c.WaitFor("[data-advice=we] [data-sign=we][data-well=false]")
	c.WaitFor("[data-advice=we] .advice | " + c.Say("staff.question.advice.we"))
	c.WaitFor("[data-example]")
	better := c.Text("[data-example] .grow")
	if !strings.Contains(better, "sov") && !strings.Contains(better, "söm") {
		t.Errorf("near %q is %q", bad, better)
	}
	c.Click("[data-action=use-example]")
	c.WaitFor("[data-part=question-help] .well | " + c.Say("staff.question.well"))
	if got := c.Value(field); got != better {
		t.Errorf("the field has %q, want %q", got, better)
	}
	c.Click("[data-action=put-back]")
	if got := c.Value(field); got != bad {
		t.Errorf("back comes %q", got)
	}
	town.WithoutNetwork(c.Page)
	c.Fill(field, "Hur kan vi ha mobilförbudet kvar?")
	c.WaitFor("[data-advice='own.1'] .advice | " + own)
	c.Fill(field, "كيف نساعد أطفالنا على النوم؟")
	c.WaitFor("[data-advice=swedish]")
	c.Fill(field, "Ska vi ha mer utelek på gården?")
	c.WaitFor("[data-advice=open]")
	c.Profile().Offline(false)
	c.Choose("[name=date]", town.InDays(20).Format("2006-01-02"))
	c.Fill("label |= "+c.Say("staff.meeting.information"), "Vi fikar. Alva fyller fem.")
	c.WaitFor("[data-personal=name] q |= Alva")
	c.Fill("label |= "+c.Say("staff.meeting.contact"), "Ring 070-123 45 67")
	c.WaitFor("[data-personal=phone] q |= 070-123 45 67")
	c.Click("[data-personal=phone] [data-action=allow-personal]")
	c.WaitGone("[data-personal=phone]")
	c.SavesMeeting()                        // all the same
	c.Click("[data-action=invite-parents]") // before parents get it, what stands there still
	c.WaitFor("dialog [data-personal=name] q |= Alva")
	if n := c.Count("dialog [data-personal]"); n != 1 {
		t.Errorf("before inviting %d are asked about", n)
	}
}

// A letter that seems to say whom it is about is asked about where it does, once
// more before it goes out, and goes out.
func TestTheCheckOfNamesAndNumbers(t *testing.T) {
	w := shop.Beside(t)
	c := w.Colleague(w.Staff("editor", ""))
	c.Begins(w.Ways.Invitations[0].Group)
	c.Writes("Kompisar", "Hur kan vi hjälpa barnen att bli sams igen?",
		"Hej! Vi pratade om hur Alva har det. Ring hennes pappa på 070-123 45 67 eller oss på 112.", "Hälsar Maria och Oskar")
	c.WaitFor("[data-personal=name] q |= Alva")
	c.WaitFor("[data-personal=phone] q |= 070-123 45 67")
	if n := c.Count("[data-personal]"); n != 2 {
		t.Errorf("%d places are asked about: %s", n, c.Text("ol.blocks"))
	}
	c.Saved()
	c.Click("[data-personal=phone] [data-action=allow-personal]")
	c.WaitGone("[data-personal=phone]")
	c.Click("button |= " + c.Say("staff.letter.preview"))
	c.WaitFor("[data-part=personal] q |= Alva")
	if n := c.Count("[data-part=personal] q"); n != 1 {
		t.Errorf("before publishing %d are asked about", n)
	}
	c.Click("[data-part=personal] a")
	c.Publishes()
}
