package meeting_test

import (
	"strings"
	"testing"
	"time"

	"folje/internal/meeting"
	"folje/internal/outbox"

	"github.com/pocketbase/pocketbase/core"
)

// row is the row of the kind that waits, as the dispatcher gives it.
func (p *preschool) row(id, kind string) outbox.Row {
	p.Helper()
	for _, r := range p.rows(id) {
		if r.GetString("kind") == kind && r.GetString("done") == "" {
			return rowOf(r)
		}
	}
	p.Fatalf("there is no %s", kind)
	return outbox.Row{}
}

func rowOf(r *core.Record) outbox.Row {
	return outbox.Row{
		ID: r.Id, Kind: r.GetString("kind"), Item: r.GetString("item"), Number: r.GetInt("number"), Mark: r.GetString("mark"),
		Groups: r.GetStringSlice("groups"), Due: r.GetDateTime("due").Time(), Until: r.GetDateTime("until").Time(),
	}
}

func (p *preschool) expectStill(row outbox.Row, want bool, when string) {
	p.Helper()
	got, err := meeting.Kinds(p.cfg)[row.Kind].Still(p.app, row)
	if err != nil || got != want {
		p.Errorf("%s %s: still so is %v, %v", row.Kind, when, got, err)
	}
}

func TestPhonesRingForWhatIsStillSo(t *testing.T) {
	p := open(t)
	id, base := p.publish(nil)
	asked, remind := p.row(id, "meeting"), p.row(id, "reminder")
	p.expectStill(asked, true, "of a meeting ahead")
	p.expectStill(remind, true, "of a meeting ahead")
	p.rung(id, "meeting")
	p.change(id, map[string]any{"place": "Gården"})
	first := p.row(id, "meeting_changed")
	p.expectStill(first, true, "after one change")
	p.expectStill(remind, true, "when only the place is another")
	p.change(id, map[string]any{"starts": stamp(p.starts.AddDate(0, 0, 1)), "ends": ""})
	p.expectStill(first, false, "after the next change")
	p.expectStill(asked, true, "after a change")
	p.expectStill(remind, false, "when the day is another")
	remind = p.row(id, "reminder")
	p.expectStill(remind, true, "of the new day")

	second := first
	second.Number++
	p.expectStill(second, true, "the latest")
	p.now = p.starts.AddDate(0, 0, 1)
	for _, row := range []outbox.Row{asked, second} {
		p.expectStill(row, false, "when the meeting has begun")
	}
	p.now = p.now.Add(-time.Hour)
	p.act(p.anna, id, "cancel", base+2)
	off := p.row(id, "meeting_cancelled")
	p.expectStill(off, true, "of a meeting ahead")
	for _, row := range []outbox.Row{asked, second, remind} {
		p.expectStill(row, false, "when the meeting is off")
	}
	p.now = p.now.Add(4 * time.Hour)
	p.expectStill(off, false, "when the meeting would be over")

	m, err := meeting.Find(p.app, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.app.Delete(m.Record); err != nil {
		t.Fatal(err)
	}
	p.expectStill(off, false, "of a meeting that is gone")
}

func (p *preschool) say(kind, id, locale string, titles bool) outbox.Note {
	p.Helper()
	note, err := meeting.Kinds(p.cfg)[kind].Compose(p.app, outbox.Row{Item: id, Kind: kind}, outbox.Reader{Locale: locale, Titles: titles})
	if err != nil {
		p.Fatal(err)
	}
	return note
}

var kinds = []string{"meeting", "meeting_changed", "meeting_cancelled", "reminder"}

func TestNotesTellBystandersNothing(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	for _, kind := range kinds {
		for _, tag := range []string{"sv", "sv-simple", "en", "ar"} {
			for _, titles := range []bool{false, true} {
				note := p.say(kind, id, tag, titles)
				if note.Navigate != "/meetings/"+id || note.Tag != "meeting-"+id || note.Quiet || note.Title == "" || note.Body == "" {
					t.Errorf("%s in %s: %+v", kind, tag, note)
				}
				said := note.Title + note.Body
				for _, told := range []string{"Stora", "rummet", "Anna", "Skogsgläntan", "Blåsippan", "sova", "fika", "push."} {
					if strings.Contains(said, told) {
						t.Errorf("%s in %s tells %s: %s", kind, tag, told, said)
					}
				}
				if strings.Contains(said, "18:00") != titles {
					t.Errorf("%s in %s, with titles %v: %s", kind, tag, titles, said)
				}
			}
		}
	}
}

func TestNotesSpeakTheReadersLanguage(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	for tag, want := range map[string]outbox.Note{
		"sv":        {Title: "Inbjudan till ett möte", Body: "Tid: torsdag 12 november kl. 18:00. Öppna Följe för att läsa mer och svara."},
		"sv-simple": {Title: "Du är bjuden till ett möte", Body: "Tid: torsdag 12 november klockan 18:00. Öppna Följe. Där kan du läsa mer och svara."},
		"en":        {Title: "You’re invited to a meeting", Body: "When: Thursday 12 November at 18:00. Open Följe to read more and answer."},
		"ar":        {Title: "دعوة إلى اجتماع", Body: "الموعد: \u2068الخميس 12 نوفمبر، الساعة 18:00\u2069. افتحوا Följe لقراءة المزيد والإجابة."},
	} {
		if got := p.say("meeting", id, tag, true); got.Title != want.Title || got.Body != want.Body {
			t.Errorf("in %s: %s / %s", tag, got.Title, got.Body)
		}
	}
	p.change(id, map[string]any{"starts": "2026-12-31 22:59:00.000Z", "ends": "", "place": "Gården"})
	if got := p.say("meeting_changed", id, "en", true).Body; got != "When: Thursday 31 December at 23:59. Open Följe to see what is planned now." {
		t.Errorf("after a change: %s", got)
	}
}

// A phone of two groups is invited once.
func TestWhoWasInvitedIsNotInvitedAgain(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	first := p.row(id, "meeting")
	p.rung(id, "meeting")
	p.change(id, map[string]any{"groups": []string{p.blue.Id, p.pine.Id}})
	second := p.row(id, "meeting")
	subscriptions, err := p.app.FindAllRecords("push_subscriptions")
	if err != nil || len(subscriptions) != 1 {
		t.Fatal(subscriptions, err)
	}
	knows, other := subscriptions[0].GetString("device"), p.follow(p.pine).id
	for row, want := range map[*outbox.Row]bool{&first: false, &second: true} {
		skip, err := meeting.Kinds(p.cfg)["meeting"].Skip(p.app, *row, []string{knows, other})
		if err != nil || skip[knows] != want || skip[other] {
			t.Errorf("%s: skipped are %v, %v", row.Mark, skip, err)
		}
	}
}
