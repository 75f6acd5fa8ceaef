package elsewhere_test

import (
	"slices"
	"testing"
	"time"

	"folje/test/office"
)

// What is written while the server is gone is kept over a reload, is shown as
// waiting, and is on the server once when it is back.
func TestWritesWithoutANetwork(t *testing.T) {
	everywhere(t, func(t *testing.T, p *parent) {
		staff, meeting := p.invited()
		p.joins(p.town.Ways.Invitations[0].Code)
		p.opensMeeting(meeting)

		p.town.Stop()
		p.Click("[data-status=accepted]")
		p.Click("[data-stepper=count] [data-step='1']")
		p.Fill("#note", "Vi kommer lite sent")
		p.Click("[data-stepper=childcare] [data-step='1']")
		p.WaitFor("[data-stage=pending]")
		p.Click("a[href='/wishes']")
		p.Fill("#wish", "Hur gör andra med skärmar?")
		p.Click("button[type=submit]")
		p.WaitFor("li | Hur gör andra med skärmar?")
		p.Reload()
		p.WaitFor("li | Hur gör andra med skärmar?")
		p.opensMeeting(meeting)
		p.WaitFor("[data-status=accepted][aria-pressed=true]")
		p.WaitFor("[data-stage=pending]")

		p.town.Start()
		p.Reload() // opening the app tries again at once
		p.WaitFor("[data-stage=applied]")
		answers, err := staff.Answers(t.Context(), meeting)
		if err != nil {
			t.Fatal(err)
		}
		if a := answers.Accepted; a.Answers != 1 || a.People != 2 || answers.Childcare.Children != 1 || len(answers.Notes) != 1 ||
			answers.Notes[0].Text != "Vi kommer lite sent" {
			t.Errorf("the server has the answers %+v", answers)
		}
		wishes, err := staff.Wishes(t.Context())
		if err != nil || len(slices.DeleteFunc(wishes, func(w string) bool { return w != "Hur gör andra med skärmar?" })) != 1 {
			t.Errorf("the server has the wishes %q, %v", wishes, err)
		}
	})
}

// invited plans a meeting for the group of the first invitation.
func (p *parent) invited() (*office.Office, string) {
	p.t.Helper()
	editor := p.town.Staff("editor", "")
	o, err := office.SignIn(p.t.Context(), p.town.Server.Origin, editor.Email, editor.Password, p.town.Ways.Invitations[0].Group)
	if err != nil {
		p.t.Fatal(err)
	}
	meeting, err := o.Invite(p.t.Context(), time.Now().AddDate(0, 0, 10))
	if err != nil {
		p.t.Fatal(err)
	}
	return o, meeting
}

// opensMeeting goes to the meeting by the bar at the bottom and the list.
func (p *parent) opensMeeting(id string) {
	p.t.Helper()
	p.Click("li > a[href='/meetings']")
	p.Click("a[href='/meetings/" + id + "']")
	p.WaitFor("[data-status=accepted]")
}
