package letter_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

func (p *preschool) undo(who *core.Record, id string, body any) int {
	p.Helper()
	a := p.ask(who, http.MethodPost, staffPath+id+"/undo", body)
	return a.Status
}

func TestUndoLeavesTheLetterAsItWas(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	before := p.ask(p.anna, http.MethodGet, recordsPath+"/"+id, nil)
	p.publish(id, base)
	a := p.ask(p.anna, http.MethodPost, staffPath+id+"/undo", nil)
	if a.Status != http.StatusOK {
		t.Fatalf("undo: %d %s", a.Status, a.Body)
	}
	for _, name := range []string{"number", "base", "published", "corrected", "withdrawn", "release", "title"} {
		if a.JSON[name] != before.JSON[name] {
			t.Errorf("%s was %v and is %v", name, before.JSON[name], a.JSON[name])
		}
	}
	if said := p.pass(time.Hour); len(said) != 0 || p.revision(p.blue.Id) != 0 {
		t.Errorf("an hour later: %v, phones have %v", said, p.revision(p.blue.Id))
	}
	if n, m := p.count("letter_revisions"), p.count("outbox"); n != 0 || m != 0 {
		t.Errorf("%d revisions and %d rows are left", n, m)
	}
	if a := p.publish(id, base); a.Status != http.StatusOK || a.JSON["release"] == "" {
		t.Errorf("publish again: %d %s", a.Status, a.Body)
	}
	if p.pass(window); p.revision(p.blue.Id) != 1 {
		t.Error("published again, and phones don't have it")
	}
}

func TestUndoOfACorrectionKeepsWhatPhonesHave(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.publish(id, base)
	p.pass(window)
	base = p.retitle(id, base, "Föräldramöte om mat")
	p.publish(id, base)
	if got := letters(p.feed(p.blue.Id, ""))[0]["number"]; got != 1.0 {
		t.Errorf("phones have revision %v", got)
	}
	if status := p.undo(p.anna, id, map[string]any{"number": 2}); status != http.StatusOK {
		t.Fatalf("undo: %d", status)
	}
	p.pass(time.Hour)
	if got := p.revision(p.blue.Id); got != 1 {
		t.Errorf("phones have revision %v", got)
	}
	// A lost answer, or a colleague who was faster.
	if status := p.undo(p.anna, id, map[string]any{"number": 2}); status != http.StatusOK {
		t.Errorf("the same undo again: %d", status)
	}
}

func TestUndoComesTooLate(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.publish(id, base)
	p.pass(window)
	for _, body := range []any{nil, map[string]any{"number": 1}} {
		a := p.ask(p.anna, http.MethodPost, staffPath+id+"/undo", body)
		if a.Status != http.StatusBadRequest || a.JSON["code"] != "error.letter_out" || a.JSON["message"] != "Brevet har redan gått ut. Dra tillbaka det om ingen ska läsa det, eller rätta det och publicera igen." {
			t.Errorf("undo %v: %d %s", body, a.Status, a.Body)
		}
	}
	if p.revision(p.blue.Id) != 1 {
		t.Error("phones lost the letter")
	}
}

// Until the letter is out it can be undone, however late the release is.
func TestUndoIsPossibleUntilItIsOut(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.publish(id, base)
	p.now = p.now.Add(time.Hour) // nobody released it meanwhile
	if status := p.undo(p.anna, id, nil); status != http.StatusOK {
		t.Errorf("undo: %d", status)
	}
}

func TestWhoMayUndo(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.publish(id, base)
	for who, want := range map[*core.Record]int{nil: 401, p.tara: 404, p.elsewhere: 404} {
		if got := p.undo(who, id, nil); got != want {
			t.Errorf("%v: %d, want %d", who, got, want)
		}
	}
	if p.undo(p.anna, "nosuchletter000", nil) != http.StatusNotFound {
		t.Error("a letter that isn't there")
	}
}

func TestPublishingAgainReplacesWhatWaits(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.publish(id, base)
	p.pass(20 * time.Second)
	base = p.retitle(id, base, "Nytt ord")
	if a := p.publish(id, base-1); a.Status != http.StatusConflict {
		t.Errorf("an old base: %d", a.Status)
	}
	a := p.publish(id, base)
	if a.JSON["release"] != "2026-11-12 18:00:50.000Z" || p.count("letter_revisions") != 1 || p.count("outbox") != 1 {
		t.Fatalf("publish again: %s; %d revisions, %d rows", a.Body, p.count("letter_revisions"), p.count("outbox"))
	}
	if p.pass(20 * time.Second); p.revision(p.blue.Id) != 0 {
		t.Error("it went out when the first would have")
	}
	p.pass(10 * time.Second)
	feed := p.feed(p.blue.Id, "")
	title := letters(feed)[0]["title"].([]any)[0].(float64)
	if got := feed.Get("texts", itoa(title)); got != "Nytt ord" {
		t.Errorf("phones read %v", got)
	}
}

func TestPublishingWhatPhonesHaveUndoesTheCorrection(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.publish(id, base)
	p.pass(window)
	base = p.retitle(id, base, "Nytt ord")
	p.publish(id, base)
	base = p.retitle(id, base, "Föräldramöte om sömn")
	if a := p.publish(id, base); a.Status != http.StatusOK || a.JSON["release"] != "" || a.JSON["number"] != 1.0 {
		t.Fatalf("publish: %d %s", a.Status, a.Body)
	}
	p.pass(time.Hour)
	if p.revision(p.blue.Id) != 1 || p.count("letter_revisions") != 1 {
		t.Error("the correction went out")
	}
}

// retitle saves the draft with another title and gives its base.
func (p *preschool) retitle(id string, base int, title string) int {
	p.Helper()
	a := p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) { b["base"], b["title"] = base, title }))
	if a.Status != http.StatusOK {
		p.Fatalf("save: %d %s", a.Status, a.Body)
	}
	return base + 1
}
