package letter_test

import (
	"net/http"
	"strings"
	"testing"
)

// Whatever staff's client sends, the answer is 4xx in JSON with a sentence, or
// a harmless 200, and never the server's own fault.
func TestMalformedRequestsAreRefusedNicely(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	p.publish(id, base)
	segment := p.place(id, "en", sentence)["segment"].(string)
	long := strings.Repeat("å", 300_000)
	bodies := []any{
		"", "{", "null", "[]", "7", `"x"`, "{\"text\":7}", `{"base":"x"}`, `{"base":null}`, `{"base":1e99}`, `{"base":-1}`,
		"\x00", "\xff\xfe", `{"blocks":7}`, `{"blocks":{}}`, `{"blocks":"x","base":1}`, `{"blocks":[7],"base":1}`,
		`{"blocks":[{"id":7}],"base":1}`, `{"blocks":[{"id":"a","kind":"script","text":"x"}],"base":1}`,
		`{"blocks":[{"id":"a","kind":"title","text":"x"}],"base":1}`, `{"blocks":[{"id":"title","kind":"item","text":"x"}],"base":1}`,
		`{"blocks":[{"id":"a","kind":"item","text":"x"},{"id":"a","kind":"item","text":"y"}],"base":1}`,
		`{"title":"` + long + `","base":1}`, `{"text":"` + long + `"}`, `{"groups":["nothing"],"base":1}`, `{"groups":{"a":1},"base":1}`,
		`{"meeting":"nothing","base":1}`, `{"unit":"nothing","base":1}`, `{"unit":"","base":1}`, `{"title":"\u0000\u202e\ud800","base":1}`,
		`{"base+":1}`, `{"groups-":["x"],"base":1}`, `{"context":"` + strings.Repeat("a", 5000) + `","text":"x"}`,
		`{"blocks":[` + strings.Repeat(`{"id":"a","kind":"item","text":""},`, 70) + `{}],"base":1}`,
	}
	paths := []struct{ method, path string }{
		{http.MethodPost, recordsPath}, {http.MethodPatch, recordsPath + "/" + id},
		{http.MethodPost, staffPath + id + "/publish"}, {http.MethodPost, staffPath + id + "/withdraw"},
		{http.MethodPut, staffPath + id + "/places/en/" + segment}, {http.MethodPut, staffPath + id + "/places/en/nothing"},
		{http.MethodPost, staffPath + id + "/places/en/" + segment + "/confirm"},
		{http.MethodGet, staffPath + id + "/places/%00"}, {http.MethodGet, staffPath + "%ff/readiness"},
		{http.MethodPost, "/api/collections/meetings/records"},
		{http.MethodPatch, "/api/collections/meetings/records/" + p.meeting.Id},
	}
	for _, at := range paths {
		for _, body := range bodies {
			who := p.anna
			if strings.Contains(at.path, "/places/") {
				who = p.tara
			}
			a := p.ask(who, at.method, at.path, body)
			if a.Status >= 500 || a.Status >= 400 && (a.JSON == nil || a.JSON["message"] == "") {
				t.Errorf("%s %s with %.60q: %d %.200s", at.method, at.path, body, a.Status, a.Body)
			}
		}
	}
}

func TestBadCursorsAreAnsweredWithEverything(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	p.publish(id, base)
	for _, after := range []string{"%00", "x.y", strings.Repeat("9", 4000), "%F0%9F%92%A9", "-1", ".5"} {
		if a := p.feed(p.blue.Id, after); a.JSON["full"] != true || len(letters(a)) != 1 {
			t.Errorf("after=%s: %s", after, a.Body)
		}
	}
}

func TestLetterOfTooManySentencesIsTold(t *testing.T) {
	p := open(t)
	a := p.ask(p.anna, http.MethodPost, recordsPath, p.draft(func(b map[string]any) {
		b["blocks"] = []map[string]any{{"id": "a", "kind": "paragraph", "text": strings.Repeat("Ja. ", 400)}, {"id": "b", "kind": "paragraph", "text": strings.Repeat("Ja. ", 400)}}
	}))
	if a.Status != http.StatusBadRequest || a.Get("data", "blocks", "code") != "error.too_many_sentences" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}

func TestTextThatGrowsWhenStoredIsToldAtItsBlock(t *testing.T) {
	p := open(t)
	a := p.ask(p.anna, http.MethodPost, recordsPath, p.draft(func(b map[string]any) {
		b["blocks"] = []map[string]any{{"id": "a", "kind": "paragraph", "text": strings.Repeat("\U0001D160", 1500)}}
	}))
	if a.Status != http.StatusBadRequest || a.Get("data", "block.a", "code") != "error.block_too_long" {
		t.Errorf("%d %s", a.Status, a.Body)
	}
}
