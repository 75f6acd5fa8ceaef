package meeting_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

const coffee = "Vi börjar med fika."

// place finds the place of the meeting whose source is this.
func (p *preschool) place(who *core.Record, id, tag, source string) map[string]any {
	p.Helper()
	a := p.ask(who, http.MethodGet, staffPath+id+"/places/"+tag, nil)
	if a.Status != http.StatusOK || a.JSON["meeting"] != id {
		p.Fatalf("places: %d %s", a.Status, a.Body)
	}
	for _, v := range a.JSON["places"].([]any) {
		if m := v.(map[string]any); m["source"] == source {
			return m
		}
	}
	p.Fatalf("no place %q in %s", source, a.Body)
	return nil
}

func (p *preschool) translate(who *core.Record, id, tag, source, wording string) int {
	p.Helper()
	at := p.place(p.tara, id, tag, source)
	return p.ask(who, http.MethodPut, staffPath+id+"/places/"+tag+"/"+at["segment"].(string),
		map[string]any{"text": wording, "base": at["version"]}).Status
}

// texts are the texts of a scope's feed in a locale.
func (p *preschool) texts(scope, tag string) map[string]any {
	p.Helper()
	a := p.ask(nil, http.MethodGet, "/api/folje/v1/feeds/"+scope+"/texts/"+tag, nil)
	if a.Status != http.StatusOK {
		p.Fatalf("texts: %d %s", a.Status, a.Body)
	}
	return a.JSON["texts"].(map[string]any)
}

func TestAMeetingIsTranslatedSentenceBySentence(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	if got := p.translate(p.tara, id, "ar", coffee, "نبدأ بالقهوة."); got != http.StatusOK {
		t.Fatalf("translate: %d", got)
	}
	if len(p.texts(p.blue.Id, "ar")) != 0 {
		t.Error("a plan's text reached phones")
	}
	p.act(p.anna, id, "publish", base)
	block := meetings(p.feed(p.blue.Id, ""))[0]["blocks"].([]any)[0].(map[string]any)
	texts := p.texts(p.blue.Id, "ar")
	if len(texts) != 1 {
		t.Fatalf("texts: %v", texts)
	}
	for n, v := range texts {
		if got := v.([]any); got[0] != "نبدأ بالقهوة." || got[1] != "reviewed" || n != wire(block["segments"].([]any)[0]) {
			t.Errorf("text %s: %v", n, got)
		}
	}
	// A changed sentence is taken back with the save that changes it.
	a := p.save(id, map[string]any{"information": "Vi börjar med mat.", "base": base + 1})
	if a.Status != http.StatusOK {
		t.Fatalf("save: %d %s", a.Status, a.Body)
	}
	for n, v := range p.texts(p.blue.Id, "ar") {
		if v != nil {
			t.Errorf("text %s is still there: %v", n, v)
		}
	}
	a = p.ask(p.anna, http.MethodGet, staffPath+id+"/readiness", nil)
	for _, v := range a.JSON["locales"].([]any) {
		if r := v.(map[string]any); r["total"] != 2.0 || r["missing"] != 2.0 {
			t.Errorf("readiness: %v", r)
		}
	}
}

func TestWhoTranslatesAMeeting(t *testing.T) {
	p := open(t)
	id, _ := p.write(nil)
	for name, c := range map[string]struct {
		who  *core.Record
		tag  string
		want int
	}{
		"guest":                   {nil, "ar", 401},
		"editor":                  {p.anna, "ar", 404},
		"another unit's":          {p.elsewhere, "ar", 404},
		"not her locale":          {p.tara, "sv-simple", 403},
		"into the source":         {p.tara, "sv", 403},
		"administrator, any":      {p.root, "sv-simple", 200},
		"translator of the place": {p.tara, "ar", 200},
	} {
		if got := p.translate(c.who, id, c.tag, coffee, "ord"); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	at := p.place(p.tara, id, "ar", coffee)
	confirm := staffPath + id + "/places/ar/" + at["segment"].(string) + "/confirm"
	if a := p.ask(p.tara, http.MethodPost, confirm, "{}"); a.Status != http.StatusOK || a.JSON["state"] != "reviewed" {
		t.Errorf("confirm: %d %s", a.Status, a.Body)
	}
}

func TestTheQueueHasMeetingsThatAreNotOver(t *testing.T) {
	p := open(t)
	later, _ := p.publish(map[string]any{"starts": stamp(p.starts.AddDate(0, 0, 7)), "ends": ""})
	next, _ := p.publish(nil)
	plan, _ := p.write(map[string]any{"groups": []string{p.blue.Id, p.pine.Id}})
	off, base := p.publish(nil)
	p.act(p.anna, off, "cancel", base)
	ids := func() (all []string) {
		a := p.ask(p.tara, http.MethodGet, "/api/folje/v1/staff/queue", nil)
		if a.Status != http.StatusOK {
			t.Fatalf("queue: %d %s", a.Status, a.Body)
		}
		for _, v := range a.JSON["tasks"].([]any) {
			m := v.(map[string]any)
			if m["needed"] == "" || len(m["groups"].([]any)) == 0 || m["title"] == "" {
				t.Errorf("queued: %v", m)
			}
			if m["locale"] == "ar" {
				all = append(all, m["id"].(string))
			}
		}
		return all
	}
	if got := ids(); len(got) != 3 || got[0] != next || got[1] != later || got[2] != plan {
		t.Errorf("queue %v, want %v", got, []string{next, later, plan})
	}
	p.now = p.starts.Add(2 * time.Hour)
	if got := ids(); len(got) != 1 || got[0] != later {
		t.Errorf("the day after: %v", got)
	}
	if a := p.ask(p.anna, http.MethodGet, "/api/folje/v1/staff/queue", nil); a.Status != http.StatusForbidden {
		t.Errorf("editor: %d", a.Status)
	}
}

func TestReadersReportsReachTheTranslatorAndAreSettled(t *testing.T) {
	p := open(t)
	id, _ := p.publish(nil)
	segment := p.place(p.tara, id, "ar", coffee)["segment"].(string)
	f := p.follow(p.blue)
	report := map[string]any{"segment": segment, "locale": "ar", "note": "Vad är fika?"}
	must(t, f.send("report", 1, report), "applied", "")
	must(t, f.send("report", 2, map[string]any{"segment": segment, "locale": "sv"}), "applied", "")

	got, _ := p.place(p.tara, id, "ar", coffee)["reports"].(map[string]any)
	if got["count"] != 1.0 || got["notes"].([]any)[0] != "Vad är fika?" {
		t.Errorf("reports: %v", got)
	}
	if other := p.place(p.tara, id, "ar", "Barnen kan vara med.")["reports"]; other != nil {
		t.Errorf("another sentence has %v", other)
	}
	for _, v := range p.ask(p.tara, http.MethodGet, "/api/folje/v1/staff/queue", nil).JSON["tasks"].([]any) {
		if r := v.(map[string]any); (r["locale"] == "ar") != (r["reports"] == 1.0) {
			t.Errorf("queue: %v", r)
		}
	}

	resolve := func(who *core.Record, body any) int {
		return p.ask(who, http.MethodPost, "/api/folje/v1/staff/reports/resolve", body).Status
	}
	arabic, swedish := map[string]any{"segment": segment, "locale": "ar"}, map[string]any{"segment": segment, "locale": "sv"}
	for name, c := range map[string]struct {
		who  *core.Record
		body any
		want int
	}{
		"guest": {nil, arabic, 401}, "editor": {p.anna, arabic, 403}, "another unit": {p.elsewhere, arabic, 404},
		"translator of the original": {p.tara, swedish, 403}, "no locale": {p.tara, map[string]any{"segment": segment, "locale": "xx"}, 404},
		"no segment": {p.tara, map[string]any{"locale": "ar"}, 404}, "not JSON": {p.tara, "{", 400}, "a list": {p.tara, "[]", 400},
		"mistyped": {p.tara, `{"segment":1,"locale":"ar"}`, 400}, "empty": {p.tara, "", 404},
	} {
		if got := resolve(c.who, c.body); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	for range 2 {
		if got := resolve(p.tara, arabic); got != http.StatusNoContent {
			t.Errorf("settle: %d", got)
		}
	}
	if left := p.place(p.tara, id, "ar", coffee)["reports"]; left != nil {
		t.Errorf("left: %v", left)
	}
	if left := p.place(p.anna, id, "sv", coffee)["reports"]; left == nil {
		t.Error("the report of the original went too")
	}
	if got := resolve(p.anna, swedish); got != http.StatusNoContent {
		t.Errorf("the editor settles the original's: %d", got)
	}
}
