package town

import (
	"time"

	"folje/test/browser"
)

// Plan is a meeting as somebody types it. What is empty is left as the form
// has it.
type Plan struct {
	Day       time.Time // its date, in Stockholm
	Place     string
	Contact   string
	Question  string
	Childcare bool
}

// InDays is a plan's day, so many days from today.
func InDays(days int) time.Time { return time.Now().AddDate(0, 0, days) }

// Plans opens the form of a new meeting of a group, fills and saves it, and
// answers the meeting's id, at its page.
func (c *Colleague) Plans(group string, p Plan) string {
	c.town.r.Helper()
	c.GoesTo(group)
	c.Click("a |= " + c.Say("staff.group.new_meeting"))
	c.Types(p)
	c.SavesMeeting()
	return c.Meeting()
}

// Types fills the meeting's form that lies open.
func (c *Colleague) Types(p Plan) {
	c.town.r.Helper()
	c.WaitFor("[data-form=meeting]")
	if !p.Day.IsZero() {
		c.Choose("[name=date]", p.Day.Format(time.DateOnly))
	}
	for field, text := range map[string]string{
		"staff.meeting.place": p.Place, "staff.meeting.contact": p.Contact, "staff.question.label": p.Question,
	} {
		if text != "" {
			c.Fill("label |= "+c.Say(field), text)
		}
	}
	if p.Childcare {
		c.Click("label |= " + c.Say("staff.meeting.childcare"))
	}
}

// SavesMeeting saves the form that lies open and waits for the meeting's page.
func (c *Colleague) SavesMeeting() {
	c.town.r.Helper()
	c.Click("[data-action=save-meeting]")
	c.WaitFor("main[data-view=staff-meeting] h1")
}

// Meeting is the id of the meeting whose page lies open.
func (c *Colleague) Meeting() string {
	c.town.r.Helper()
	return browser.Eval[string](c.Page, "location.pathname.split('/')[3]")
}

// Invites lets the parents know of the meeting whose page lies open.
func (c *Colleague) Invites() {
	c.town.r.Helper()
	c.Click("button |= " + c.Say("staff.invitation.send"))
	c.Click("dialog button |= " + c.Say("staff.invitation.send"))
	c.WaitGone("dialog")
	c.WaitFor("[data-step=invite].done")
}
