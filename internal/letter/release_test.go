package letter_test

import (
	"net/http"
	"testing"
	"time"

	"folje/internal/letter"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

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

// revision is the revision of the one letter that the group’s phones have, 0 for none.
func (p *preschool) revision(group string) float64 {
	p.Helper()
	found := letters(p.feed(group, ""))
	if len(found) == 0 {
		return 0
	}
	return found[0]["number"].(float64)
}
