package town

import (
	"folje/test/browser"
)

// tourMeeting shows a meeting from its plan to the day it is cancelled.
func (w *Town) tourMeeting(c *Colleague, group string, visit Visit) {
	w.r.Helper()
	c.GoesTo(group)
	visit("staff-group", c.Page)
	c.Navigate(w.URL("/staff/meetings/" + c.Attr("[data-meeting]", "data-meeting")))
	c.WaitFor("main[data-view=staff-meeting] h1")
	visit("staff-meeting", c.Page)
	w.tourPlanning(c, group, visit)
	meeting := c.Meeting()
	w.tourInviting(c, visit)
	w.tourAnswers(c, meeting, visit)
	w.tourTwoPlans(c, meeting, visit)
	w.tourCancelling(c, meeting, visit)
	w.tourWishes(c, group, visit)
}

func (w *Town) tourPlanning(c *Colleague, group string, visit Visit) {
	w.r.Helper()
	c.GoesTo(group)
	c.Click("a |= " + c.Say("staff.group.new_meeting"))
	c.Fill("label |= "+c.Say("staff.question.label"), "Varför sover barnen inte?")
	c.Click("button |= " + c.Say("staff.meeting.save"))
	c.WaitFor(".error | " + c.Say("staff.meeting.need_date"))
	visit("staff-meeting-new", c.Page)
	c.Choose("[name=date]", "2027-10-31")
	c.Choose("[name=from]", "02:30")
	c.Choose("[name=to]", "04:00")
	c.Click("button |= " + c.Say("staff.meeting.save"))
	c.WaitFor("[data-twice=from]")
	visit("staff-meeting-clock", c.Page)
	c.Choose("[name=from]", "17:30")
	c.Choose("[name=to]", "19:00")
	c.Types(Plan{
		Day: InDays(21), Place: "Matsalen på Åkerbärets förskola", Contact: "Maria Ekberg, 0586-555 10", Childcare: true,
		Question: "Hur kan vi tillsammans ge barnen en lugn kväll?",
	})
	c.SavesMeeting()
	c.WaitFor("[data-part=readiness]")
	visit("staff-meeting-planned", c.Page)
	c.Click("a |= " + c.Say("staff.meeting.edit"))
	c.WaitFor("main[data-view=staff-meeting-edit] form")
	visit("staff-meeting-edit", c.Page)
	c.Click("a.up")
	c.WaitFor("main[data-view=staff-meeting] h1")
}

func (w *Town) tourInviting(c *Colleague, visit Visit) {
	w.r.Helper()
	c.Click("button |= " + c.Say("staff.invitation.send"))
	c.WaitFor("dialog h2")
	visit("staff-invitation", c.Page)
	c.Click("dialog button |= " + c.Say("staff.invitation.send"))
	c.WaitGone("dialog")
	c.WaitFor("[data-step=invite].done")
	visit("staff-meeting-invited", c.Page)
	c.Click("a |= " + c.Say("staff.answers.see"))
	c.WaitFor("main | " + c.Say("staff.answers.none"))
	visit("staff-answers-none", c.Page)
}

func (w *Town) tourAnswers(c *Colleague, meeting string, visit Visit) {
	w.r.Helper()
	code := w.Ways.Invitations[0].Code
	asker := w.Phone(code)
	asker.Answers(meeting, Wanted{"count": 2, "childcare": 3, "interpreter": Wanted{"language": "ar", "mode": "on_site"}})
	w.Phone(code).Answers(meeting, Wanted{"interpreter": Wanted{"language": "ar", "mode": "on_site"}, "note": "Vi kommer lite senare, bussen går 17.40."})
	w.Phone(code).Answers(meeting, Wanted{"status": "tentative", "interpreter": Wanted{"language": "Bahdini (en dialekt av kurdiska)", "mode": "phone"}})
	w.Phone(code).Answers(meeting, Wanted{"status": "declined", "count": 0})
	c.Click("button |= " + c.Say("staff.answers.refresh"))
	c.WaitFor("[data-count=accepted] strong |= 3")
	visit("staff-answers", c.Page)
	const arabic = "[data-language=ar] "
	c.Choose(arabic+"select", "booked")
	c.Fill(arabic+"input", "Tolkförmedlingen, 010-555 20")
	c.Click(arabic + "button")
	c.WaitFor("[data-language=ar][data-state=booked]")
	visit("staff-answers-booked", c.Page)
	c.Navigate(w.URL("/staff/meetings/" + meeting))
	c.WaitFor("[data-part=summary]")
	visit("staff-meeting-answers", c.Page)
	c.Click("[data-action=hold]")
	c.WaitFor(".held-question")
	visit("staff-hold", c.Page)
	c.Click("[data-action=close]")
	c.Click("[data-action=notes]")
	c.Fill("textarea |= "+c.Say("staff.notes.emotional"), "Alla fick ordet.")
	c.Saved()
	visit("staff-notes", c.Page)
}

// tourTwoPlans has two people change one meeting.
func (w *Town) tourTwoPlans(c *Colleague, meeting string, visit Visit) {
	w.r.Helper()
	c.Navigate(w.URL("/staff/meetings/" + meeting + "/edit"))
	c.WaitFor("[data-form=meeting]")
	phone := browser.Phone()
	phone.Locale = c.Tag
	other := &Colleague{Page: c.Profile().Page(phone), Tag: c.Tag, Who: c.Who, town: w}
	other.Navigate(c.URL())
	other.Types(Plan{Place: "Gympasalen", Contact: "Oskar Brandt, 0586-555 12"})
	other.SavesMeeting()
	other.Close()
	c.Profile().Allow(browser.Request, "/api/collections/meetings/")
	c.Types(Plan{Place: "Biblioteket"})
	c.Click("[data-action=save-meeting]")
	c.WaitFor("[data-difference=place]")
	visit("staff-meeting-conflict", c.Page)
	c.SavesMeeting()
}

func (w *Town) tourCancelling(c *Colleague, meeting string, visit Visit) {
	w.r.Helper()
	c.Click("button |= " + c.Say("staff.meeting.cancel"))
	c.WaitFor("dialog h2")
	visit("staff-meeting-cancel", c.Page)
	c.Click("dialog button |= " + c.Say("staff.meeting.cancel"))
	c.WaitGone("dialog")
	c.WaitFor("[data-part=cancelled]")
	visit("staff-meeting-cancelled", c.Page)
	c.Navigate(w.URL("/staff/meetings/" + meeting + "/answers"))
	c.WaitFor("[data-language=ar] [data-part=advice]")
	visit("staff-answers-cancelled", c.Page)
}

func (w *Town) tourWishes(c *Colleague, group string, visit Visit) {
	w.r.Helper()
	c.Plans(group, Plan{Day: InDays(30)})
	phone := w.Phone(w.Ways.Invitations[0].Code)
	for _, text := range []string{"Vi vill prata om läggdags och hur man slutar med napp.", "Hur hjälper vi barnen att bli vänner?"} {
		if verdict, code := phone.Does("wish", Wanted{"group": phone.Follows(), "text": text}); verdict != "applied" {
			w.r.Fatalf("a wish is %s: %s", verdict, code)
		}
	}
	c.GoesTo(group)
	c.Click("a | " + c.Say("staff.wish.title"))
	c.WaitFor("[data-wish]")
	c.Click("[data-part=open] [data-wish]:last-child button |= " + c.Say("staff.wish.set_aside"))
	c.WaitFor("[data-part=set_aside] [data-wish]")
	visit("staff-wishes", c.Page)
	c.Click("[data-part=open] button |= " + c.Say("staff.wish.use"))
	c.WaitFor("dialog h2")
	visit("staff-wish-meeting", c.Page)
	c.Click("dialog [data-action=use-in-new]")
	c.WaitFor("[data-part=wish]")
	visit("staff-wish-question", c.Page)
}
