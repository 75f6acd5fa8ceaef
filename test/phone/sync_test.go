package phone_test

import (
	"net/http"
	"strings"
	"testing"
)

// What is not our JSON changes nothing, whatever status it comes with.
func TestAnAnswerThatIsNotOursChangesNothing(t *testing.T) {
	s := newServer(t, "a")
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2)}, nil, object{"1": "Rubrik", "2": "Text."}))
	p := s.phone(t, "sv")
	expect(t, "the letter", p.titles(), "[Rubrik (source)]")

	page := func(status int, kind, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
	}
	for name, answer := range map[string]http.HandlerFunc{
		"a portal's page":       page(200, "text/html", "<h1>Välkommen till vårt nät</h1>"),
		"a page named JSON":     page(200, "application/json", "<h1>Välkommen</h1>"),
		"an empty body":         page(200, "application/json", ""),
		"a list":                page(200, "application/json", "[]"),
		"an object of others":   page(200, "application/json", `{"ok":true}`),
		"a shortened answer":    page(200, "application/json", `{"epoch":"e1","cursor":"c2","records":[],"gone":["l1"`),
		"no content":            page(204, "application/json", ""),
		"a proxy's error":       page(502, "text/html", "bad gateway"),
		"an error of others":    page(404, "application/json", `{"error":"not found"}`),
		"a refusal without us":  page(401, "text/plain", "sign in to the network"),
		"an unasked unchanged":  page(304, "", ""),
		"an answer of no epoch": page(200, "application/json", `{"cursor":"c2","records":[],"gone":["l1"],"texts":{}}`),
	} {
		s.with("*", answer)
		p.syncs()
		expect(t, name, p.titles(), "[Rubrik (source)]")
		p.WaitFor("[data-line=offline]")
	}
	if line := p.Text("[data-line=offline]"); !strings.Contains(line, "Följe svarar inte") {
		t.Errorf("the phone has a network, and the line says %q", line)
	}
	s.with("*", nil)
	p.syncs()
	p.WaitGone("[data-line=offline]")
}

// Only gone deletes; a whole feed without a letter does not.
func TestOnlyGoneDeletes(t *testing.T) {
	s := newServer(t, "a")
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2), letter("l2", 3, 2)}, nil, object{"1": "Ett", "2": "Text.", "3": "Två"}))
	p := s.phone(t, "sv")
	s.says("GET feeds/a", feed("e1", "c2", nil, nil, object{}))
	p.syncs()
	expect(t, "an empty whole feed", p.titles(), "[Ett (source) Två (source)]")
	s.says("GET feeds/a", feed("e1", "c3", nil, []string{"l1", "unknown"}, object{}))
	p.syncs()
	expect(t, "one gone", p.titles(), "[Två (source)]")
	expect(t, "the sentence both had", p.reads("l2"), "Text.")
	p.WaitUntil("document.querySelectorAll('a.letter-row').length === 1")
}

// A letter to two groups is there once, with each scope's own numbers, until
// both have let it go.
func TestALetterInTwoScopes(t *testing.T) {
	s := newServer(t, "a", "b")
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2)}, nil, object{"1": "Rubrik", "2": "Text."}))
	s.says("GET feeds/b", feed("e1", "c1", []any{letter("l1", 71, 72)}, nil, object{"71": "Rubrik", "72": "Text."}))
	s.says("GET feeds/b/texts/ar", feed("e1", "c1", nil, nil, object{"71": []string{"عنوان", "reviewed"}, "72": []string{"نص.", "machine"}}))
	s.says("GET feeds/a/texts/ar", feed("e1", "c1", nil, nil, object{"1": []string{"عنوان", "reviewed"}, "2": []string{"نص.", "machine"}}))
	p := s.phone(t, "ar")
	expect(t, "in both", p.titles(), "[عنوان (reviewed)]")
	p.WaitFor("[data-letter=l1] | Group a, Group b")
	s.says("GET feeds/a", feed("e1", "c2", nil, []string{"l1"}, object{}))
	p.syncs()
	expect(t, "in one", p.titles(), "[عنوان (reviewed)]")
	expect(t, "its text", p.reads("l1"), "نص.")
	s.says("GET feeds/b", feed("e1", "c2", nil, []string{"l1"}, object{}))
	p.syncs()
	expect(t, "in none", p.titles(), "[]")
}

// A restored server may give a number to another sentence; letters from before
// keep their own.
func TestAnotherEpoch(t *testing.T) {
	s := newServer(t, "a")
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2), letter("l2", 3, 2)}, nil, object{"1": "Ett", "2": "Gammal.", "3": "Två"}))
	p := s.phone(t, "sv")
	s.says("GET feeds/a", feed("e2", "c1", []any{letter("l2", 1, 2)}, nil, object{"1": "Två", "2": "Ny."}))
	p.syncs()
	expect(t, "after the restore", p.titles(), "[Ett (source) Två (source)]")
	expect(t, "the letter the server lost", p.reads("l1"), "Gammal.")
	expect(t, "the letter it has", p.reads("l2"), "Ny.")
}

// A text that was taken back is shown in Swedish and marked; one that is empty
// on purpose is not.
func TestATextTakenBack(t *testing.T) {
	s := newServer(t, "a")
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2)}, nil, object{"1": "Rubrik", "2": "Text."}))
	s.says("GET feeds/a/texts/ar", feed("e1", "c1", nil, nil, object{"1": []string{"عنوان", "machine"}, "2": []string{"", "reviewed"}}))
	p := s.phone(t, "ar")
	expect(t, "before", p.titles()+p.reads("l1"), "[عنوان (machine)]")
	s.says("GET feeds/a/texts/ar", feed("e1", "c2", nil, nil, object{"1": nil}))
	p.syncs()
	expect(t, "after", p.titles(), "[Rubrik (missing)]")
	p.WaitFor("[data-letter=l1] [data-state=missing]")
}

// Records and texts of one scope that did not all arrive: what did is kept,
// and what did not is not called missing.
func TestHalfAnAnswer(t *testing.T) {
	s := newServer(t, "a")
	s.says("GET feeds/a", feed("e1", "c1", []any{letter("l1", 1, 2)}, nil, object{"1": "Rubrik", "2": "Text."}))
	s.refuses("GET feeds/a/texts/ar", 503, "error.later")
	p := s.phone(t, "ar")
	expect(t, "without its texts", p.titles(), "[Rubrik (unfetched)]")
	s.says("GET feeds/a/texts/ar", feed("e1", "c1", nil, nil, object{"1": []string{"عنوان", "reused"}}))
	p.syncs()
	expect(t, "with them", p.titles(), "[عنوان (reused)]")
}

// The phone asks from its cursor and with the tag of what it has.
func TestAnUnchangedFeed(t *testing.T) {
	s := newServer(t, "a")
	tagged := reply(200, feed("e1", "c1", []any{letter("l1", 1, 2)}, nil, object{"1": "Rubrik", "2": "Text."}))
	unchanged := 0
	s.with("GET feeds/a", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"t1"`)
		if r.Header.Get("If-None-Match") == `"t1"` && r.URL.Query().Get("after") == "c1" {
			unchanged++
			w.WriteHeader(http.StatusNotModified)
			return
		}
		tagged(w, r)
	})
	p := s.phone(t, "sv")
	p.syncs()
	if unchanged == 0 {
		t.Error("the phone did not ask whether its feed had changed")
	}
	expect(t, "the letter", p.titles(), "[Rubrik (source)]")
	p.WaitGone("[data-line=offline]")
}
