package translation_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"

	"folje/internal/apptest"
	"folje/internal/letter"

	"github.com/pocketbase/pocketbase/core"
)

// send sends operations of staff and gives their verdicts, as "applied" or
// "rejected error.x".
func (p *preschool) send(who *core.Record, ops ...map[string]any) []string {
	p.Helper()
	a := p.ask(who, http.MethodPost, "operations", map[string]any{"operations": ops})
	if a.Status != http.StatusOK {
		return []string{fmt.Sprint(a.Status, " ", a.JSON["code"])}
	}
	var said struct {
		Verdicts []struct{ Verdict, Code string }
	}
	if err := json.Unmarshal(a.Body, &said); err != nil {
		p.Fatal(err)
	}
	var verdicts []string
	for _, v := range said.Verdicts {
		verdicts = append(verdicts, v.Verdict)
		if v.Code != "" {
			verdicts[len(verdicts)-1] += " " + v.Code
		}
	}
	return verdicts
}

// typed is the operation with which a page sends a text for the place.
func (p *preschool) typed(n int, l letter.Letter, tag, source, wording string, more map[string]any) map[string]any {
	p.Helper()
	at := p.place(p.anna, l, tag, source)
	body := map[string]any{"collection": "letters", "record": l.Id, "locale": tag, "segment": at["segment"],
		"context": "", "text": wording, "base": at["version"], "draft": false}
	for k, v := range more {
		body[k] = v
	}
	return map[string]any{"op": fmt.Sprintf("00000000-0000-4000-8000-%012d", n), "seq": n, "kind": "translate", "v": 1, "body": body}
}

func (p *preschool) said(got []string, want ...string) {
	p.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		p.Errorf("%v, want %v", got, want)
	}
}

func TestATextWrittenWithoutANetworkArrivesOnce(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", calm, nine)
	first := p.typed(1, l, "en", calm, "A calm moment.", nil)
	second := p.typed(2, l, "en", nine, "See you at 9:3", map[string]any{"draft": true})
	p.said(p.send(p.tara, first, second), "applied", "applied")
	p.said(p.send(p.tara, first, second), "repeated", "repeated")
	at := p.place(p.tara, l, "en", calm)
	if at["text"] != "A calm moment." || at["state"] != "reviewed" {
		t.Errorf("%v", at)
	}
	if at := p.place(p.tara, l, "en", nine); at["draft"] != "See you at 9:3" || at["text"] != nil {
		t.Errorf("%v", at)
	}
	if got := p.deeds("en"); got != "saved" {
		t.Errorf("history: %s", got)
	}
}

func TestAConflictIsTold(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", calm)
	mine := p.typed(1, l, "en", calm, "A calm moment.", nil)
	p.translate(p.sofi, l, "en", calm, "Calm first.")
	p.said(p.send(p.tara, mine), "rejected error.translation_conflict")
	if at := p.place(p.tara, l, "en", calm); at["text"] != "Calm first." {
		t.Errorf("%v", at)
	}
	p.said(p.send(p.tara, mine), "rejected error.translation_conflict")
}

func TestWhatAnOperationOfStaffIsRefused(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", calm, nine)
	n := 0
	try := func(who *core.Record, more map[string]any, want string) {
		t.Helper()
		n++
		p.said(p.send(who, p.typed(n, l, "en", nine, "See you at 9:30.", more)), want)
	}
	try(p.anna, nil, "rejected error.not_found")
	try(p.elsewhere, nil, "rejected error.not_found")
	try(p.tara, map[string]any{"locale": "fi"}, "rejected error.forbidden")
	try(p.tara, map[string]any{"locale": "sv"}, "rejected error.forbidden")
	try(p.tara, map[string]any{"locale": "xx"}, "rejected error.not_found")
	try(p.tara, map[string]any{"collection": "staff", "record": p.tara.Id}, "rejected error.not_found")
	try(p.tara, map[string]any{"record": "nothing"}, "rejected error.not_found")
	try(p.tara, map[string]any{"segment": "nothing"}, "rejected error.not_found")
	try(p.tara, map[string]any{"text": "See you at 19:30."}, "rejected error.translation_check")
	try(p.tara, map[string]any{"text": 7}, "rejected error.operation_malformed")
	try(nil, nil, "401 error.device_unknown")
	if k, _ := p.app.CountRecords("translations"); k != 0 {
		t.Errorf("%d texts are stored", k)
	}
	try(p.admin, nil, "applied")
}

// A locale that was taken from her while she had no network is asked for when
// the text arrives.
func TestALocaleTakenFromHerIsRefused(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", calm)
	mine := p.typed(1, l, "en", calm, "A calm moment.", nil)
	token := apptest.MustToken(t, p.tara)
	p.tara.Set("locales", []string{"ar"})
	if err := p.app.Save(p.tara); err != nil {
		t.Fatal(err)
	}
	a := apptest.Ask(t, p.h, token, http.MethodPost, v1+"operations", map[string]any{"operations": []any{mine}})
	if v := a.Get("verdicts"); v == nil || v.([]any)[0].(map[string]any)["code"] != "error.forbidden" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

// An engine's text that came while she wrote loses nobody's work when hers takes
// its place; what she saw of an engine and a colleague changed is a conflict.
func TestHerTextTakesTheUntouchedPlaceOfAnEngines(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", calm, nine, "Kom gärna.")
	hers, draft, none := p.typed(1, l, "en", calm, "A calm moment.", nil),
		p.typed(2, l, "en", nine, "See you", map[string]any{"draft": true}), p.typed(3, l, "en", "Kom gärna.", "", nil)
	wrote := p.machine(l, "en", calm, "A quiet time.") && p.machine(l, "en", nine, "We meet at 9:30.") && p.machine(l, "en", "Kom gärna.", "Do come.")
	if !wrote {
		t.Fatal("the engine's texts were not stored")
	}
	p.said(p.send(p.tara, hers, draft, none), "applied", "applied", "applied")
	if at := p.place(p.tara, l, "en", calm); at["text"] != "A calm moment." || at["state"] != "reviewed" {
		t.Errorf("finished: %v", at)
	}
	if at := p.place(p.tara, l, "en", nine); at["text"] != "We meet at 9:30." || at["draft"] != "See you" || at["state"] != "machine" {
		t.Errorf("begun: %v", at)
	}
	if at := p.place(p.tara, l, "en", "Kom gärna."); at["text"] != "Do come." || at["state"] != "machine" {
		t.Errorf("nothing: %v", at)
	}
	again := p.typed(4, l, "en", nine, "See you at 9:30.", map[string]any{"base": ""})
	p.said(p.send(p.sofi, again), "rejected error.translation_conflict") // tara has begun
}
