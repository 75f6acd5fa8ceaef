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
	w := newTown(t)
	office, group := w.Office("editor"), w.Ways.Invitations[0]
	meeting := office.Publishes(group.Group, evening(3))
	p := w.Parent("sv")
	p.Joins(group.Code)
	opens(p, meeting)
	p.Click("[data-status=accepted]")
	stored(p, meeting, "applied", "accepted", "")

	p.Click("#note")
	p.Type("Vi kommer ")
	stored(p, meeting, "applied", "accepted", "Vi kommer")
	if value := p.Value("#note"); value != "Vi kommer " {
		t.Errorf("the field shows %q", value)
	}
	p.Type("senare. ")
	p.Click("[data-stepper=count] [data-step='1']")
	stored(p, meeting, "applied", "accepted", "Vi kommer senare.")
	p.WaitFor("[data-stepper=count] output |= 2")

	p.Click("#note")
	p.Type("Kanske.")
	typed := time.Now()
	p.Hide()
	p.WaitUntil("import('/js/data/own.js').then((own) => own.ownAnswer('" + meeting + "')).then((a) => a.note.includes('Kanske.'))")
	t.Logf("kept %v after the last sign", time.Since(typed))
	p.Show()
	if answers := office.Answers(meeting); answers.Accepted.People != 2 {
		t.Errorf("staff see %+v", answers)
	}
}
