package town

import "time"

// tourMeetings shows invitations in every state, and the answer to one.
func (w *Town) tourMeetings(p *Parent, visit Visit) {
	w.r.Helper()
	office, group := w.Office("editor"), w.Invitation("Blåsippan").Group
	invite := func(starts time.Time, answerBy time.Time) string {
		return office.Publishes(group, Meeting{
			Starts: starts, Ends: starts.Add(90 * time.Minute), AnswerBy: answerBy, Place: "Matsalen på Granbacken",
			Contact: "Maria Ekberg, 070-174 06 05", Childcare: true, Question: "Hur kan vi tillsammans ge barnen en lugn kväll?",
			Information: "Vi börjar med fika. Ta gärna med en filt.",
		})
	}
	day := time.Now().Truncate(time.Hour)
	open := invite(day.AddDate(0, 0, 6), day.AddDate(0, 0, 4))
	late := invite(day.AddDate(0, 0, 7), day.AddDate(0, 0, -1))
	moved := invite(day.AddDate(0, 0, 8), time.Time{})
	office.Changes(moved, map[string]any{"place": "Biblioteket"})
	cancelled := invite(day.AddDate(0, 0, 9), time.Time{})
	office.Cancels(cancelled)

	p.Navigate(w.URL("/letters"))
	p.WaitFor("[data-next='" + open + "']")
	visit("letters-invited", p.Page)
	p.Click("nav a |= " + p.Say("nav.meetings"))
	p.WaitFor("[data-meeting='" + cancelled + "'] [data-cancelled]")
	visit("meetings", p.Page)
	w.tourAnswering(p, office, open, visit)
	for _, m := range []struct{ name, id, mark string }{
		{"meeting-late", late, "[data-late]"}, {"meeting-changed", moved, "[data-changed]"}, {"meeting-cancelled", cancelled, "[data-cancelled]"},
	} {
		p.Click("nav a |= " + p.Say("nav.meetings"))
		p.Click("a[data-meeting='" + m.id + "']")
		p.WaitFor("article[data-meeting='" + m.id + "'] " + m.mark)
		visit(m.name, p.Page)
	}
	p.Navigate(w.URL("/meetings/nothing"))
	p.WaitFor("h1 |= " + p.Say("meeting.gone"))
	visit("meeting-gone", p.Page)
}

// tourAnswering goes from the invitation to an interpreter who is booked.
func (w *Town) tourAnswering(p *Parent, office *Office, meeting string, visit Visit) {
	w.r.Helper()
	p.Click("a[data-meeting='" + meeting + "']")
	p.WaitFor("article[data-meeting='" + meeting + "'] .question")
	visit("meeting", p.Page)
	p.Click("[data-status=accepted]")
	p.Click("label | " + p.Say("interpreter.need"))
	p.Choose("#interpreter-language", "other")
	p.Fill("#language-words", "Bahdini")
	p.Press("Tab")
	p.WaitFor("[data-mode=on_site][aria-pressed=true]")
	p.Click("[data-worry] summary")
	p.WaitFor("[data-stage=applied]")
	visit("meeting-answered", p.Page)
	p.WaitUntil("import('/js/data/own.js').then((own) => own.ownAnswer('" + meeting + "')).then((a) => a.state === 'applied' && a.interpreter !== null)")
	office.Books(meeting, "Bahdini", "on_site", "booked", "Tolkförmedlingen, 010-555 20 20")
	p.Reload()
	p.WaitFor("[data-booking=booked]")
	visit("meeting-booked", p.Page)
	p.Click("button |= " + p.Say("report.start"))
	p.Click("button.pick")
	p.WaitFor("[data-report]")
	visit("meeting-report", p.Page)
	p.Click("[data-report] button |= " + p.Say("report.send"))
	p.WaitFor("[data-reported=sent]")
	visit("meeting-reported", p.Page)
}

// tourOwnWishes shows what parents wish to talk about.
func (w *Town) tourOwnWishes(p *Parent, visit Visit) {
	w.r.Helper()
	p.Navigate(w.URL("/wishes"))
	p.WaitFor("#wish")
	p.Click("button |= " + p.Say("wish.send"))
	p.WaitFor("#wish-error | " + p.Say("wish.empty"))
	visit("wishes-empty", p.Page)
	p.Fill("#wish", "Hur gör andra med skärmar på kvällen?")
	p.Click("button |= " + p.Say("wish.send"))
	p.WaitFor("[data-wish] [data-stage=applied]")
	visit("wishes", p.Page)
}

// tourOwn shows what a parent has of her own: the calendar's address, what
// waits, how to erase everything.
func (w *Town) tourOwn(p *Parent, visit Visit) {
	w.r.Helper()
	p.Navigate(w.URL("/more/calendar"))
	p.WaitFor("[data-action=open]")
	visit("calendar", p.Page)
	p.Click("[data-action=open]")
	p.WaitFor("[data-calendar]")
	visit("calendar-address", p.Page)
	p.Navigate(w.URL("/more/outbox"))
	p.WaitFor("main | " + p.Say("outbox.none"))
	visit("outbox-none", p.Page)
	p.KeepsAll()
}

// tourErasing writes something that can't be sent and then erases everything,
// all of it without a network; the phone is a stranger's afterwards.
func (w *Town) tourErasing(p *Parent, visit Visit) {
	w.r.Helper()
	p.Navigate(w.URL("/wishes"))
	p.Fill("#wish", "Hur lär vi barnen cykla?")
	p.Click("button |= " + p.Say("wish.send"))
	p.WaitFor("[data-wish] [data-stage=pending]")
	visit("wishes-offline", p.Page)
	p.Click("[data-line=waiting] a")
	p.WaitFor("[data-operation=wish]")
	visit("outbox", p.Page)
	p.Navigate(w.URL("/more/erase"))
	p.Click("[data-action=ask]")
	p.WaitFor("[data-action=erase]")
	visit("erase", p.Page)
	p.Click("[data-action=erase]")
	p.WaitFor("[data-erased=waiting]")
	visit("erase-waiting", p.Page)
}
