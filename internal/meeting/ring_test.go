package meeting_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/meeting"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// waits are the outbox rows about the meeting that are not done, in the order
// they fall due: kind, due, hold, until and groups.
func (p *preschool) waits(id string) (rows []string) {
	p.Helper()
	for _, r := range p.rows(id) {
		if r.GetString("done") != "" {
			continue
		}
		at := func(field string) string {
			if t := r.GetDateTime(field).Time(); !t.IsZero() {
				return t.Format("02T15:04:05")
			}
			return "-"
		}
		names := []string{}
		for _, g := range r.GetStringSlice("groups") {
			names = append(names, map[string]string{p.blue.Id: "blue", p.pine.Id: "pine"}[g])
		}
		rows = append(rows, fmt.Sprintf("%s %s %s %s %s", r.GetString("kind"), at("due"), at("hold"), at("until"), strings.Join(names, "+")))
	}
	return rows
}

func (p *preschool) rows(id string) []*core.Record {
	p.Helper()
	rows := []*core.Record{}
	if err := p.app.RecordQuery("outbox").AndWhere(dbx.HashExp{"item": id}).OrderBy("due", "mark").All(&rows); err != nil {
		p.Fatal(err)
	}
	return rows
}

func (p *preschool) expectWaits(id string, want ...string) {
	p.Helper()
	if got := p.waits(id); !slices.Equal(got, want) {
		p.Errorf("waiting are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// rung is as if the dispatcher had rung a phone for the meeting's rows of the
// kind, and were done with them.
func (p *preschool) rung(id, kind string) {
	p.Helper()
	for _, r := range p.rows(id) {
		if r.GetString("kind") != kind || r.GetString("done") != "" {
			continue
		}
		p.delivery(r, "sent", 1)
		r.Set("released", p.now)
		r.Set("expanded", p.now)
		r.Set("done", p.now)
		if err := p.app.Save(r); err != nil {
			p.Fatal(err)
		}
	}
}

// delivery is one of the row to a phone of the blue group.
func (p *preschool) delivery(row *core.Record, state string, tries int) *core.Record {
	p.Helper()
	p.sent++
	n := fmt.Sprint(p.sent)
	to := apptest.MustRecord(p, p.app, "push_subscriptions", map[string]any{
		"device": p.follow(p.blue).id, "mark": "m" + n, "service": "https://push.example", "endpoint": "https://push.example/" + n,
		"p256dh": "p", "auth": "a", "key": "k",
	})
	return apptest.MustRecord(p, p.app, "deliveries", map[string]any{
		"outbox": row.Id, "subscription": to.Id, "service": "https://push.example", "state": state, "tries": tries, "due": p.now,
	})
}

// change saves the fields of the meeting.
func (p *preschool) change(id string, fields map[string]any) {
	p.Helper()
	if a := p.save(id, fields); a.Status != http.StatusOK {
		p.Fatalf("change: %d %s", a.Status, a.Body)
	}
}

// The meeting starts on the 12th at 18 in Stockholm and ends at 19:30.
const (
	asked    = "meeting 08T12:00:30 - 12T17:00:00 blue"
	reminded = "reminder 11T16:00:00 - 12T18:30:00 blue"
)

func TestPublishingRingsAfterTheUndoWindow(t *testing.T) {
	p := open(t)
	plan, _ := p.write(nil)
	p.expectWaits(plan)
	id, base := p.publish(nil)
	p.expectWaits(id, asked, reminded)
	p.now = p.now.Add(10 * time.Second)
	if a := p.act(p.anna, id, "publish", base); a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	p.expectWaits(id, asked, reminded)
	row := p.rows(id)[0]
	if row.GetString("author") != p.anna.Id || row.GetString("mark") != "meeting "+id {
		t.Errorf("the invitation is of %s, %s", row.GetString("author"), row.GetString("mark"))
	}
	if mark := p.rows(id)[1].GetString("mark"); mark != "reminder "+id+" 2026-11-12" {
		t.Errorf("the reminder is %s", mark)
	}
}

func TestAnInvitationThatIsRefusedRingsNobody(t *testing.T) {
	p := open(t)
	id, base := p.write(map[string]any{"place": ""})
	p.act(p.anna, id, "publish", base)
	p.expectWaits(id)
}

func TestPhonesAreHeld(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	hold := func(until string) apptest.Answer {
		return p.ask(p.anna, http.MethodPost, staffPath+id+"/publish", map[string]any{"base": base, "hold": until})
	}
	for until, code := range map[string]string{
		"tomorrow": "error.field_invalid", "2026-11-09": "error.field_invalid", "2026-11-22T12:00:01Z": "error.hold_too_far",
		"2026-11-12T18:00:00+01:00": "error.hold_after_meeting", "2026-11-12T17:30:00Z": "error.hold_after_meeting",
	} {
		if a := hold(until); a.Status != http.StatusBadRequest || a.Get("fields", "hold", "code") != code {
			t.Errorf("held until %s: %d %s", until, a.Status, a.Body)
		}
	}
	p.expectWaits(id)
	if a := hold("2026-11-09T08:00:00+01:00"); a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	p.expectWaits(id, "meeting 08T12:00:30 09T07:00:00 12T17:00:00 blue", reminded)
	id, base = p.write(nil)
	hold("2026-11-08T11:59:00Z") // has been
	p.expectWaits(id, asked, reminded)
}

// Nobody is reminded of what nobody has heard of.
func TestAReminderDoesNotComeBeforeTheInvitation(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	a := p.ask(p.anna, http.MethodPost, staffPath+id+"/publish", map[string]any{"base": base, "hold": "2026-11-11T16:00:00Z"})
	if a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	p.expectWaits(id, "meeting 08T12:00:30 11T16:00:00 12T17:00:00 blue")
	p.now = time.Date(2026, 11, 11, 15, 59, 30, 0, time.UTC)
	id, _ = p.publish(map[string]any{"answerBy": ""})
	p.expectWaits(id, "meeting 11T16:00:00 - 12T17:00:00 blue")
}

func TestAMeetingChangedBeforeItRangRingsOnce(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	a := p.ask(p.anna, http.MethodPost, staffPath+id+"/publish", map[string]any{"base": base, "hold": "2026-11-10T08:00:00Z"})
	p.now = p.now.Add(time.Minute)
	p.delivery(p.rows(id)[0], "waiting", 0) // until the hold ends
	p.change(id, map[string]any{"starts": stamp(p.starts.AddDate(0, 0, 7)), "ends": "", "base": a.JSON["base"]})
	p.expectWaits(id, "meeting 08T12:01:30 10T08:00:00 19T17:00:00 blue", "reminder 18T16:00:00 - 19T20:00:00 blue")
	if n, _ := p.app.CountRecords("deliveries"); n != 0 {
		t.Errorf("%d deliveries are left of the old row", n)
	}
	p.change(id, map[string]any{"starts": stamp(p.starts.AddDate(0, 0, -3)), "answerBy": ""})
	p.expectWaits(id, "meeting 08T12:01:30 - 09T17:00:00 blue", "reminder 08T16:00:00 - 09T20:00:00 blue")
}

func TestAChangeOfTimeOrPlaceRings(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	p.now = p.now.Add(time.Hour)
	p.rung(id, "meeting")
	p.change(id, map[string]any{"question": "Vad leker barnen?", "information": "Ta med stövlar.", "contact": "Bo"})
	p.expectWaits(id, reminded)
	p.change(id, map[string]any{"place": "Gården"})
	p.expectWaits(id, "meeting_changed 08T13:00:30 - 12T17:00:00 blue", reminded)
	p.now = p.now.Add(10 * time.Second)
	p.change(id, map[string]any{"starts": stamp(p.starts.Add(time.Hour)), "ends": ""})
	p.expectWaits(id, "meeting_changed 08T13:00:40 - 12T18:00:00 blue", "reminder 11T16:00:00 - 12T21:00:00 blue")
	if rows := p.rows(id); rows[2].GetInt("number") != 2 || rows[2].GetString("mark") != "meeting_changed "+id+" 2" {
		t.Errorf("the change is %d, %s", rows[2].GetInt("number"), rows[2].GetString("mark"))
	}
	p.rung(id, "meeting_changed")
	p.now = p.now.Add(time.Minute)
	p.change(id, map[string]any{"starts": stamp(p.starts.AddDate(0, 0, 1))})
	p.change(id, map[string]any{"starts": stamp(p.starts)})
	p.expectWaits(id, "meeting_changed 08T13:01:40 - 12T17:00:00 blue", "reminder 11T16:00:00 - 12T20:00:00 blue")
	p.now = p.starts
	p.change(id, map[string]any{"place": "Matsalen"})
	p.expectWaits(id)
}

// One phone has rung, others wait for the end of their quiet hours.
func TestAChangeAtNightRingsOnceInTheMorning(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	row := p.rows(id)[0]
	p.delivery(row, "sent", 1)
	waiting := p.delivery(row, "waiting", 0)
	p.change(id, map[string]any{"place": "Gården"})
	p.expectWaits(id, "meeting_changed 08T12:00:30 - 12T17:00:00 blue", reminded)
	r, err := p.app.FindRecordById("deliveries", waiting.Id)
	if err != nil || r.GetString("state") != "dropped" {
		t.Errorf("the invitation that waited is %v, %v", r.GetString("state"), err)
	}
}

func TestACancellationRingsThoseWhoHaveHeard(t *testing.T) {
	p := open(t)
	id, base := p.publish(nil)
	p.act(p.anna, id, "cancel", base)
	p.expectWaits(id)

	id, base = p.publish(nil)
	p.delivery(p.rows(id)[0], "waiting", 0) // in its quiet hours
	p.act(p.anna, id, "cancel", base)
	p.expectWaits(id)

	id, base = p.publish(nil) // seen in the app, before it rang
	must(t, p.follow(p.blue).answer(id, 1, nil), "applied", "")
	p.act(p.anna, id, "cancel", base)
	p.expectWaits(id, "meeting_cancelled 08T12:00:30 - 12T18:30:00 blue")

	id, base = p.publish(nil)
	p.delivery(p.rows(id)[0], "waiting", 1) // its service was busy, or said so
	p.act(p.anna, id, "cancel", base)
	p.expectWaits(id, "meeting_cancelled 08T12:00:30 - 12T18:30:00 blue")

	id, base = p.publish(nil)
	p.rung(id, "meeting")
	p.change(id, map[string]any{"place": "Gården"})
	a := p.act(p.root, id, "cancel", base+1)
	p.expectWaits(id, "meeting_cancelled 08T12:00:30 - 12T18:30:00 blue")
	if got := p.rows(id); got[2].GetString("author") != p.root.Id && got[1].GetString("author") != p.root.Id {
		t.Errorf("nobody cancelled it: %d", a.Status)
	}
	p.act(p.root, id, "cancel", base+2)
	p.change(id, map[string]any{"place": "Matsalen"})
	p.expectWaits(id, "meeting_cancelled 08T12:00:30 - 12T18:30:00 blue")
}

func TestAMeetingOfAnEarlierVersionIsCancelledAloud(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	if _, err := meeting.Publish(p.app, id, p.anna.Id, base, p.now.AddDate(0, 0, -1)); err != nil {
		t.Fatal(err)
	}
	p.expectWaits(id)
	p.act(p.anna, id, "cancel", base+1)
	p.expectWaits(id, "meeting_cancelled 08T12:00:30 - 12T18:30:00 blue")
}

func TestOtherGroupsAreInvited(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	p.change(id, map[string]any{"groups": []string{p.blue.Id, p.pine.Id}})
	p.expectWaits(id, asked+"+pine", reminded+"+pine")
	p.rung(id, "meeting")

	id, _ = p.publish(nil)
	p.rung(id, "meeting")
	p.change(id, map[string]any{"groups": []string{p.blue.Id, p.pine.Id}, "place": "Gården"})
	p.expectWaits(id, "meeting 08T12:00:30 - 12T17:00:00 pine", "meeting_changed 08T12:00:30 - 12T17:00:00 blue", reminded+"+pine")
	p.rung(id, "meeting")
	p.rung(id, "meeting_changed")
	p.change(id, map[string]any{"groups": []string{p.pine.Id}})
	p.expectWaits(id, "reminder 11T16:00:00 - 12T18:30:00 pine")
	p.change(id, map[string]any{"groups": []string{p.blue.Id}, "place": "Matsalen"})
	p.expectWaits(id, asked, reminded)
}
