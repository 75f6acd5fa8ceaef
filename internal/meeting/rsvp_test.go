package meeting_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
)

func TestAnAnswerIsKeptAndReadBack(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	f := p.follow(p.blue)
	must(t, f.answer(id, 7, map[string]any{"count": 2, "childcare": 3, "note": " Vi kommer\nlite senare. ",
		"interpreter": map[string]any{"language": "so", "mode": "on_site"}}), "applied", "")
	want := map[string]any{"meeting": id, "seq": 7.0, "status": "accepted", "count": 2.0, "childcare": 3.0, "late": false,
		"note": "Vi kommer lite senare.", "interpreter": map[string]any{"language": "so", "mode": "on_site", "state": "requested", "contact": ""}}
	if got := f.ownAnswers(); len(got) != 1 || fmt.Sprint(got[0]) != fmt.Sprint(want) {
		t.Errorf("%v, want %v", got, want)
	}
	if got := p.follow(p.blue).ownAnswers(); len(got) != 0 {
		t.Errorf("another phone reads %v", got)
	}
}

func TestAnswersAreNotSentTwice(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	f := p.follow(p.blue)
	f.answer(id, 1, nil)
	first := f.own()
	with := http.Header{"Authorization": {"Bearer " + f.secret}, "If-None-Match": {first.Header.Get("Etag")}}
	a := apptest.AskWith(t, p.h, with, http.MethodGet, "/api/folje/v1/devices/me/answers", nil)
	if a.Status != http.StatusNotModified || len(a.Body) != 0 || a.Header.Get("Cache-Control") != "private, no-cache" {
		t.Errorf("unchanged: %d %v", a.Status, a.Header)
	}
	f.answer(id, 2, map[string]any{"status": "declined"})
	if a = apptest.AskWith(t, p.h, with, http.MethodGet, "/api/folje/v1/devices/me/answers", nil); a.Status != http.StatusOK {
		t.Errorf("changed: %d", a.Status)
	}
	for _, who := range []string{"", "Bearer nobody", apptest.MustToken(t, p.anna)} {
		a = apptest.Ask(t, p.h, who, http.MethodGet, "/api/folje/v1/devices/me/answers", nil)
		if a.Status != http.StatusUnauthorized || a.JSON["code"] != "error.device_unknown" {
			t.Errorf("%.10q: %d %s", who, a.Status, a.Body)
		}
	}
}

// Whatever order the answers come in, the one that was given last holds.
func TestTheLastAnswerHoldsInAnyOrder(t *testing.T) {
	answers := []map[string]any{
		{"count": 1, "note": "ett"},
		{"status": "tentative", "count": 4, "childcare": 2, "interpreter": map[string]any{"language": "so", "mode": "phone"}},
		{"status": "none"},
		{"status": "accepted", "count": 3, "note": "fyra"},
	}
	for _, last := range []int{1, 2, 3} { // the highest seq is each kind of answer once
		p := open(t)
		id, _ := p.publish(nil)
		given := answers[:last+1]
		var want string
		for _, order := range permutations(len(given)) {
			f := p.follow(p.blue)
			for _, i := range order {
				must(t, f.answer(id, 10+i, given[i]), "applied", "")
			}
			got, err := json.Marshal(f.ownAnswers())
			if err != nil {
				t.Fatal(err)
			}
			if want == "" {
				want = string(got)
				if !strings.Contains(want, fmt.Sprintf(`"seq":%d`, 10+last)) {
					t.Fatalf("%s does not have the last answer", want)
				}
			}
			if string(got) != want {
				t.Fatalf("order %v: %s, want %s", order, got, want)
			}
		}
		rows, err := p.app.FindAllRecords("rsvps")
		if err != nil || len(rows) != len(permutations(len(given))) {
			t.Errorf("%d rows for %d phones: %v", len(rows), len(permutations(len(given))), err)
		}
	}
}

func permutations(n int) (all [][]int) {
	if n == 0 {
		return [][]int{{}}
	}
	for _, p := range permutations(n - 1) {
		for at := range n {
			all = append(all, slices.Insert(slices.Clone(p), at, n-1))
		}
	}
	return all
}

func TestAnAnswerTakenBackLeavesNothingButItsCount(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	f := p.follow(p.blue)
	f.answer(id, 1, map[string]any{"count": 2, "childcare": 1, "note": "ring mig", "interpreter": map[string]any{"language": "so", "mode": "video"}})
	must(t, f.answer(id, 2, map[string]any{"status": "none", "count": 5, "note": "kvar"}), "applied", "")
	row, err := p.app.FindFirstRecordByData("rsvps", "device", f.id)
	if err != nil {
		t.Fatal(err)
	}
	got := []any{row.GetInt("seq"), row.GetString("status"), row.GetInt("count"), row.GetInt("childcare"),
		row.GetString("language"), row.GetString("mode"), row.GetString("note")}
	if want := []any{2, "none", 0, 0, "", "", ""}; !slices.Equal(got, want) {
		t.Errorf("%q is left", got)
	}
	must(t, f.answer(id, 1, nil), "applied", "") // came late, was given first
	if got := f.ownAnswers(); got[0]["status"] != "none" {
		t.Errorf("%v", got)
	}
}

func TestLateAnswersAreKeptAndSaySo(t *testing.T) {
	p := open(t)
	bound, _ := p.publish(nil)
	free, _ := p.publish(map[string]any{"answerBy": ""})
	f := p.follow(p.blue)
	p.now = p.starts.AddDate(0, 0, -2)
	must(t, f.answer(bound, 1, nil), "applied", "")
	p.now = p.now.Add(time.Second)
	must(t, f.answer(bound, 2, map[string]any{"count": 9}), "late", "answer.late")
	must(t, f.answer(bound, 1, nil), "applied", "") // changes nothing
	must(t, f.answer(free, 3, nil), "applied", "")
	p.now = p.starts
	must(t, f.answer(free, 4, nil), "applied", "")
	p.now = p.starts.Add(time.Second)
	must(t, f.answer(free, 5, nil), "late", "answer.late")
	for _, a := range f.ownAnswers() {
		if a["late"] != true {
			t.Errorf("%v is not late", a)
		}
	}
}

// The phone learns nothing of meetings that are not its own.
func TestWhatCannotBeAnswered(t *testing.T) {
	p := open(t)
	id, base := p.publish(nil)
	plan, _ := p.write(nil)
	f, stranger := p.follow(p.blue), p.follow(p.pine)
	must(t, f.answer("abcdefghijklmno", 1, nil), "rejected", "error.meeting_unknown")
	must(t, f.answer("", 2, nil), "rejected", "error.meeting_unknown")
	must(t, f.answer(plan, 3, nil), "rejected", "error.meeting_unknown")
	must(t, stranger.answer(id, 4, nil), "rejected", "error.meeting_unknown")
	must(t, p.follow().answer(id, 5, nil), "rejected", "error.meeting_unknown")

	p.now = p.starts.Add(90 * time.Minute)
	must(t, f.answer(id, 6, nil), "rejected", "error.meeting_over")
	p.now = p.starts.AddDate(0, 0, -3)
	p.act(p.anna, id, "cancel", base)
	must(t, f.answer(id, 7, nil), "rejected", "error.meeting_cancelled")
	must(t, stranger.answer(id, 8, nil), "rejected", "error.meeting_unknown")

	open, _ := p.publish(map[string]any{"ends": "", "answerBy": ""})
	p.now = p.starts.Add(3*time.Hour - time.Second)
	must(t, f.answer(open, 9, nil), "late", "answer.late")
	p.now = p.now.Add(time.Second)
	must(t, f.answer(open, 10, nil), "rejected", "error.meeting_over")
}

// A phone that leaves a group and answers in the same breath is not in it.
func TestAPhoneThatLeftIsNotInvited(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	f := p.follow(p.blue)
	a := apptest.Ask(t, p.h, "Bearer "+f.secret, http.MethodPost, "/api/folje/v1/operations", map[string]any{"operations": []any{
		map[string]any{"op": "8c2a9f10-5d0c-4c7e-8a51-000000000001", "seq": 1, "kind": "leave", "v": 1, "body": map[string]any{"group": p.blue.Id}},
		map[string]any{"op": "8c2a9f10-5d0c-4c7e-8a51-000000000002", "seq": 2, "kind": "rsvp", "v": 1, "body": map[string]any{"meeting": id, "status": "accepted"}},
	}})
	verdicts := a.JSON["verdicts"].([]any)
	must(t, verdicts[1].(map[string]any), "rejected", "error.meeting_unknown")
}

func TestMalformedAnswersGetAVerdict(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	f := p.follow(p.blue)
	ask := func(language, mode any) map[string]any {
		return map[string]any{"interpreter": map[string]any{"language": language, "mode": mode}}
	}
	for name, fields := range map[string]map[string]any{
		"no status":        {"status": ""},
		"unknown status":   {"status": "maybe"},
		"status not text":  {"status": 1},
		"meeting not text": {"meeting": 1},
		"too many":         {"count": 21},
		"fewer than none":  {"count": -1},
		"half a person":    {"count": 1.5},
		"many children":    {"childcare": 10},
		"minus a child":    {"childcare": -1},
		"long note":        {"note": strings.Repeat("å", 501)},
		"no language":      ask("", "phone"),
		"blank language":   ask(" \u200b", "phone"),
		"long language":    ask(strings.Repeat("å", 61), "phone"),
		"grows in folding": ask(strings.Repeat("ß", 40), "phone"),
		"no mode":          ask("so", ""),
		"unknown mode":     ask("so", "letter"),
		"language a list":  ask([]string{"so"}, "phone"),
		"interpreter true": {"interpreter": true},
	} {
		v := f.answer(id, 1, fields)
		if v["verdict"] != "rejected" || v["code"] != "error.operation_malformed" || v["message"] == "" {
			t.Errorf("%s: %v", name, v)
		}
	}
	if got := f.ownAnswers(); len(got) != 0 {
		t.Errorf("stored: %v", got)
	}
	must(t, f.answer(id, 1, map[string]any{"count": 20, "childcare": 9, "note": strings.Repeat("å", 500), "future": 1,
		"interpreter": map[string]any{"language": strings.Repeat("å", 60), "mode": "video"}}), "applied", "")
}

// The meeting moves; what parents answered stays.
func TestAnswersStayWhenTheMeetingMoves(t *testing.T) {
	p := open(t)
	id, base := p.publish(nil)
	f := p.follow(p.blue)
	f.answer(id, 1, map[string]any{"count": 2})
	a := p.save(id, map[string]any{"starts": stamp(p.starts.AddDate(0, 0, 7)), "ends": "", "base": base})
	if a.Status != http.StatusOK {
		t.Fatalf("move: %d %s", a.Status, a.Body)
	}
	if got := f.ownAnswers(); len(got) != 1 || got[0]["count"] != 2.0 || got[0]["late"] != false {
		t.Errorf("%v", got)
	}
	if got := meetings(p.feed(p.blue.Id, "")); got[0]["starts"] != "2026-11-19T17:00:00Z" || got[0]["sequence"] != 1.0 {
		t.Errorf("%v", got)
	}
}

// Who leaves a group is not expected at its meetings any more; what was
// answered for another group of hers, or is over, stays.
func TestLeavingTakesAnswersBack(t *testing.T) {
	p := open(t)
	blue, _ := p.publish(nil)
	both, _ := p.publish(map[string]any{"groups": []string{p.blue.Id, p.pine.Id}})
	over, _ := p.publish(nil)
	f, other := p.follow(p.blue, p.pine), p.follow(p.blue)
	for i, id := range []string{blue, both, over} {
		must(t, f.answer(id, i+1, wish("so", "phone")), "applied", "")
	}
	must(t, other.answer(blue, 1, nil), "applied", "")
	old, err := p.app.FindRecordById("meetings", over)
	if err != nil {
		t.Fatal(err)
	}
	old.Set("starts", stamp(p.now.AddDate(0, 0, -2)))
	old.Set("ends", stamp(p.now.AddDate(0, 0, -1)))
	if err := p.app.Save(old); err != nil {
		t.Fatal(err)
	}
	must(t, f.send("leave", 9, map[string]any{"group": p.blue.Id}), "applied", "")
	for id, want := range map[string]float64{blue: 1, both: 1, over: 1} {
		if got := p.answers(id).Get("accepted", "answers"); got != want {
			t.Errorf("%v answers, not %v", got, want)
		}
	}
	if got := p.interpreters(blue); len(got) != 0 {
		t.Errorf("an interpreter is still asked for: %v", got)
	}
	must(t, f.send("leave", 10, map[string]any{"group": p.pine.Id}), "applied", "")
	if got := p.answers(both).Get("accepted", "answers"); got != 0.0 {
		t.Errorf("%v answers to the meeting of both groups", got)
	}
}
