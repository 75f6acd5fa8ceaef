package e2e_test

import (
	"testing"
	"time"
)

// A parent answers without a network; the app is opened again, and the network
// comes back: the answer is stored once. She changes it and takes it back.
func TestAnswerOffline(t *testing.T) {
	p := newGuest(t, "ar", 3)
	p.WaitFor("[data-next='" + p.meeting + "']")
	p.KeepsAll()
	p.LosesNetwork()
	p.Click("[data-next] button |= " + p.Say("answer.accepted"))
	p.WaitFor("[data-next] [data-stage=pending]")
	p.WaitFor("[data-line=waiting]")

	p.opens()
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
	if got := p.answers(); got.Accepted.Answers != 0 {
		t.Errorf("the server has an answer that could not be sent: %+v", got)
	}

	p.Profile().Offline(false)
	p.stored("applied", "accepted", "")
	got := p.answers()
	if got.Accepted.Answers != 1 || got.Accepted.People != 2 || got.Childcare.Children != 1 || len(got.Interpreters) != 1 ||
		got.Interpreters[0].Language != "ar" || got.Interpreters[0].Mode != "video" {
		t.Errorf("staff see %+v", got)
	}

	t.Log("she changes it, and takes it back")
	p.Click("[data-status=declined]")
	p.stored("applied", "declined", "")
	p.Fill("#note", "Vi är bortresta.")
	p.Press("Tab")
	p.stored("applied", "declined", "Vi är bortresta.")
	if got := p.answers(); got.Accepted.Answers != 0 || got.Declined.Answers != 1 || len(got.Notes) != 1 {
		t.Errorf("after no staff see %+v", got)
	}
	p.Click("[data-action=take-back]")
	p.stored("applied", "none", "")
	p.WaitGone("[data-action=take-back]")
	if got := p.answers(); got.Accepted.Answers+got.Declined.Answers+got.Tentative.Answers != 0 || len(got.Notes) != 0 {
		t.Errorf("after taking back staff see %+v", got)
	}
}

// After the last day for answers the page says so before and after; the answer
// is stored as late.
func TestAnswerLate(t *testing.T) {
	p := newGuest(t, "sv", 1)
	p.opens()
	p.WaitFor("[data-late]")
	p.WaitFor(".question | Hur kan vi hjälpas åt så att barnen får sova?")
	p.WaitFor(".letter-text | Ta gärna med en filt.")
	p.Click("[data-status=tentative]")
	p.stored("late", "tentative", "")
	if got := p.answers(); got.Late.Answers != 1 || got.Tentative.Answers != 1 {
		t.Errorf("staff see %+v", got)
	}
}

// What staff do about the interpreter reaches the parent; a moved and a
// cancelled meeting say so, and a cancelled one can't be answered.
func TestMeetingNews(t *testing.T) {
	p := newGuest(t, "ar", 10)
	p.opens()
	p.Click("[data-status=accepted]")
	p.Click("label | " + p.Say("interpreter.need"))
	p.Choose("#interpreter-language", "other")
	p.Fill("#language-words", "Bahdini")
	p.Press("Tab")
	p.WaitFor("[data-mode=on_site][aria-pressed=true]")
	p.stored("applied", "accepted", "")
	p.KeepsAll()
	p.office.Books(p.meeting, "Bahdini", "on_site", "booked", "Tolkförmedlingen, 010-555 20 20")
	p.Syncs()
	p.WaitFor("[data-booking=booked] | " + p.Say("interpreter.booked"))
	p.WaitFor("[data-booking=booked] | Tolkförmedlingen")
	p.office.Books(p.meeting, "Bahdini", "on_site", "none_found", "")
	p.Syncs()
	p.WaitFor("[data-booking=none_found]")

	moved := time.Now().AddDate(0, 0, 12).Truncate(time.Hour)
	p.office.Changes(p.meeting, map[string]any{"starts": moved.UTC().Format(time.RFC3339), "ends": moved.Add(time.Hour).UTC().Format(time.RFC3339)})
	p.Syncs()
	p.WaitFor("[data-changed]")
	p.office.Cancels(p.meeting)
	p.Syncs()
	p.WaitFor("[data-cancelled]")
	p.WaitGone("[data-status=declined]")
	p.WaitFor(".answer [data-status=accepted]")
}

// The server refuses what is not possible any more; the parent is told why, and
// what she had answered before stands again when she has read it.
func TestAnswerRefused(t *testing.T) {
	p := newGuest(t, "sv", 10)
	p.opens()
	p.Click("[data-status=declined]")
	p.stored("applied", "declined", "")
	p.KeepsAll()
	p.LosesNetwork()
	p.Click("[data-status=accepted]")
	p.WaitFor("[data-stage=pending]")
	p.Click("[data-stepper=count] [data-step='1']")
	p.WaitFor("[data-stepper=count] output |= 2")
	p.office.Cancels(p.meeting)
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
	p.opens()
	p.WaitFor(".answer [data-status=declined]")
}

// A letter about a meeting that the phone has leads to it.
func TestLetterLeadsToMeeting(t *testing.T) {
	w := shop.Beside(t)
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
