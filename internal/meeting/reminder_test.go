package meeting_test

import (
	"testing"
	"time"

	"folje/internal/meeting"
	"folje/internal/outbox"
	"folje/internal/zone"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
)

// Days in which the clocks change have 23 or 25 hours; phones are reminded at
// 17 by the clock all the same.
func TestTheReminderIsAtFiveTheDayBefore(t *testing.T) {
	for starts, want := range map[string]string{
		"2026-11-12 18:00": "2026-11-11T16:00:00Z", "2026-07-02 18:00": "2026-07-01T15:00:00Z",
		"2026-10-25 18:00": "2026-10-24T15:00:00Z", "2026-10-25 00:30": "2026-10-24T15:00:00Z", // winter begins on the 25th
		"2026-10-26 18:00": "2026-10-25T16:00:00Z", "2026-10-26 00:30": "2026-10-25T16:00:00Z",
		"2027-03-28 18:00": "2027-03-27T16:00:00Z", "2027-03-29 18:00": "2027-03-28T15:00:00Z", // summer begins on the 28th
		"2027-01-01 09:00": "2026-12-31T16:00:00Z", "2028-03-01 18:00": "2028-02-29T16:00:00Z",
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", starts, zone.Stockholm())
		if err != nil {
			t.Fatal(err)
		}
		p := open(t)
		p.now = at.AddDate(0, 0, -7).UTC()
		id, _ := p.publish(map[string]any{"starts": stamp(at), "ends": "", "answerBy": ""})
		var got []string
		for _, r := range p.rows(id) {
			if r.GetString("kind") == "reminder" {
				got = append(got, r.GetDateTime("due").Time().Format(time.RFC3339))
			}
		}
		if len(got) != 1 || got[0] != want {
			t.Errorf("of a meeting at %s phones are reminded at %v, want %s", starts, got, want)
		}
	}
}

func TestAMeetingThatComesTooSoonHasNoReminder(t *testing.T) {
	p := open(t)
	p.now = time.Date(2026, 11, 11, 15, 59, 31, 0, time.UTC)
	id, _ := p.publish(map[string]any{"answerBy": ""})
	p.expectWaits(id, "meeting 11T16:00:01 - 12T17:00:00 blue")
	p.rung(id, "meeting")
	p.change(id, map[string]any{"starts": stamp(p.starts.AddDate(0, 0, 1)), "ends": ""})
	p.expectWaits(id, "meeting_changed 11T16:00:01 - 13T17:00:00 blue", "reminder 12T16:00:00 - 13T20:00:00 blue")
}

// Once it has rung, a reminder does not ring again for the same day.
func TestAReminderRingsOnceADay(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	p.rung(id, "meeting")
	p.now = time.Date(2026, 11, 11, 16, 0, 0, 0, time.UTC)
	p.rung(id, "reminder")
	p.now = p.now.Add(time.Hour)
	p.change(id, map[string]any{"starts": stamp(p.starts.Add(time.Hour)), "ends": ""})
	p.expectWaits(id, "meeting_changed 11T17:00:30 - 12T18:00:00 blue")
}

func TestOnlyThoseWhoHaveNotAnsweredAreReminded(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	other, _ := p.publish(nil)
	phones := map[string]phone{}
	for _, status := range []string{"accepted", "declined", "tentative", "none", ""} {
		phones[status] = p.follow(p.blue)
		if status != "" {
			must(t, phones[status].answer(id, 1, map[string]any{"status": status}), "applied", "")
		}
	}
	must(t, phones[""].answer(other, 1, nil), "applied", "")
	var devices []string
	for _, f := range phones {
		devices = append(devices, f.id)
	}
	skip, err := meeting.Kinds(p.cfg)["reminder"].Skip(p.app, outbox.Row{Item: id}, devices)
	if err != nil {
		t.Fatal(err)
	}
	for status, f := range phones {
		if want := status != "" && status != "none"; skip[f.id] != want {
			t.Errorf("who answered %q is skipped: %v", status, skip[f.id])
		}
	}
}

// Meetings that were published before phones rang at all are reminded of too,
// from the next start on.
func TestEarlierMeetingsAreRemindedOf(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	if _, err := meeting.Publish(p.app, id, p.anna.Id, base, p.now.AddDate(0, 0, -1)); err != nil {
		t.Fatal(err)
	}
	plan, _ := p.write(nil)
	soon, base := p.write(map[string]any{"starts": stamp(p.now.Add(time.Hour)), "ends": "", "answerBy": ""})
	if _, err := meeting.Publish(p.app, soon, p.anna.Id, base, p.now.AddDate(0, 0, -1)); err != nil {
		t.Fatal(err)
	}
	for range 2 { // of starts
		router, err := apis.NewRouter(p.app)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.app.OnServe().Trigger(&core.ServeEvent{App: p.app, Router: router}); err != nil {
			t.Fatal(err)
		}
		p.expectWaits(id, reminded)
		p.expectWaits(plan)
		p.expectWaits(soon)
	}
}
