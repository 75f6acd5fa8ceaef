package translation_test

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/translation"
)

// spend leaves tara so many writes of her allowance.
func (p *preschool) spend(left int) {
	p.Helper()
	for range translation.WritesHourly - left {
		if err := p.cfg.Pace.Take(p.tara, p.now); err != nil {
			p.Fatal(err)
		}
	}
}

// Whichever way she writes, it is one allowance; what is refused for it is asked
// for again, and nothing of it is lost.
func TestHowFastOneAccountWritesIsBounded(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", calm, nine)
	first, second := p.typed(1, l, "en", calm, "A calm moment.", nil), p.typed(2, l, "en", nine, "See you at 9:30.", nil)
	p.spend(2)
	p.ok(p.translate(p.tara, l, "ar", nine, "نلتقي الساعة 9:30."), http.StatusOK, "")
	p.said(p.send(p.tara, first, second), "applied") // and the second has no verdict
	for what, a := range map[string]apptest.Answer{
		"a save":       p.translate(p.tara, l, "ar", calm, "لحظة هادئة."),
		"a yes":        p.confirm(p.tara, l, "en", calm),
		"an operation": p.ask(p.tara, http.MethodPost, "operations", map[string]any{"operations": []any{second}}),
	} {
		p.ok(a, http.StatusTooManyRequests, "error.too_many_requests")
		if wait, err := strconv.Atoi(a.Header.Get("Retry-After")); err != nil || wait < 1 {
			t.Errorf("%s: again after %q", what, a.Header.Get("Retry-After"))
		}
	}
	p.ok(p.translate(p.sofi, l, "ar", calm, "لحظة هادئة."), http.StatusOK, "")
	p.now = p.now.Add(time.Minute)
	p.said(p.send(p.tara, first, second), "repeated", "applied")
}

// What somebody wrote for days without a network comes at once.
func TestTwoLongLettersWrittenWithoutANetworkPass(t *testing.T) {
	p := newPreschool(t)
	sentences := make([]string, 260)
	for i := range sentences {
		sentences[i] = fmt.Sprintf("Ja %d!", i)
	}
	l := p.write("Långt", sentences...)
	var ops []map[string]any
	for _, tag := range []string{"en", "ar"} {
		for _, v := range p.ask(p.tara, http.MethodGet, "staff/letters/"+l.Id+"/places/"+tag, nil).JSON["places"].([]any) {
			at, n := v.(map[string]any), len(ops)+1
			ops = append(ops, map[string]any{"op": fmt.Sprintf("00000000-0000-4000-8000-%012d", n), "seq": n, "kind": "translate", "v": 1,
				"body": map[string]any{"collection": "letters", "record": l.Id, "locale": tag, "segment": at["segment"],
					"context": "", "text": at["source"], "base": "", "draft": true}})
		}
	}
	for some := range slices.Chunk(ops, 25) { // as many as a page sends at once
		got := p.send(p.tara, some...)
		if slices.ContainsFunc(got, func(v string) bool { return v != "applied" }) || len(got) != len(some) {
			t.Fatalf("%v", got)
		}
	}
	if len(ops) < 500 {
		t.Errorf("only %d were sent", len(ops))
	}
}

// What she writes over at once is one deed, unless somebody may have read it.
func TestWhatIsWrittenOverAtOnceIsOneDeed(t *testing.T) {
	p := newPreschool(t)
	l := p.write("Sömn", calm)
	say := func(wording, want string) {
		t.Helper()
		p.ok(p.translate(p.tara, l, "en", calm, wording), http.StatusOK, "")
		if got := p.deeds("en"); got != want {
			t.Errorf("after %q the history is %s, want %s", wording, got, want)
		}
	}
	say("A calm moment.", "saved")
	p.now = p.now.Add(4 * time.Minute)
	say("A quiet moment.", "saved")
	p.now = p.now.Add(2 * time.Minute)
	say("A still moment.", "saved saved")
	p.ok(p.translate(p.sofi, l, "en", calm, "Calm first."), http.StatusOK, "")
	say("A calm moment first.", "saved saved saved saved")
	p.publish(l)
	say("A calm moment before.", "saved saved saved saved saved")
	say("A calm moment last.", "saved saved saved saved saved saved")
	r, err := p.app.FindRecordsByFilter("translation_history", "locale = 'en'", "@rowid", 1, 0)
	if err != nil || r[0].GetString("text") != "A quiet moment." {
		t.Errorf("%v %v", r, err)
	}
}
