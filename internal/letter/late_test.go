package letter_test

import (
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// sentences are those of the usual draft.
var sentences = []string{
	"Föräldramöte om sömn", "Hur kan vi hjälpas åt så att barnen får sova gott?",
	"Tack för att ni kom.", "Vi ses kl. 9.30 nästa gång.", sentence,
}

func (p *preschool) translateAll(id, tag string, all ...string) {
	p.Helper()
	for _, s := range all {
		if a := p.translate(id, tag, s, tag+": "+s, nil); a.Status != http.StatusOK {
			p.Fatalf("translate: %d %s", a.Status, a.Body)
		}
	}
}

func TestLastTextOfALocaleRingsOnceMore(t *testing.T) {
	p := open(t)
	id, _ := p.out(nil)
	p.translateAll(id, "en", sentences[:4]...)
	if a := p.translate(id, "en", sentence, "A calm", map[string]any{"draft": true}); a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	if rows := p.rows("translation"); len(rows) != 0 {
		t.Fatalf("one is missing, and %d rings", len(rows))
	}
	p.now = p.now.Add(time.Hour)
	p.translateAll(id, "en", sentence)
	rows := p.rows("translation")
	if len(rows) != 1 {
		t.Fatalf("%d rows", len(rows))
	}
	got := row(rows[0])
	if got.Mark != "translation "+id+" en" || got.Locale != "en" || got.Item != id || got.Number != 1 || got.Author != p.tara.Id ||
		!slices.Equal(got.Groups, []string{p.blue.Id}) || !got.Due.Equal(p.now) || !got.Until.Equal(p.now.Add(14*24*time.Hour)) {
		t.Errorf("%+v", got)
	}
	// Another wording, a text taken back and given again: never once more.
	p.translate(id, "en", sentence, "Another wording.", nil)
	p.translate(id, "en", sentence, "", nil)
	p.translateAll(id, "en", sentence)
	p.translateAll(id, "ar", sentences[:3]...)
	if n := len(p.rows("translation")); n != 1 {
		t.Errorf("%d rows", n)
	}
	if note := p.say(rows[0], "en", false); note.Title != "A letter can now be read in English" || note.Tag != "letter-"+id {
		t.Errorf("%+v", note)
	}
}

func TestOnlyThoseRingOnceMoreWhoWereTold(t *testing.T) {
	p := open(t)
	id, base := p.out(nil)
	told, at := p.phone(t, "a", p.blue)
	waits, _ := p.phone(t, "b", p.blue) // its quiet hours aren't over
	p.sent(p.rows("letter")[0], at)
	p.translateAll(id, "en", sentences...)
	r := p.rows("translation")[0]
	if skip := p.skips(r, told, waits); skip[told.Id] || !skip[waits.Id] || !p.still(r) {
		t.Errorf("skipped: %v", skip)
	}
	p.retitle(id, base, "Nytt ord")
	p.publish(id, base+1)
	if p.still(r) {
		t.Error("a letter that says something else by now")
	}
}

func TestNothingWasMissingWhenItWentOut(t *testing.T) {
	p := openWith(t, window)
	id, base := p.write(nil)
	p.translateAll(id, "en", sentences[:4]...)
	p.publish(id, base)
	p.translateAll(id, "en", sentence) // before phones have it
	p.pass(window)
	p.translate(id, "en", sentence, "", nil)
	p.translateAll(id, "en", sentence)
	if n := len(p.rows("translation")); n != 0 {
		t.Errorf("%d rows", n)
	}
}

func TestLateMeansTwoWeeks(t *testing.T) {
	p := open(t)
	id, _ := p.out(nil)
	p.translateAll(id, "en", sentences[:4]...)
	p.translateAll(id, "ar", sentences[:4]...)
	p.now = p.now.AddDate(0, 0, 14)
	p.translateAll(id, "ar", sentence)
	p.now = p.now.Add(time.Minute)
	p.translateAll(id, "en", sentence)
	if rows := p.rows("translation"); len(rows) != 1 || rows[0].GetString("locale") != "ar" {
		t.Errorf("%d rows", len(rows))
	}
}

func TestWithdrawnLettersAndDraftsDontRing(t *testing.T) {
	p := open(t)
	withdrawn, _ := p.out(nil)
	p.ask(p.anna, http.MethodPost, staffPath+withdrawn+"/withdraw", nil)
	p.write(nil)
	p.translateAll(withdrawn, "en", sentences...)
	if n := len(p.rows("translation")); n != 0 {
		t.Errorf("%d rows", n)
	}
}

// One sentence may be the last in several letters, and its wording in one place
// only the last of that letter.
func TestEveryLetterThatItCompletesRings(t *testing.T) {
	p := open(t)
	first, _ := p.out(nil)
	second, _ := p.out(func(b map[string]any) { b["groups"] = []string{p.pine.Id} })
	third, _ := p.out(func(b map[string]any) { b["title"] = "Något annat" })
	p.translateAll(first, "en", sentences[:4]...)
	if a := p.translate(second, "en", sentence, "Only here.", map[string]any{"context": "here"}); a.Status != http.StatusOK {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	// First and second have the same neighbours: it is the same place to both.
	marks := func() (all []string) {
		for _, r := range p.rows("translation") {
			all = append(all, r.GetString("mark"))
		}
		slices.Sort(all)
		return all
	}
	want := []string{"translation " + first + " en", "translation " + second + " en"}
	if slices.Sort(want); !slices.Equal(marks(), want) {
		t.Errorf("%v, want %v", marks(), want)
	}
	p.translateAll(third, "en", sentence, "Något annat")
	if n := len(marks()); n != 3 {
		t.Errorf("%d rows: %v", n, marks())
	}
}

// Plain Swedish is a language too.
func TestPlainSwedishIsALocaleOfItsOwn(t *testing.T) {
	p := open(t)
	id, _ := p.out(nil)
	p.tara.Set("locales", []string{"sv-simple"})
	if err := p.app.Save(p.tara); err != nil {
		t.Fatal(err)
	}
	p.translateAll(id, "sv-simple", sentences...)
	if rows := p.rows("translation"); len(rows) != 1 || p.say(rows[0], "sv-simple", false).Title != "Ett brev finns nu på lätt svenska" {
		t.Errorf("%d rows", len(rows))
	}
}

// The row is there exactly when the text is.
func TestTextAndRowComeTogether(t *testing.T) {
	p := open(t)
	id, _ := p.out(nil)
	p.translateAll(id, "en", sentences[:4]...)
	p.app.OnRecordUpdate("segment_uses").BindFunc(func(*core.RecordEvent) error { return http.ErrAbortHandler })
	if a := p.translate(id, "en", sentence, "A calm moment.", nil); a.Status != http.StatusInternalServerError {
		t.Fatalf("%d %s", a.Status, a.Body)
	}
	if n := len(p.rows("translation")); n != 0 {
		t.Error("phones ring for a text that isn't there")
	}
}

// Letters of before this was noted are left alone.
func TestLettersOfEarlierVersionsDontRing(t *testing.T) {
	p := open(t)
	id, _ := p.out(nil)
	r, err := p.app.FindFirstRecordByData("letter_revisions", "letter", id)
	if err != nil {
		t.Fatal(err)
	}
	r.Set("complete", nil)
	if err := p.app.Save(r); err != nil {
		t.Fatal(err)
	}
	p.translateAll(id, "en", sentences...)
	if n := len(p.rows("translation")); n != 0 {
		t.Errorf("%d rows", n)
	}
}
