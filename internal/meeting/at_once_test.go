package meeting_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"folje/internal/meeting"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// Several people work on one meeting at the same time, and parents answer it.
// Nothing of what was acknowledged is lost.
func TestWorkAtOnceLosesNothing(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	var all sync.WaitGroup
	for name, value := range map[string]string{"place": "Gården", "contact": "Bo", "question": "Vad leker barnen?", "information": "Ta med stövlar."} {
		all.Go(func() {
			if a := p.save(id, map[string]any{name: value}); a.Status != http.StatusOK {
				t.Errorf("save %s: %d %s", name, a.Status, a.Body)
			}
		})
	}
	all.Go(func() {
		for at := base; ; at++ { // each save raises it once
			_, err := meeting.Publish(p.app, id, p.anna.Id, at%(base+5), p.now)
			if err == nil || problem.From(err).Status != http.StatusConflict {
				if err != nil {
					t.Error(err)
				}
				return
			}
		}
	})
	all.Wait()
	m, err := meeting.Find(p.app, id)
	if err != nil {
		t.Fatal(err)
	}
	if m.GetString("place") != "Gården" || m.GetString("contact") != "Bo" || m.GetString("question") != "Vad leker barnen?" ||
		m.GetString("information") != "Ta med stövlar." || !m.Published() || m.Base() != base+5 {
		t.Errorf("base %d, %v", m.Base(), m.PublicExport())
	}
	got := meetings(p.feed(p.blue.Id, ""))
	if len(got) != 1 || got[0]["place"] != "Gården" || got[0]["contact"] != "Bo" {
		t.Errorf("phones have %v", got)
	}
}

// Two phones' and one phone's answers at once: each phone has its last one.
func TestAnswersAtOnceAreAllKept(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	const most = 6
	phones := []phone{p.follow(p.blue), p.follow(p.blue)}
	var all sync.WaitGroup
	for _, f := range phones {
		for seq := 1; seq <= most; seq++ {
			op := f.operation("rsvp", seq, map[string]any{"meeting": id, "status": "accepted", "count": seq})
			all.Go(func() { must(t, f.post(op), "applied", "") })
		}
	}
	all.Wait()
	for _, f := range phones {
		if got := f.ownAnswers(); len(got) != 1 || got[0]["count"] != float64(most) {
			t.Errorf("%v", got)
		}
	}
	if got := p.answers(id); got.Get("accepted", "people") != float64(2*most) {
		t.Errorf("%s", got.Body)
	}
}

// Whatever staff's client sends, the answer is 4xx in JSON with a sentence in
// her language, or a harmless 200, and never the server's own fault.
func TestMalformedRequestsAreRefusedNicely(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	segment := p.place(p.tara, id, "ar", coffee)["segment"].(string)
	long := strings.Repeat("å", 300_000)
	bodies := []string{
		"", "{", "null", "[]", "7", `"x"`, "\x00", "\xff\xfe", `{"base":"x"}`, `{"base":null}`, `{"base":1e99}`, `{"base":-1}`,
		`{"starts":"x"}`, `{"starts":7}`, `{"answerBy":"2026-13-45"}`, `{"bookBy":{}}`, `{"groups":{"a":1}}`, `{"groups":["nothing"]}`,
		`{"groups-":["x"]}`, `{"base+":1}`, `{"place":"` + long + `"}`, `{"information":"` + long + `"}`, `{"contact":7}`,
		`{"childcare":"perhaps"}`, `{"kind":"party"}`, `{"unit":""}`, `{"published":"x","sequence":-5}`, `{"place":"\u0000\u202e\ud800"}`,
		`{"text":7}`, `{"text":"` + long + `"}`, `{"context":"` + strings.Repeat("a", 5000) + `","text":"x"}`,
		`{"language":{},"mode":[],"state":1}`, `{"segment":[],"locale":{}}`,
	}
	for _, at := range []struct {
		method, path string
		who          *core.Record
	}{
		{http.MethodPost, recordsPath, p.anna}, {http.MethodPatch, recordsPath + "/" + id, p.anna},
		{http.MethodPost, staffPath + id + "/publish", p.anna}, {http.MethodPost, staffPath + id + "/cancel", p.anna},
		{http.MethodPut, staffPath + id + "/interpreters", p.anna}, {http.MethodPost, "/api/folje/v1/staff/reports/resolve", p.tara},
		{http.MethodPut, staffPath + id + "/places/ar/" + segment, p.tara}, {http.MethodPut, staffPath + id + "/places/ar/nothing", p.tara},
		{http.MethodPost, staffPath + id + "/places/ar/" + segment + "/confirm", p.tara},
		{http.MethodGet, staffPath + id + "/places/%00", p.tara}, {http.MethodGet, staffPath + "%ff/readiness", p.tara},
		{http.MethodGet, staffPath + "%ff/answers", p.anna}, {http.MethodGet, staffPath + "%00/interpreters.csv", p.anna},
	} {
		for _, body := range bodies {
			a := p.ask(at.who, at.method, at.path, body)
			if a.Status >= 500 || a.Status >= 400 && (a.JSON == nil || a.JSON["message"] == "") {
				t.Errorf("%s %s with %.60q: %d %.200s", at.method, at.path, body, a.Status, a.Body)
			}
		}
	}
}
