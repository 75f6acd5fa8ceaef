package e2e_test

import (
	"testing"
	"time"

	"folje/test/browser"
	"folje/test/town"
)

// evening is a meeting so many days from now, to be answered two days before.
func evening(days int) town.Meeting {
	starts := time.Now().AddDate(0, 0, days).Truncate(time.Hour)
	return town.Meeting{
		Starts: starts, Ends: starts.Add(90 * time.Minute), AnswerBy: starts.AddDate(0, 0, -2),
		Place: "Matsalen, Granbacken", Contact: "Maria, 070-174 06 05", Childcare: true,
		Question: "Hur kan vi hjälpas åt så att barnen får sova?", Information: "Vi börjar med fika. Ta gärna med en filt.",
	}
}

// kept waits until the worker has all of the parents' screens.
func kept(p *town.Parent) {
	p.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")
	p.WaitUntil(`Promise.all(['/css/meeting.css', '/js/parent/meeting.js', '/js/parent/wishes.js', '/js/parent/report.js', '/js/parent/erase.js', '/js/data/background.js']
		.map((file) => caches.match(file))).then((all) => all.every(Boolean))`)
}

// offline takes the network from a phone.
func offline(p *town.Parent) {
	p.Profile().Allow(browser.Request, "ERR_INTERNET_DISCONNECTED")
	// The browser is told to wake the worker again.
	p.Profile().Allow(browser.Exception, "operations still wait")
	p.Profile().Offline(true)
}

// stored waits until the server has this phone's answer to a meeting, in RFC
// 5545's word and with a note, in time or late.
func stored(p *town.Parent, meeting, state, status, note string) {
	p.WaitUntil("import('/js/data/own.js').then((own) => own.ownAnswer('" + meeting + "'))" +
		".then((a) => a?.state === '" + state + "' && a.status === '" + status + "' && a.note === '" + note + "')")
	p.WaitFor("[data-stage=" + state + "]")
}

// opens goes to a meeting from the list of meetings.
func opens(p *town.Parent, meeting string) {
	p.Click("nav a |= " + p.Say("nav.meetings"))
	p.Click("a[data-meeting='" + meeting + "']")
	p.WaitFor("article[data-meeting='" + meeting + "']")
}

// A parent answers without a network; the app is opened again, and the network
// comes back: the answer is stored once. She changes it and takes it back.
func TestAnswerOffline(t *testing.T) {
	w := newTown(t)
	office, group := w.Office("editor"), w.Ways.Invitations[0]
	meeting := office.Publishes(group.Group, evening(3))
	p := w.Parent("ar")
	p.Joins(group.Code)
	p.WaitFor("[data-next='" + meeting + "']")
	kept(p)
	offline(p)
	p.Click("[data-next] button |= " + p.Say("answer.accepted"))
	p.WaitFor("[data-next] [data-stage=pending]")
	p.WaitFor("[data-line=waiting]")

	opens(p, meeting)
	p.Click("[data-stepper=count] [data-step='1']")
	p.WaitFor("[data-stepper=count] output |= 2")
	p.Click("[data-stepper=childcare] [data-step='1']")
	p.WaitFor("[data-stepper=childcare] output |= 1")
	p.Click("label | " + p.Say("interpreter.need"))
	p.WaitFor("#interpreter-language")
	if language := p.Value("#interpreter-language"); language != "ar" {
		t.Errorf("an Arabic phone is offered %q first", language)
	}
	p.Click("[data-mode=video]")
	p.WaitFor("[data-mode=video][aria-pressed=true]")
	p.Reload()
	p.WaitFor("[data-status=accepted][aria-pressed=true]")
	p.WaitFor("[data-stage=pending]")
	if got := office.Answers(meeting); got.Accepted.Answers != 0 {
		t.Errorf("the server has an answer that could not be sent: %+v", got)
	}

	p.Profile().Offline(false)
	stored(p, meeting, "applied", "accepted", "")
	got := office.Answers(meeting)
	if got.Accepted.Answers != 1 || got.Accepted.People != 2 || got.Childcare.Children != 1 || len(got.Interpreters) != 1 ||
		got.Interpreters[0].Language != "ar" || got.Interpreters[0].Mode != "video" {
		t.Errorf("staff see %+v", got)
	}

	t.Log("she changes it, and takes it back")
	p.Click("[data-status=declined]")
	stored(p, meeting, "applied", "declined", "")
	p.Fill("#note", "Vi är bortresta.")
	p.Press("Tab")
	stored(p, meeting, "applied", "declined", "Vi är bortresta.")
	if got := office.Answers(meeting); got.Accepted.Answers != 0 || got.Declined.Answers != 1 || len(got.Notes) != 1 {
		t.Errorf("after no staff see %+v", got)
	}
	p.Click("[data-action=take-back]")
	stored(p, meeting, "applied", "none", "")
	p.WaitGone("[data-action=take-back]")
	if got := office.Answers(meeting); got.Accepted.Answers+got.Declined.Answers+got.Tentative.Answers != 0 || len(got.Notes) != 0 {
		t.Errorf("after taking back staff see %+v", got)
	}
}

// After the last day for answers the page says so before and after; the answer
// is stored as late.
func TestAnswerLate(t *testing.T) {
	w := newTown(t)
	office, group := w.Office("editor"), w.Ways.Invitations[0]
	meeting := office.Publishes(group.Group, evening(1))
	p := w.Parent("sv")
	p.Joins(group.Code)
	opens(p, meeting)
	p.WaitFor("[data-late]")
	p.WaitFor(".question | Hur kan vi hjälpas åt så att barnen får sova?")
	p.WaitFor(".letter-text | Ta gärna med en filt.")
	p.Click("[data-status=tentative]")
	stored(p, meeting, "late", "tentative", "")
	if got := office.Answers(meeting); got.Late.Answers != 1 || got.Tentative.Answers != 1 {
		t.Errorf("staff see %+v", got)
	}
}

// What staff do about the interpreter reaches the parent; a moved and a
// cancelled meeting say so, and a cancelled one can't be answered.
func TestMeetingNews(t *testing.T) {
	w := newTown(t)
	office, group := w.Office("editor"), w.Ways.Invitations[0]
	meeting := office.Publishes(group.Group, evening(10))
	p := w.Parent("ar")
	p.Joins(group.Code)
	opens(p, meeting)
	p.Click("[data-status=accepted]")
	p.Click("label | " + p.Say("interpreter.need"))
	p.Choose("#interpreter-language", "other")
	p.Fill("#language-words", "Bahdini")
	p.Press("Tab")
	p.WaitFor("[data-mode=on_site][aria-pressed=true]")
	stored(p, meeting, "applied", "accepted", "")
	kept(p)
	office.Books(meeting, "Bahdini", "on_site", "booked", "Tolkförmedlingen, 010-555 20 20")
	synced(p)
	p.WaitFor("[data-booking=booked] | " + p.Say("interpreter.booked"))
	p.WaitFor("[data-booking=booked] | Tolkförmedlingen")
	office.Books(meeting, "Bahdini", "on_site", "none_found", "")
	synced(p)
	p.WaitFor("[data-booking=none_found]")

	moved := time.Now().AddDate(0, 0, 12).Truncate(time.Hour)
	office.Changes(meeting, map[string]any{"starts": moved.UTC().Format(time.RFC3339), "ends": moved.Add(time.Hour).UTC().Format(time.RFC3339)})
	synced(p)
	p.WaitFor("[data-changed]")
	office.Cancels(meeting)
	synced(p)
	p.WaitFor("[data-cancelled]")
	p.WaitGone("[data-status=declined]")
	p.WaitFor(".answer [data-status=accepted]")
}

// The server refuses what is not possible any more; the parent is told why, and
// what she had answered before stands again when she has read it.
func TestAnswerRefused(t *testing.T) {
	w := newTown(t)
	office, group := w.Office("editor"), w.Ways.Invitations[0]
	meeting := office.Publishes(group.Group, evening(10))
	p := w.Parent("sv")
	p.Joins(group.Code)
	opens(p, meeting)
	p.Click("[data-status=declined]")
	stored(p, meeting, "applied", "declined", "")
	kept(p)
	offline(p)
	p.Click("[data-status=accepted]")
	p.WaitFor("[data-stage=pending]")
	p.Click("[data-stepper=count] [data-step='1']")
	p.WaitFor("[data-stepper=count] output |= 2")
	office.Cancels(meeting)
	p.Profile().Offline(false)
	p.WaitFor("[data-line=refused]")
	p.WaitUntil("import('/js/data/outbox.js').then((outbox) => outbox.waiting()).then((all) => all.waiting === 0 && all.refused.length === 1)")
	p.Click("[data-line=refused] a")
	p.WaitFor("[data-operation=rsvp] | " + p.Say("error.meeting_cancelled"))
	if p.Count("[data-action=again]") > 0 {
		t.Error("an answer to a cancelled meeting is to be tried again")
	}
	p.Click("[data-action=dismiss]")
	p.WaitGone("[data-operation]")
	p.WaitGone("[data-line=refused]")
	opens(p, meeting)
	p.WaitFor(".answer [data-status=declined]")
}

// A letter about a meeting that the phone has leads to it.
func TestLetterLeadsToMeeting(t *testing.T) {
	w := newTown(t)
	p := w.Parent("sv")
	p.Joins(w.Ways.Invitations[0].Code)
	p.Click("a.letter-row")
	p.WaitFor("article.letter")
	meeting := p.Attr("article.letter a[data-meeting]", "data-meeting")
	p.Click("article.letter a[data-meeting]")
	p.WaitFor("article.meeting[data-meeting='" + meeting + "'] .question")
	p.Back()
	p.WaitFor("article.letter a[data-meeting='" + meeting + "']")
}
