package letter_test

import (
	"net/http"
	"testing"
)

// Two devices publish the same letter: it goes out once and rings once. One
// that has older words is told so, and what it has is not lost.
func TestPublishedTwiceFromTwoDevices(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	for _, device := range []string{"her phone", "the computer"} {
		if a := p.publish(id, base); a.Status != http.StatusOK {
			t.Errorf("%s: %d %s", device, a.Status, a.Body)
		}
	}
	if p.count("letter_revisions") != 1 || p.count("outbox") != 1 {
		t.Errorf("%d revisions, %d rows", p.count("letter_revisions"), p.count("outbox"))
	}
	p.retitle(id, base, "Ett ord till")
	a := p.publish(id, base)
	if a.Status != http.StatusConflict || a.Get("current", "title") != "Ett ord till" || a.Get("message") == "" {
		t.Errorf("from older words: %d %s", a.Status, a.Body)
	}
	p.pass(window)
	if p.revision(p.blue.Id) != 1 || len(letters(p.feed(p.blue.Id, ""))) != 1 {
		t.Error("phones don't have it once")
	}
}

// A role is taken away while she writes: her next save and publishing are
// refused in her language, the draft stays as it was saved last, and a
// colleague goes on with it.
func TestARoleTakenAwayWhileSheWrites(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	p.anna.Set("roles", []string{})
	if err := p.app.Save(p.anna); err != nil {
		t.Fatal(err)
	}
	saved := p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, map[string]any{"base": base, "title": "Ett ord till"})
	published := p.publish(id, base)
	if saved.Status != http.StatusNotFound && saved.Status != http.StatusForbidden || published.Status != http.StatusNotFound || published.Get("message") == "" {
		t.Errorf("saving: %d %s; publishing: %d %s", saved.Status, saved.Body, published.Status, published.Body)
	}
	if p.count("letter_revisions") != 0 || p.count("outbox") != 0 {
		t.Error("it was published")
	}
	p.elsewhere.Set("units", []string{p.unit.Id})
	if err := p.app.Save(p.elsewhere); err != nil {
		t.Fatal(err)
	}
	a := p.ask(p.elsewhere, http.MethodGet, recordsPath+"/"+id, nil)
	if a.Status != http.StatusOK || a.Get("title") != "Föräldramöte om sömn" {
		t.Errorf("a colleague has %d %s", a.Status, a.Body)
	}
}
