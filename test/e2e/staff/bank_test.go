package staff_test

import (
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// An editor makes a parents' wish a question of the bank, finds it there by a
// word, and begins a meeting with it; the next meeting takes it from a dialog.
func TestAQuestionComesFromTheBank(t *testing.T) {
	w := shop.Beside(t)
	group := w.Ways.Invitations[0].Group
	c := w.Colleague(w.Staff("editor", ""))
	phone := w.Phone(w.Ways.Invitations[0].Code)
	const wish, question = "Vi vill prata om snoret.", "Hur kan vi hjälpas åt när näsan rinner hela vintern?"
	if verdict, code := phone.Does("wish", town.Wanted{"group": phone.Follows(), "text": wish}); verdict != "applied" {
		t.Fatalf("a wish is %s, %s", verdict, code)
	}
	c.GoesTo(group)
	c.Click("a | " + c.Say("staff.wish.title"))
	c.Click("[data-part=open] [data-wish]:has(#" + wishID(c, wish) + ") button |= " + c.Say("staff.wish.to_bank"))
	c.WaitFor("[data-form=phrase] | " + c.Say("staff.question.advice.question"))
	c.Fill("label |= "+c.Say("staff.bank.text"), question)
	c.Fill("label |= "+c.Say("staff.bank.topic"), "hälsa")
	c.Choose("[name=ageTo]", "5")
	c.Click("[data-action=save-phrase]")

	c.WaitFor("main[data-view=staff-bank] h1")
	c.Fill("label |= "+c.Say("staff.bank.search"), "näsan HÄLSA")
	c.WaitFor("[data-part=questions] [data-phrase] | " + question)
	c.WaitFor("[data-part=questions] [data-phrase] | " + c.Say("staff.bank.from_wish"))
	c.Choose("#bank-age", "9")
	c.WaitFor("main | " + c.Say("staff.bank.none"))
	c.Choose("#bank-age", "4")
	c.Click("[data-action=use-phrase]")
	c.Click("dialog button |= " + group)
	label := "label |= " + c.Say("staff.question.label")
	if got := c.Value(label); got != question {
		t.Errorf("the meeting begins with %q", got)
	}

	c.Types(town.Plan{Day: town.InDays(16), Place: "Matsalen"})
	c.SavesMeeting()
	c.GoesTo(group)
	c.Click("a |= " + c.Say("staff.group.new_meeting"))
	c.Click("[data-action=from-bank]")
	c.Fill("dialog label |= "+c.Say("staff.bank.search"), "näsan")
	c.WaitFor("dialog [data-phrase] | " + c.SayUntil("staff.bank.planned", "Date"))
	c.Click("dialog [data-action=take-question]")
	if got := c.Value(label); got != question {
		t.Errorf("from the dialog comes %q", got)
	}
}

// What is in the bank already is told at its field, and what she typed stays.
func TestThePhraseIsThereAlready(t *testing.T) {
	w := shop.Beside(t)
	c := w.Colleague(w.Staff("editor", ""))
	c.Profile().Allow(browser.Request, "/api/collections/phrases/records")
	const thanks = "Varmt tack för allt ni delade med er av."
	writes := func() {
		c.Navigate(w.URL("/staff/bank/new"))
		c.Click("label |= " + c.Say("staff.bank.kind.phrase"))
		c.Fill("label |= "+c.Say("staff.bank.text"), thanks)
		c.Click("[data-action=save-phrase]")
	}
	writes()
	c.WaitFor("[data-part=phrases] [data-phrase] | " + thanks)
	writes()
	c.WaitFor("#text-error | " + c.Say("error.phrase_known"))
	if got := c.Value("label |= " + c.Say("staff.bank.text")); got != thanks {
		t.Errorf("what she typed became %q", got)
	}
}
