package letter_test

import (
	"net/http"
	"testing"
	"time"

	"folje/internal/letter"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

func (p *preschool) undo(who *core.Record, id string, body any) int {
	p.Helper()
	a := p.ask(who, http.MethodPost, staffPath+id+"/undo", body)
	return a.Status
}

// revision is the revision of the one letter that the group’s phones have, 0 for none.
func (p *preschool) revision(group string) float64 {
	p.Helper()
	found := letters(p.feed(group, ""))
	if len(found) == 0 {
		return 0
	}
	return found[0]["number"].(float64)
}

func TestPhonesHaveNothingUntilTheWindowIsOver(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.translate(id, "en", sentence, "A calm moment before bedtime.", nil)
	a := p.publish(id, base)
	if a.Status != http.StatusOK || a.JSON["number"] != 0.0 || a.JSON["release"] != "2026-11-12 18:00:30.000Z" || a.JSON["published"] != "" {
		t.Fatalf("publish: %d %s", a.Status, a.Body)
	}
	if got := p.revision(p.blue.Id); got != 0 {
		t.Errorf("phones have revision %v", got)
	}
	if texts := p.texts(p.blue.Id, "en", "").JSON["texts"].(map[string]any); len(texts) != 0 {
		t.Errorf("phones have texts: %v", texts)
	}
	if a := p.ask(p.tara, http.MethodGet, staffPath+id+"/places/en?of=published", nil); a.JSON["total"] != 0.0 {
		t.Errorf("published places: %s", a.Body)
	}
	if said := p.pass(window - time.Millisecond); len(said) != 0 || p.revision(p.blue.Id) != 0 {
		t.Errorf("too early: %v", said)
	}
	if said := p.pass(time.Millisecond); !said["letter "+id+" 1"] || p.revision(p.blue.Id) != 1 {
		t.Errorf("released: %v, phones have %v", said, p.revision(p.blue.Id))
	}
	if texts := p.texts(p.blue.Id, "en", "").JSON["texts"].(map[string]any); len(texts) != 1 {
		t.Errorf("texts: %v", texts)
	}
	now := p.ask(p.anna, http.MethodGet, recordsPath+"/"+id, nil)
	if now.JSON["release"] != "" || now.JSON["published"] != "2026-11-12 18:00:30.000Z" || now.JSON["base"] != float64(base) {
		t.Errorf("the record: %s", now.Body)
	}
}

func TestWithoutAWindowItGoesOutAtOnceAndRingsOnce(t *testing.T) {
	p := open(t)
	id, base := p.write(nil)
	a := p.publish(id, base)
	if a.JSON["number"] != 1.0 || a.JSON["release"] != "" || p.revision(p.blue.Id) != 1 {
		t.Fatalf("publish: %d %s", a.Status, a.Body)
	}
	cursor := p.feed(p.blue.Id, "").JSON["cursor"]
	if said := p.pass(0); !said["letter "+id+" 1"] {
		t.Errorf("its row: %v", said)
	}
	if now := p.feed(p.blue.Id, "").JSON["cursor"]; now != cursor {
		t.Error("the release did something to the feed again")
	}
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

// retitle saves the draft with another title and gives its base.
func (p *preschool) retitle(id string, base int, title string) int {
	p.Helper()
	a := p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) { b["base"], b["title"] = base, title }))
	if a.Status != http.StatusOK {
		p.Fatalf("save: %d %s", a.Status, a.Body)
	}
	return base + 1
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

// What goes out is what was published, with its sentences' translations and
// what somebody confirmed in them, whatever the draft says meanwhile.
func TestSavingMeanwhileDoesNotChangeWhatGoesOut(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.translate(id, "en", "Föräldramöte om sömn", "Parents’ meeting about sleep", nil)
	p.publish(id, base)
	a := p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) {
		b["base"], b["title"], b["question"], b["release"] = base, "Helt annat", "En annan fråga?", ""
	}))
	if a.Status != http.StatusOK || a.JSON["release"] != "2026-11-12 18:00:30.000Z" {
		t.Fatalf("save: %d %s", a.Status, a.Body)
	}
	p.pass(window)
	feed := p.feed(p.blue.Id, "")
	title := itoa(letters(feed)[0]["title"].([]any)[0].(float64))
	if got := feed.Get("texts", title); got != "Föräldramöte om sömn" {
		t.Errorf("the title on phones: %v", got)
	}
	if got := p.texts(p.blue.Id, "en", "").Get("texts", title).([]any); got[0] != "Parents’ meeting about sleep" || got[1] != "reviewed" {
		t.Errorf("in English: %v", got)
	}
	if a := p.ask(p.anna, http.MethodGet, recordsPath+"/"+id, nil); a.JSON["title"] != "Helt annat" || a.JSON["number"] != 1.0 {
		t.Errorf("the draft: %s", a.Body)
	}
}

func TestReleaseIsTheServersAlone(t *testing.T) {
	p := openWith(t, window)
	const soon = "2026-11-12 18:00:01.000Z"
	a := p.ask(p.anna, http.MethodPost, recordsPath, p.draft(func(b map[string]any) { b["release"] = soon }))
	if a.Status != http.StatusOK || a.JSON["release"] != "" {
		t.Fatalf("a new draft: %d %s", a.Status, a.Body)
	}
	id := a.JSON["id"].(string)
	if a := p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) { b["base"], b["release"] = 1, soon })); a.JSON["release"] != "" {
		t.Errorf("a save: %d %s", a.Status, a.Body)
	}
}

func TestWithdrawingMeanwhile(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.publish(id, base)
	a := p.ask(p.anna, http.MethodPost, staffPath+id+"/withdraw", nil)
	if a.Status != http.StatusOK || a.JSON["release"] != "" || a.JSON["withdrawn"] != "" || a.JSON["number"] != 0.0 {
		t.Fatalf("before it was out: %d %s", a.Status, a.Body)
	}
	if p.pass(window); p.revision(p.blue.Id) != 0 || p.count("outbox") != 0 {
		t.Error("it went out, or rings")
	}
	p.publish(id, base)
	p.pass(window)
	base = p.retitle(id, base, "Nytt ord")
	p.publish(id, base)
	a = p.ask(p.anna, http.MethodPost, staffPath+id+"/withdraw", nil)
	if a.Status != http.StatusOK || a.JSON["release"] != "" || a.JSON["withdrawn"] == "" || a.JSON["number"] != 1.0 {
		t.Fatalf("with a correction waiting: %d %s", a.Status, a.Body)
	}
	if p.pass(window); p.revision(p.blue.Id) != 0 || p.count("letter_revisions") != 1 {
		t.Error("the correction went out")
	}
}

func TestLetterThatIsAboutToGoOutIsNotDeleted(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.publish(id, base)
	if a := p.ask(p.anna, http.MethodDelete, recordsPath+"/"+id, nil); a.Status != http.StatusBadRequest || a.JSON["message"] != "Brevet är på väg ut. Ångra publiceringen först." {
		t.Errorf("delete: %d %s", a.Status, a.Body)
	}
	l, err := p.app.FindRecordById("letters", id)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.app.Delete(l); err != nil { // its unit goes, say
		t.Fatal(err)
	}
	for _, name := range []string{"outbox", "letter_revisions"} {
		if n := p.count(name); n != 0 {
			t.Errorf("%d %s are left", n, name)
		}
	}
	if n, err := p.app.CountRecords("segment_uses", dbx.HashExp{"record": id}); err != nil || n != 0 {
		t.Errorf("%d uses of segments are left, %v", n, err)
	}
}

// Whatever fails, a revision and what rings for it are there together or not.
func TestRevisionAndRowComeTogether(t *testing.T) {
	p := openWith(t, window)
	fails := true
	p.app.OnRecordCreate("audit_log").BindFunc(func(e *core.RecordEvent) error {
		if fails {
			return http.ErrAbortHandler
		}
		return e.Next()
	})
	id, base := p.write(nil)
	if a := p.publish(id, base); a.Status != http.StatusInternalServerError {
		t.Fatalf("publish: %d %s", a.Status, a.Body)
	}
	if p.count("outbox") != 0 || p.count("letter_revisions") != 0 {
		t.Error("half of it is there")
	}
	fails = false
	p.publish(id, base)
	fails = true
	r := p.rows("letter")[0]
	err := p.app.RunInTransaction(func(tx core.App) error {
		_, err := letter.Kinds(p.cfg)["letter"].Release(tx, row(r), p.now.Add(window))
		return err
	})
	if err == nil || p.revision(p.blue.Id) != 0 {
		t.Errorf("a release that failed: %v, phones have %v", err, p.revision(p.blue.Id))
	}
	fails = false
	if p.pass(window); p.revision(p.blue.Id) != 1 {
		t.Error("it never went out")
	}
}

// A letter that moves to another group is taken from the first one's phones.
func TestReleasingToOtherGroups(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.publish(id, base)
	p.pass(window)
	a := p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, p.draft(func(b map[string]any) { b["base"], b["groups"] = base, []string{p.pine.Id} }))
	if a.Status != http.StatusOK {
		t.Fatalf("save: %d %s", a.Status, a.Body)
	}
	p.publish(id, base+1)
	if p.revision(p.blue.Id) != 1 || p.revision(p.pine.Id) != 0 {
		t.Error("the groups changed before the release")
	}
	p.pass(window)
	if p.revision(p.blue.Id) != 0 || p.revision(p.pine.Id) != 2 {
		t.Error("the groups did not change")
	}
}
