package staff_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"folje/test/browser"
	"folje/test/town"
)

// invited has the parents of the first group invited to a meeting in three
// weeks, and gives a colleague at the meeting's page.
func invited(w *town.Town, m town.Meeting) (c *town.Colleague, meeting string) {
	m.Starts = town.InDays(21).Truncate(time.Hour)
	m.Ends, m.AnswerBy = m.Starts.Add(90*time.Minute), m.Starts.AddDate(0, 0, -3)
	m.BookBy, m.CancelBy, m.Place = m.Starts.AddDate(0, 0, -7), m.Starts.AddDate(0, 0, -2), "Matsalen"
	meeting = w.Office("editor").Publishes(w.Ways.Invitations[0].Group, m)
	c = w.Colleague(w.Staff("editor", ""))
	c.Navigate(w.URL("/staff/meetings/" + meeting))
	c.WaitFor("[data-step=invite].done")
	return c, meeting
}

// counted answers the number of one of the counts.
func counted(c *town.Colleague, name string) int {
	n, _ := strconv.Atoi(c.Text("[data-count=" + name + "] strong"))
	return n
}

// Parents answer, and staff see exactly how many come, who is late, and which
// interpreters are needed; what staff say about an interpreter the parent sees.
func TestAnswersAndInterpreters(t *testing.T) {
	w := shop.Beside(t)
	c, meeting := invited(w, town.Meeting{Childcare: true, Contact: "Maria Ekberg, 0586-555 10"})
	c.Click("a |= " + c.Say("staff.answers.see"))
	c.WaitFor("main | " + c.Say("staff.answers.none"))

	code := w.Ways.Invitations[0].Code
	arabic := town.Wanted{"language": "ar", "mode": "on_site"}
	first := w.Phone(code)
	first.Answers(meeting, town.Wanted{"count": 2, "childcare": 3, "interpreter": arabic})
	w.Phone(code).Answers(meeting, town.Wanted{"count": 1, "interpreter": arabic, "note": "<b>Vi kommer sent</b>"})
	w.Phone(code).Answers(meeting, town.Wanted{"status": "tentative", "count": 4})
	w.Phone(code).Answers(meeting, town.Wanted{"status": "declined", "count": 0})
	back := w.Phone(code)
	back.Answers(meeting, town.Wanted{"count": 9})
	back.Answers(meeting, town.Wanted{"status": "none", "count": 0})

	// She comes back to the page, and it has read them by itself.
	c.Hide()
	c.Show()
	c.WaitFor("[data-count=accepted]")
	for name, want := range map[string]int{"accepted": 3, "tentative": 4, "declined": 1, "childcare": 3} {
		if got := counted(c, name); got != want {
			t.Errorf("%s is counted as %d, want %d", name, got, want)
		}
	}
	c.WaitFor("[data-count=accepted] small |= " + c.SayCount("staff.answers.in", 2))
	c.WaitFor("[data-part=notes] | <b>Vi kommer sent</b>")
	c.WaitFor("[data-language=ar][data-state=requested] | " + c.SayCount("staff.booking.families", 2))

	books(c, "booked", "Tolkförmedlingen, 010-555 20")
	if got := first.Own()[meeting].Interpreter; got == nil || got.State != "booked" || got.Contact != "Tolkförmedlingen, 010-555 20" {
		t.Errorf("the parent's interpreter is %+v after it was booked", got)
	}
	wantTable(t, c, "Tolkförmedlingen, 010-555 20")
}

// books says what was done about the Arabic interpreter.
func books(c *town.Colleague, state, contact string) {
	const row = "[data-language=ar] "
	c.Choose(row+"select", state)
	c.Fill(row+"input", contact)
	c.Click(row + "button |= " + c.Say("staff.booking.save"))
	c.WaitFor("[data-language=ar][data-state=" + state + "]")
}

// wantTable downloads the interpreters and looks for a contact in the file.
func wantTable(t *testing.T, c *town.Colleague, contact string) {
	t.Helper()
	browser.Eval[any](c.Page, `void (() => {
		let file;
		URL.createObjectURL = (blob) => { file = blob; return 'blob:x' };
		HTMLAnchorElement.prototype.click = async function () {
			const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await file.arrayBuffer());
			window.saved = { name: this.download, text };
		};
	})()`)
	c.Click("button |= " + c.Say("staff.booking.export"))
	c.WaitUntil("window.saved")
	name, table := browser.Eval[string](c.Page, "window.saved.name"), browser.Eval[string](c.Page, "window.saved.text")
	if !strings.HasPrefix(name, "tolkar-20") || !strings.HasSuffix(name, ".csv") {
		t.Errorf("the table is called %q", name)
	}
	if !strings.HasPrefix(table, "\ufeff") || !strings.Contains(table, contact) || strings.Count(strings.TrimSpace(table), "\n") != 1 {
		t.Errorf("the table has no mark of its encoding, or another content than one interpreter:\n%q", table)
	}
}

// Nobody needs a booked interpreter any more, then somebody does again: what is
// to be done is said in words.
func TestInterpreterNobodyNeeds(t *testing.T) {
	w := shop.Beside(t)
	c, meeting := invited(w, town.Meeting{})
	phone := w.Phone(w.Ways.Invitations[0].Code)
	arabic := town.Wanted{"language": "ar", "mode": "video"}
	phone.Answers(meeting, town.Wanted{"interpreter": arabic})
	c.Click("a |= " + c.Say("staff.answers.see"))
	books(c, "booked", "")
	phone.Answers(meeting, town.Wanted{"interpreter": nil})
	c.Click("button |= " + c.Say("staff.answers.refresh"))
	c.WaitFor("[data-language=ar] [data-part=advice] | " + c.SayUntil("staff.booking.unneeded_by", "Time"))
	books(c, "cancelled", "")
	c.WaitGone("[data-language=ar] [data-part=advice]")
	phone.Answers(meeting, town.Wanted{"interpreter": arabic})
	c.Click("button |= " + c.Say("staff.answers.refresh"))
	c.WaitFor("[data-language=ar][data-state=requested]")
	if got := phone.Own()[meeting].Interpreter; got == nil || got.State != "requested" {
		t.Errorf("the parent's interpreter is %+v when it is asked for again", got)
	}
}

// An answer after the last day is counted and marked as late; a last day to
// book that has passed is said in words.
func TestLateAnswers(t *testing.T) {
	w := shop.Beside(t)
	c := w.Colleague(w.Staff("editor", ""))
	c.GoesTo(w.Ways.Invitations[0].Group)
	c.Click("a |= " + c.Say("staff.group.new_meeting"))
	c.Types(town.Plan{Day: town.InDays(2), Place: "Matsalen"})
	yesterday := town.InDays(-1).Format(time.DateOnly)
	c.Choose("[name=answerBy]", yesterday)
	c.Choose("[name=bookBy]", yesterday)
	c.SavesMeeting()
	meeting := c.Meeting()
	c.Invites()
	phone := w.Phone(w.Ways.Invitations[0].Code)
	verdict, code := phone.Does("rsvp", town.Wanted{"meeting": meeting, "status": "accepted", "count": 2, "childcare": 0,
		"interpreter": town.Wanted{"language": "ar", "mode": "phone"}, "note": "Förlåt att vi är sena."})
	if verdict != "late" || code != "answer.late" {
		t.Errorf("the late answer is %s, %s", verdict, code)
	}
	c.Click("a |= " + c.Say("staff.answers.see"))
	c.WaitFor("[data-count=late] | 1")
	if got := counted(c, "accepted"); got != 2 {
		t.Errorf("with the late answer %d come, want 2", got)
	}
	c.WaitFor("[data-part=notes] li | " + c.Say("staff.answers.is_late"))
	c.WaitFor("[data-language=ar] [data-part=advice] | " + c.SayUntil("staff.booking.too_late", "Time"))
}

// Without a network the answers that were read stay, and the page says from
// when they are.
func TestAnswersWithoutNetwork(t *testing.T) {
	w := shop.Beside(t)
	c, meeting := invited(w, town.Meeting{})
	w.Phone(w.Ways.Invitations[0].Code).Answers(meeting, town.Wanted{"count": 3})
	c.Click("a |= " + c.Say("staff.answers.see"))
	c.WaitFor("[data-count=accepted] strong |= 3")
	c.KeepsAll()
	town.WithoutNetwork(c.Page)
	c.Click("button |= " + c.Say("staff.answers.refresh"))
	c.WaitFor("[data-part=stale] | " + c.Say("staff.problem.offline"))
	if got := counted(c, "accepted"); got != 3 {
		t.Errorf("without a network %d come, want what was read last: 3", got)
	}
	c.Profile().Offline(false)
	c.WaitGone("[data-part=stale]")
}

// A cancelled meeting is told before it is done, takes no more answers, and
// reminds of the interpreters that are booked.
func TestMeetingIsCancelled(t *testing.T) {
	w := shop.Beside(t)
	c, meeting := invited(w, town.Meeting{})
	phone := w.Phone(w.Ways.Invitations[0].Code)
	phone.Answers(meeting, town.Wanted{"interpreter": town.Wanted{"language": "ar", "mode": "on_site"}})
	c.Click("a |= " + c.Say("staff.answers.see"))
	books(c, "booked", "")
	c.Click("a.up")
	c.Click("button |= " + c.Say("staff.meeting.cancel"))
	c.WaitFor("dialog | " + c.Say("staff.meeting.cancel_text"))
	c.Click("dialog button |= " + c.Say("staff.meeting.keep"))
	c.WaitGone("dialog")
	if verdict, _ := phone.Does("rsvp", town.Wanted{"meeting": meeting, "status": "accepted", "count": 1, "childcare": 0,
		"interpreter": town.Wanted{"language": "ar", "mode": "on_site"}, "note": ""}); verdict != "applied" {
		t.Errorf("she thought better of it, and an answer is %s", verdict)
	}
	c.Click("button |= " + c.Say("staff.meeting.cancel"))
	c.Click("dialog button |= " + c.Say("staff.meeting.cancel"))
	c.WaitFor("[data-part=cancelled]")
	if c.Count("[data-action=edit-meeting], [data-action=cancel-meeting], [data-action=delete-meeting]") != 0 {
		t.Error("a cancelled meeting can still be changed")
	}
	if verdict, code := phone.Does("rsvp", town.Wanted{"meeting": meeting, "status": "declined", "count": 0, "childcare": 0, "interpreter": nil, "note": ""}); verdict != "rejected" || code != "error.meeting_cancelled" {
		t.Errorf("an answer to the cancelled meeting is %s, %s", verdict, code)
	}
	c.WaitFor("[data-step=invite] | " + c.SayCount("staff.booking.to_cancel", 1))
	c.GoesTo(w.Ways.Invitations[0].Group)
	c.WaitFor("[data-meeting='" + meeting + "'] | " + c.Say("staff.step.cancelled"))
}
