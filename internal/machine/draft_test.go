package machine_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/machine"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const (
	title  = "Kom och lek"
	first  = "Vi ses i Blåsippan kl. 18.00."
	second = "Ta med en kudde."
	both   = first + " " + second
)

// published is a letter that parents have.
func (p *preschool) published() string {
	p.Helper()
	id := p.write(title, both, nil)
	p.publish(id)
	return id
}

// Phones read English, and a translator has English and Arabic; nobody reads
// Finnish, which the engine has as well.
func TestAPublishedLetterGetsDraftsInTheLocalesThatAreRead(t *testing.T) {
	p := open(t)
	p.tara = apptest.MustStaff(t, p.app, "tara@example.org", []string{"translator"}, p.unit)
	p.engine.answer = func(to string, texts []string) ([]string, error) {
		if to == "ar" {
			return []string{"تعالوا والعبوا", `نلتقي في <span translate="no" id="k0">x</span> الساعة <span translate="no" id="k1">x</span>.`, "أحضروا وسادة."}, nil
		}
		return put(to, texts), nil
	}
	id := p.published()
	sent := p.round()
	kept := `Vi ses i <span translate="no" id="k0">Blåsippan</span> kl. <span translate="no" id="k1">18.00</span>.`
	want := []string{"en: " + kept, "en: " + second, "en: " + title, "ar: " + kept, "ar: " + second, "ar: " + title}
	if !slices.Equal(sorted(sent), sorted(want)) {
		t.Errorf("sent %q", sent)
	}
	for sentence, wording := range map[string]string{title: "In en " + title, first: "In en " + first, second: "In en " + second} {
		if got, status, engine := p.text(sentence, "en"); got != wording || status != "machine" || engine != "scripted" {
			t.Errorf("%s: %q %s %s", sentence, got, status, engine)
		}
	}
	if got, _, _ := p.text(first, "ar"); got != "نلتقي في Blåsippan الساعة 18.00." {
		t.Errorf("in Arabic: %q", got)
	}
	if got, _, _ := p.text(first, "fi"); got != "" {
		t.Errorf("in Finnish, which nobody reads: %q", got)
	}
	if at := p.place(p.tara, id, "ar", second); at["state"] != "machine" {
		t.Errorf("the desk says %v", at)
	}
	if sent := p.round(); len(sent) != 0 {
		t.Errorf("sent again: %q", sent)
	}
	n, err := p.app.CountRecords("translation_history", dbx.HashExp{"action": "machine"})
	if err != nil || n != 6 {
		t.Errorf("%d rows of the history, %v", n, err)
	}
}

// The phone gets it in the feed, marked for what it is.
func TestPhonesReadADraftAsAMachines(t *testing.T) {
	p := open(t)
	p.published()
	feed := func(after string) apptest.Answer {
		return p.ask(nil, http.MethodGet, "/api/folje/v1/feeds/"+p.blue.Id+"/texts/en?after="+after, nil)
	}
	before := feed("")
	p.round()
	a := feed(before.JSON["cursor"].(string))
	texts := a.JSON["texts"].(map[string]any)
	if len(before.JSON["texts"].(map[string]any)) != 0 || len(texts) != 3 {
		t.Fatalf("%s then %s", before.Body, a.Body)
	}
	for _, v := range texts {
		if pair := v.([]any); pair[1] != "machine" || !strings.HasPrefix(pair[0].(string), "In en ") {
			t.Errorf("a phone reads %v", pair)
		}
	}
}

// What somebody is typing isn't sent; what has rested is.
func TestADraftIsSentWhenItRests(t *testing.T) {
	p := open(t)
	p.now = time.Now() // what PocketBase stamps saves with
	id := p.write(title, both, nil)
	if sent := p.round(); len(sent) != 0 {
		t.Errorf("sent while it was typed: %q", sent)
	}
	p.now = p.now.Add(11 * time.Minute)
	if sent := p.round(); len(sent) != 3 {
		t.Errorf("sent %q", sent)
	}
	if r, err := p.app.FindRecordById("letters", id); err != nil || r.GetInt("number") != 0 {
		t.Errorf("%v %v", r, err)
	}
}

// Half-typed sentences that an engine drafted leave no trace once they are gone.
func TestWhatWasThrownAwayIsForgotten(t *testing.T) {
	p := open(t)
	p.now = time.Now()
	id := p.write(title, both, nil)
	p.now = p.now.Add(11 * time.Minute)
	p.round()
	if err := p.app.RunInTransaction(func(tx core.App) error {
		return translation.Index(tx, translation.Owner{Collection: "letters", ID: id, Unit: p.unit.Id})
	}); err != nil {
		t.Fatal(err)
	}
	// A person wrote one of them in another language: that stays, and so does its sentence.
	if err := translation.Put(p.app, text.SegmentID("sv", second), "ar", "أحضروا وسادة.", translation.Reviewed); err != nil {
		t.Fatal(err)
	}
	if err := machine.Sweep(p.app); err != nil {
		t.Fatal(err)
	}
	for sentence, left := range map[string]bool{title: false, first: false, second: true} {
		_, err := p.app.FindRecordById("segments", text.SegmentID("sv", sentence))
		if (err == nil) != left {
			t.Errorf("%s: %v", sentence, err)
		}
		if wording, _, _ := p.text(sentence, "en"); (wording != "") != left {
			t.Errorf("%s: %q", sentence, wording)
		}
	}
	if n, err := p.app.CountRecords("translation_history"); err != nil || n != 1 {
		t.Errorf("%d rows of the history, %v", n, err)
	}
}

func TestNothingOfAPersonIsOverwritten(t *testing.T) {
	p := open(t)
	p.tara = apptest.MustStaff(t, p.app, "tara@example.org", []string{"translator"}, p.unit)
	p.engine.pairs = p.engine.pairs[:1] // English only
	id := p.write(title, both+" En rad till.", nil)
	save := func(source string, more map[string]any) {
		at := p.place(p.tara, id, "en", source)
		body := map[string]any{"base": at["version"]}
		for k, v := range more {
			body[k] = v
		}
		if body["context"] != nil {
			body["context"] = at["context"]
		}
		a := p.ask(p.tara, http.MethodPut, "/api/folje/v1/staff/letters/"+id+"/places/en/"+at["segment"].(string), body)
		if a.Status != http.StatusOK {
			t.Fatalf("%s: %d %s", source, a.Status, a.Body)
		}
	}
	save(title, map[string]any{"text": "Come and play"})
	save(first, map[string]any{"text": "See you in", "draft": true})
	save("En rad till.", map[string]any{"text": "", "context": "here"}) // empty on purpose
	p.publish(id)
	if sent := p.round(); !slices.Equal(sent, []string{"en: " + second}) {
		t.Errorf("sent %q", sent)
	}
	if got, status, _ := p.text(title, "en"); got != "Come and play" || status != "reviewed" {
		t.Errorf("%q %s", got, status)
	}
	if got, _, _ := p.text(first, "en"); got != "" {
		t.Errorf("%q", got)
	}
}

// While the engine thinks, a translator saves, and a sentence goes.
func TestWhatHappensMeanwhileWins(t *testing.T) {
	p := open(t)
	p.published()
	p.engine.answer = func(to string, texts []string) ([]string, error) {
		if err := translation.Put(p.app, text.SegmentID("sv", title), "en", "Come and play", translation.Reviewed); err != nil {
			t.Error(err)
		}
		for _, table := range []string{"segment_uses", "segments"} {
			column := map[string]string{"segment_uses": "segment", "segments": "id"}[table]
			if _, err := p.app.DB().Delete(table, dbx.HashExp{column: text.SegmentID("sv", second)}).Execute(); err != nil {
				t.Error(err)
			}
		}
		return put(to, texts), nil
	}
	p.round()
	if got, status, _ := p.text(title, "en"); got != "Come and play" || status != "reviewed" {
		t.Errorf("hers became %q %s", got, status)
	}
	if got, _, _ := p.text(second, "en"); got != "" {
		t.Errorf("the sentence that is gone has %q", got)
	}
	if got, _, _ := p.text(first, "en"); got == "" {
		t.Error("the third got nothing")
	}
}

func TestMeetingsAndWordsAreDraftedToo(t *testing.T) {
	p := open(t)
	apptest.MustMeeting(t, p.app, p.now.Add(48*time.Hour), p.blue)
	apptest.MustRecord(t, p.app, "glossary", map[string]any{"term": "utflykt", "explanation": "Vi går till skogen.", "forms": []string{}})
	p.now = time.Now().Add(time.Hour)
	if sent := p.round(); !slices.Contains(sent, "en: utflykt") || !slices.Contains(sent, "en: Vi går till skogen.") {
		t.Errorf("sent %q", sent)
	}
}

// Long letters go in several batches, in order of need.
func TestBatchesAreBounded(t *testing.T) {
	p := open(t)
	var most int
	p.engine.answer = func(to string, texts []string) ([]string, error) {
		most = max(most, len(texts))
		return put(to, texts), nil
	}
	var body strings.Builder
	for i := range 45 {
		body.WriteString("Det här är mening nummer xx" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + ". ")
	}
	p.publish(p.write(title, body.String(), nil))
	if sent := p.round(); len(sent) != 46 || most > 20 {
		t.Errorf("%d sentences in batches of up to %d", len(sent), most)
	}
}

// A locale that a first family reads, and one that the engine learns, are
// drafted when they are found.
func TestNewReadersAndNewLanguagesAreFound(t *testing.T) {
	p := open(t)
	p.published()
	p.round()
	p.phone("fi")
	if sent := p.round(); len(sent) != 3 || !strings.HasPrefix(sent[0], "fi: ") {
		t.Errorf("for the first Finnish family: %q", sent)
	}
	p.phone("pl")
	p.engine.pairs = append(p.engine.pairs, machine.Pair{From: "sv", To: "pl"})
	if sent := p.round(); len(sent) != 0 {
		t.Errorf("before the engine was asked again: %q", sent)
	}
	p.now = p.now.Add(time.Hour)
	if sent := p.round(); len(sent) != 3 || !strings.HasPrefix(sent[0], "pl: ") {
		t.Errorf("after it learnt Polish: %q", sent)
	}
}

// Dari is not Persian, and lätt svenska is no language of engines.
func TestOnlyTheVeryLanguageIsDrafted(t *testing.T) {
	p := open(t)
	p.engine.pairs = []machine.Pair{{From: "sv", To: "fa"}, {From: "sv", To: "sv"}, {From: "sv", To: "kur"}, {From: "en", To: "uk"}}
	for _, tag := range []string{"fa-AF", "sv-simple", "ku", "ckb", "uk", "sv"} {
		p.phone(tag)
	}
	p.published()
	if sent := p.round(); len(sent) != 0 {
		t.Errorf("sent %q", sent)
	}
}
