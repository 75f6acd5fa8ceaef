package meeting_test

import (
	"net/http"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/meeting"
	"folje/internal/sync"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

func TestAPublishedMeetingReachesItsGroupsOnly(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	p.logChange(p.blue.Id, id)
	if got := meetings(p.feed(p.blue.Id, "")); len(got) != 0 {
		t.Fatalf("a plan is in the feed: %v", got)
	}
	a := p.act(p.anna, id, "publish", base)
	if a.Status != http.StatusOK || a.JSON["published"] == "" || number(a.JSON["sequence"]) != 0 || number(a.JSON["base"]) != base+1 {
		t.Fatalf("publish: %d %s", a.Status, a.Body)
	}
	feed := p.feed(p.blue.Id, "")
	got := meetings(feed)
	if len(got) != 1 {
		t.Fatalf("the feed has %v", got)
	}
	m := got[0]
	for name, want := range map[string]any{
		"id": id, "type": "qpm", "published": "2026-11-08T12:00:00Z", "cancelled": "", "starts": "2026-11-12T17:00:00Z",
		"ends": "2026-11-12T18:30:00Z", "answerBy": "2026-11-10T17:00:00Z", "place": "Stora rummet",
		"childcare": true, "contact": "Anna, 040-628 04 12", "sequence": 0.0,
	} {
		if m[name] != want {
			t.Errorf("%s is %v, want %v", name, m[name], want)
		}
	}
	blocks := m["blocks"].([]any)
	if len(m["title"].([]any)) != 0 || len(m["question"].([]any)) != 1 || len(blocks) != 2 {
		t.Fatalf("segments: %s", feed.Body)
	}
	if first := blocks[0].(map[string]any); first["kind"] != "paragraph" || len(first["segments"].([]any)) != 2 {
		t.Errorf("the first paragraph is %v", first)
	}
	if texts := feed.JSON["texts"].(map[string]any); len(texts) != 4 {
		t.Errorf("source texts: %v", texts)
	}
	p.logChange(p.pine.Id, id)
	if got := meetings(p.feed(p.pine.Id, "")); len(got) != 0 {
		t.Errorf("another group has %v", got)
	}
}

// logChange makes the scope's log of changes name the meeting, whether it may
// have it or not.
func (p *preschool) logChange(scope, id string) {
	p.Helper()
	err := p.app.RunInTransaction(func(tx core.App) error {
		return sync.Touch(tx, scope, sync.Records, sync.Item("meetings", id))
	})
	if err != nil {
		p.Fatal(err)
	}
}

// The question of the day often comes later, from what parents wish for.
func TestParentsAreInvitedBeforeThereIsAQuestion(t *testing.T) {
	p := open(t)
	id, base := p.publish(map[string]any{"question": "", "information": " \n ", "answerBy": "", "ends": "", "childcare": false, "contact": ""})
	m := meetings(p.feed(p.blue.Id, ""))[0]
	if len(m["question"].([]any)) != 0 || len(m["blocks"].([]any)) != 0 || m["ends"] != "" || m["answerBy"] != "" {
		t.Errorf("%v", m)
	}
	cursor := p.cursor(p.blue.Id)
	p.save(id, map[string]any{"question": "Vad leker barnen?", "base": base})
	delta := p.feed(p.blue.Id, cursor)
	got := meetings(delta)
	if len(got) != 1 || delta.Get("texts", wire(got[0]["question"].([]any)[0])) != "Vad leker barnen?" {
		t.Errorf("phones were told %s", delta.Body)
	}
}

func TestRefusalsSpeakTheReadersLanguage(t *testing.T) {
	p := open(t)
	id, base := p.write(map[string]any{"place": ""})
	header := http.Header{"Authorization": {apptest.MustToken(t, p.anna)}, "Accept-Language": {"ar"}}
	a := apptest.AskWith(t, p.h, header, http.MethodPost, staffPath+id+"/publish", map[string]any{"base": base})
	if a.Get("fields", "place", "message") != "اكتب مكان الاجتماع." || a.Header.Get("Content-Language") != "ar" {
		t.Errorf("%s", a.Body)
	}
	a = apptest.AskWith(t, p.h, header, http.MethodPatch, recordsPath+"/"+id, map[string]any{"starts": "", "answerBy": "", "base": base})
	if a.Status != http.StatusBadRequest || a.Get("data", "starts", "message") == "Det här behöver fyllas i." {
		t.Errorf("%s", a.Body)
	}
}

func TestWhoMayPublishAndCancel(t *testing.T) {
	p := open(t)
	for _, verb := range []string{"publish", "cancel"} {
		id, base := p.write(nil)
		if verb == "cancel" {
			id, base = p.publish(nil)
		}
		for who, want := range map[*core.Record]int{nil: 401, p.tara: 404, p.elsewhere: 404} {
			if a := p.act(who, id, verb, base); a.Status != want {
				t.Errorf("%s: %d %s, want %d", verb, a.Status, a.Body, want)
			}
		}
		if a := p.act(p.root, id, verb, base); a.Status != http.StatusOK {
			t.Errorf("%s by the administrator: %d %s", verb, a.Status, a.Body)
		}
		log, err := p.app.FindFirstRecordByFilter("audit_log", "action = {:action} && subject = {:id}",
			map[string]any{"action": verb + " meeting", "id": id})
		if err != nil || log.GetString("actor") != p.root.Id {
			t.Errorf("%s is not in the audit log: %v", verb, err)
		}
	}
}

func TestWhatAMeetingLacksIsToldAtTheField(t *testing.T) {
	p := open(t)
	for name, c := range map[string]struct {
		change map[string]any
		field  string
		code   string
	}{
		"no place": {map[string]any{"place": ""}, "place", "error.meeting_needs_place"},
		"over":     {map[string]any{"starts": stamp(p.now.Add(-time.Hour)), "ends": "", "answerBy": ""}, "starts", "error.meeting_past"},
		"just now": {map[string]any{"starts": stamp(p.now), "ends": "", "answerBy": ""}, "starts", "error.meeting_past"},
	} {
		t.Run(name, func(t *testing.T) {
			id, base := p.write(c.change)
			a := p.act(p.anna, id, "publish", base)
			if a.Status != http.StatusBadRequest || a.JSON["code"] != "error.meeting_incomplete" || a.Get("fields", c.field, "code") != c.code {
				t.Errorf("%d %s", a.Status, a.Body)
			}
		})
	}
	id, base := p.publish(nil)
	a := p.save(id, map[string]any{"place": " ", "base": base})
	if a.Status != http.StatusBadRequest || a.Get("data", "place", "code") != "error.meeting_needs_place" {
		t.Errorf("taking the place from a published meeting: %d %s", a.Status, a.Body)
	}
}

// A lost answer makes pages ask again.
func TestPublishingAndCancellingMayBeRepeated(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	first := p.act(p.anna, id, "publish", base)
	cursor := p.cursor(p.blue.Id)
	again := p.act(p.anna, id, "publish", base)
	if again.Status != http.StatusOK || string(again.Body) != string(first.Body) {
		t.Errorf("again: %d %s", again.Status, again.Body)
	}
	if got := meetings(p.feed(p.blue.Id, cursor)); len(got) != 0 {
		t.Errorf("phones were told again: %v", got)
	}
	base = number(first.JSON["base"])
	first = p.act(p.anna, id, "cancel", base)
	if again = p.act(p.anna, id, "cancel", base); again.Status != http.StatusOK || string(again.Body) != string(first.Body) {
		t.Errorf("cancel again: %d %s", again.Status, again.Body)
	}
	if again = p.act(p.anna, id, "publish", base+1); again.Status != http.StatusBadRequest || again.JSON["code"] != "error.meeting_cancelled" {
		t.Errorf("publish what is cancelled: %d %s", again.Status, again.Body)
	}
}

func TestACancelledMeetingStaysAsCancelled(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	if a := p.act(p.anna, id, "cancel", base); a.Status != http.StatusBadRequest || a.JSON["code"] != "error.meeting_not_published" {
		t.Errorf("cancel a plan: %d %s", a.Status, a.Body)
	}
	id, base = p.publish(nil)
	cursor := p.cursor(p.blue.Id)
	if a := p.act(p.anna, id, "cancel", base); a.Status != http.StatusOK || number(a.JSON["sequence"]) != 1 {
		t.Fatalf("cancel: %d %s", a.Status, a.Body)
	}
	got := meetings(p.feed(p.blue.Id, cursor))
	if len(got) != 1 || got[0]["cancelled"] != "2026-11-08T12:00:00Z" || got[0]["sequence"] != 1.0 {
		t.Errorf("phones were told %v", got)
	}
	id, base = p.publish(nil)
	p.now = p.starts.Add(2 * time.Hour)
	if a := p.act(p.anna, id, "cancel", base); a.Status != http.StatusBadRequest || a.JSON["code"] != "error.meeting_over" {
		t.Errorf("cancel what has been held: %d %s", a.Status, a.Body)
	}
}

func TestPublishingAnOldPlanIsAConflict(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	p.save(id, map[string]any{"place": "Gården", "base": base})
	a := p.act(p.anna, id, "publish", base)
	if a.Status != http.StatusConflict || a.JSON["code"] != "error.meeting_conflict" || a.Get("current", "place") != "Gården" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestMalformedActionsAreRefused(t *testing.T) {
	p := open(t)
	id, _ := p.write(nil)
	for _, verb := range []string{"publish", "cancel"} {
		for body, want := range map[string]int{"": 400, "{}": 400, "[]": 400, `{"base":"1"}`: 400, `{"base":1.5}`: 400, "{": 400, `{"base":99}`: 409} {
			if verb == "cancel" && want == 409 {
				want = 400 // it isn't published
			}
			a := p.ask(p.anna, http.MethodPost, staffPath+id+"/"+verb, body)
			if a.Status != want || a.JSON["message"] == "" || a.Header.Get("Content-Language") != "sv" {
				t.Errorf("%s %q: %d %s", verb, body, a.Status, a.Body)
			}
		}
		if a := p.act(p.anna, "nothing", verb, 1); a.Status != http.StatusNotFound {
			t.Errorf("%s nothing: %d", verb, a.Status)
		}
	}
}

// Between PocketBase's look at the rule and the deletion itself somebody may
// publish the plan. Then parents have it.
func TestAPlanPublishedMeanwhileIsNotDeleted(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	p.app.OnRecordDeleteRequest("meetings").Bind(&hook.Handler[*core.RecordRequestEvent]{Priority: -1,
		Func: func(e *core.RecordRequestEvent) error {
			if _, err := meeting.Publish(p.app, id, p.anna.Id, base, p.now); err != nil {
				t.Error(err)
			}
			return e.Next()
		}})
	if a := p.ask(p.anna, http.MethodDelete, recordsPath+"/"+id, nil); a.Status != http.StatusNotFound {
		t.Errorf("delete: %d %s", a.Status, a.Body)
	}
	if got := meetings(p.feed(p.blue.Id, "")); len(got) != 1 {
		t.Errorf("the feed has %v", got)
	}
}

func TestOnlyPlansAreDeleted(t *testing.T) {
	p := open(t)
	plan, _ := p.write(nil)
	if a := p.ask(p.anna, http.MethodDelete, recordsPath+"/"+plan, nil); a.Status != http.StatusNoContent {
		t.Errorf("delete a plan: %d %s", a.Status, a.Body)
	}
	id, _ := p.publish(nil)
	if a := p.ask(p.anna, http.MethodDelete, recordsPath+"/"+id, nil); a.Status != http.StatusNotFound {
		t.Errorf("delete what parents have: %d %s", a.Status, a.Body)
	}
	cursor := p.cursor(p.blue.Id)
	old, err := p.app.FindRecordById("meetings", id)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.app.Delete(old); err != nil { // a unit that goes takes its meetings along
		t.Fatal(err)
	}
	if gone := p.feed(p.blue.Id, cursor).JSON["gone"].([]any); len(gone) != 1 || gone[0] != id {
		t.Errorf("gone: %v", gone)
	}
	if n, _ := p.app.CountRecords("segment_uses"); n != 0 {
		t.Errorf("%d uses are left", n)
	}
}
