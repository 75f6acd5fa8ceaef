package e2e_test

import (
	"testing"
	"time"

	"folje/test/town"
)

// guest is a parent who is invited to a meeting, and the office that did so.
type guest struct {
	*town.Parent
	office  *town.Office
	meeting string
}

// newGuest invites a parent of the first group to a meeting so many days from
// now. Her phone shows its letters.
func newGuest(t *testing.T, tag string, days int) guest {
	t.Helper()
	w := shop.Beside(t)
	group := w.Ways.Invitations[0]
	g := guest{office: w.Office("editor")}
	g.meeting = g.office.Publishes(group.Group, evening(days))
	g.Parent = w.Parent(tag)
	g.Joins(group.Code)
	return g
}

// answers are those that staff see.
func (g guest) answers() town.Answers { return g.office.Answers(g.meeting) }

// stored waits until the server has this phone's answer, in RFC 5545's word and
// with a note, in time or late.
func (g guest) stored(state, status, note string) {
	g.WaitUntil("import('/js/data/own.js').then((own) => own.ownAnswer('" + g.meeting + "'))" +
		".then((a) => a?.state === '" + state + "' && a.status === '" + status + "' && a.note === '" + note + "')")
	g.WaitFor("[data-stage=" + state + "]")
}

// opens goes to the meeting from the list of meetings.
func (g guest) opens() {
	g.Click("nav a |= " + g.Say("nav.meetings"))
	g.Click("a[data-meeting='" + g.meeting + "']")
	g.WaitFor("article[data-meeting='" + g.meeting + "']")
}

// evening is a meeting so many days from now, to be answered two days before.
func evening(days int) town.Meeting {
	starts := time.Now().AddDate(0, 0, days).Truncate(time.Hour)
	return town.Meeting{
		Starts: starts, Ends: starts.Add(90 * time.Minute), AnswerBy: starts.AddDate(0, 0, -2),
		Place: "Matsalen, Granbacken", Contact: "Maria, 070-174 06 05", Childcare: true,
		Question: "Hur kan vi hjälpas åt så att barnen får sova?", Information: "Vi börjar med fika. Ta gärna med en filt.",
	}
}
