package e2e_test

import (
	"testing"
	"time"
)

// What is being written in a note reaches staff though its field is never left:
// a moment after the last sign, or when the phone is put away. The field goes
// on showing what was typed, with the space before the next word; what is
// tapped meanwhile is not undone.
func TestANoteIsKeptWhileItIsTyped(t *testing.T) {
	p := newGuest(t, "sv", 3)
	p.opens()
	p.Click("[data-status=accepted]")
	p.stored("applied", "accepted", "")

	p.Click("#note")
	p.Type("Vi kommer ")
	p.stored("applied", "accepted", "Vi kommer")
	if value := p.Value("#note"); value != "Vi kommer " {
		t.Errorf("the field shows %q", value)
	}
	p.Type("senare. ")
	p.Click("[data-stepper=count] [data-step='1']")
	p.stored("applied", "accepted", "Vi kommer senare.")
	p.WaitFor("[data-stepper=count] output |= 2")

	p.Click("#note")
	p.Type("Kanske.")
	typed := time.Now()
	p.Hide()
	p.WaitUntil("import('/js/data/own.js').then((own) => own.ownAnswer('" + p.meeting + "')).then((a) => a.note.includes('Kanske.'))")
	t.Logf("kept %v after the last sign", time.Since(typed))
	p.Show()
	if answers := p.answers(); answers.Accepted.People != 2 {
		t.Errorf("staff see %+v", answers)
	}
}
