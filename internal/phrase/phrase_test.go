package phrase_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/meeting"
	"folje/internal/phrase"
	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

const (
	phrases  = "/api/collections/phrases/records"
	question = "Hur kan vi hjälpas åt så att barnen får sova gott?"
	inArabic = "كيف نتعاون لينام أطفالنا جيدًا؟"
)

var now = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// bank is a server with the phrase bank, meetings and the translators' desk.
type bank struct {
	*testing.T
	app              core.App
	h                http.Handler
	unit, group      *core.Record
	eva, bo, cora    string // editors of two units, and the coordinator
	tara, root, none string // a translator, an administrator, nobody
}

func open(t *testing.T) *bank {
	t.Helper()
	app, bundle, clock := apptest.New(t), apptest.Locales(t), func() time.Time { return now }
	meetings := meeting.Register(app, meeting.Config{Locales: bundle, Now: clock, Authenticate: nil})
	phrase.Register(app, phrase.Config{Locales: bundle})
	translation.RegisterDesk(app, translation.DeskConfig{Locales: bundle, Now: clock, Works: []translation.Work{meeting.Work(), phrase.Work()}})
	sync.Register(app, sync.Config{Locales: bundle, Sources: map[string]sync.Source{"meetings": meetings}, Texts: translation.Texts,
		Authorize: func(*http.Request, string) error { return nil }, Now: clock})
	b := &bank{T: t, app: app, unit: apptest.MustUnit(t, app, "Granen")}
	b.group = apptest.MustGroup(t, app, b.unit, "Kotten")
	token := func(email string, roles []string, units ...*core.Record) string {
		return apptest.MustToken(t, apptest.MustStaff(t, app, email, roles, units...))
	}
	b.eva = token("eva@example.org", []string{"editor"}, b.unit)
	b.bo = token("bo@example.org", []string{"editor"}, apptest.MustUnit(t, app, "Linden"))
	b.cora = token("cora@example.org", []string{"coordinator"})
	b.tara = token("tara@example.org", []string{"translator"}, b.unit)
	b.root = token("rut@example.org", []string{"admin"})
	b.h = apptest.Handler(t, app)
	return b
}

func (b *bank) ask(who, method, path string, body any) apptest.Answer {
	b.Helper()
	return apptest.Ask(b, b.h, who, method, path, body)
}

func entry(change map[string]any) map[string]any {
	body := map[string]any{"kind": "question", "topic": "sömn", "ageFrom": 1, "ageTo": 5, "text": question, "from": "bank"}
	for name, value := range change {
		body[name] = value
	}
	return body
}

// add saves a phrase and gives its id.
func (b *bank) add(who string, change map[string]any) string {
	b.Helper()
	a := b.ask(who, http.MethodPost, phrases, entry(change))
	if a.Status != http.StatusOK {
		b.Fatalf("add: %d %s", a.Status, a.Body)
	}
	return a.Get("id").(string)
}

func TestWhoAddsAndChangesPhrases(t *testing.T) {
	b := open(t)
	for who, want := range map[string]int{b.tara: 400, b.none: 400} {
		if a := b.ask(who, http.MethodPost, phrases, entry(nil)); a.Status != want {
			t.Errorf("added: %d %s", a.Status, a.Body)
		}
	}
	id := b.add(b.eva, map[string]any{"author": "somebody", "text": "  " + question + " "})
	if r := must(b.app.FindRecordById("phrases", id)); r.GetString("text") != question || r.GetString("author") == "" || r.GetString("author") == "somebody" {
		t.Errorf("stored: %q by %q", r.GetString("text"), r.GetString("author"))
	}
	change := map[string]any{"topic": "natt"}
	for who, want := range map[string]int{b.bo: 404, b.tara: 404, b.none: 404, b.eva: 200, b.cora: 200, b.root: 200} {
		if a := b.ask(who, http.MethodPatch, phrases+"/"+id, change); a.Status != want {
			t.Errorf("changed: %d, want %d: %s", a.Status, want, a.Body)
		}
	}
	if a := b.ask(b.none, http.MethodGet, phrases, nil); a.Status != http.StatusOK && a.Status != http.StatusForbidden || strings.Contains(string(a.Body), question) {
		t.Errorf("read by anybody: %d %s", a.Status, a.Body)
	}
}

func TestAPhraseIsRefusedAtItsField(t *testing.T) {
	b := open(t)
	b.add(b.eva, nil)
	for field, c := range map[string]struct {
		change map[string]any
		code   string
	}{
		"text":  {map[string]any{"text": question + " "}, "error.phrase_known"},
		"text ": {map[string]any{"text": " \u200b "}, "error.field_required"},
		"text_": {map[string]any{"text": strings.Repeat("vi ", 120)}, "error.block_too_long"},
		"topic": {map[string]any{"text": "Vad gör vi?", "topic": strings.Repeat("ö", 61)}, "error.block_too_long"},
		"ageTo": {map[string]any{"text": "Vad gör vi?", "ageFrom": 6, "ageTo": 3}, "error.ages"},
	} {
		a := b.ask(b.eva, http.MethodPost, phrases, entry(c.change))
		if got := a.Get("data", strings.Trim(field, " _"), "code"); a.Status != 400 || got != c.code {
			t.Errorf("%s: %d %v %s", field, a.Status, got, a.Body)
		}
	}
}

// A meeting has the bank's question. Its translation is right there because the
// bank has it, and only for so long.
func TestWhatIsInTheBankNeedsNoConfirming(t *testing.T) {
	b := open(t)
	m := apptest.MustRecord(t, b.app, "meetings", map[string]any{"unit": b.unit.Id, "groups": []string{b.group.Id}, "kind": "qpm",
		"starts": now.AddDate(0, 0, 9), "question": question, "published": now.AddDate(0, 0, -20)})
	if err := translation.Put(b.app, text.SegmentID("sv", question), "ar", inArabic, translation.Reviewed); err != nil {
		t.Fatal(err)
	}
	expect := func(when, want string) {
		t.Helper()
		a := b.ask(b.root, http.MethodGet, "/api/folje/v1/staff/queue", nil)
		waits := false
		for _, task := range a.Get("tasks").([]any) {
			task := task.(map[string]any)
			waits = waits || task["id"] == m.Id && task["locale"] == "ar" && task["reused"] == 1.0
		}
		if waits != (want == translation.Reused) {
			t.Errorf("%s: waits for a translator: %v: %s", when, waits, a.Body)
		}
		texts := b.ask("", http.MethodGet, "/api/folje/v1/feeds/"+b.group.Id+"/texts/ar", nil)
		if !strings.Contains(string(texts.Body), `"`+want+`"`) {
			t.Errorf("%s: phones get %s", when, texts.Body)
		}
	}
	expect("before", translation.Reused)
	cursor := b.ask("", http.MethodGet, "/api/folje/v1/feeds/"+b.group.Id+"/texts/ar", nil).Get("cursor").(string)
	id := b.add(b.cora, nil)
	expect("in the bank", translation.Reviewed)
	if a := b.ask("", http.MethodGet, "/api/folje/v1/feeds/"+b.group.Id+"/texts/ar?after="+cursor, nil); !strings.Contains(string(a.Body), inArabic) {
		t.Errorf("phones were not told: %s", a.Body)
	}
	if uses := b.ask(b.eva, http.MethodGet, "/api/folje/v1/staff/phrases/used", nil); uses.Get("uses").([]any)[0].(map[string]any)["phrase"] != id {
		t.Errorf("used: %s", uses.Body)
	}
	if uses := b.ask(b.bo, http.MethodGet, "/api/folje/v1/staff/phrases/used", nil); len(uses.Get("uses").([]any)) != 0 {
		t.Errorf("used elsewhere: %s", uses.Body)
	}
	b.ask(b.cora, http.MethodPatch, phrases+"/"+id, map[string]any{"hidden": true})
	expect("hidden", translation.Reused)
	b.ask(b.cora, http.MethodPatch, phrases+"/"+id, map[string]any{"hidden": false})
	expect("shown again", translation.Reviewed)
	b.ask(b.cora, http.MethodDelete, phrases+"/"+id, nil)
	expect("deleted", translation.Reused)
}

func TestPhrasesAreTranslatedByAnyTranslator(t *testing.T) {
	b := open(t)
	id := b.add(b.cora, map[string]any{"kind": "phrase", "text": "Hej alla! Vad roligt att så många kom."})
	a := b.ask(b.tara, http.MethodGet, "/api/folje/v1/staff/phrases/"+id+"/places/ar", nil)
	if places, _ := a.Get("places").([]any); len(places) != 2 {
		t.Errorf("places: %d %s", a.Status, a.Body)
	}
}

func must(r *core.Record, err error) *core.Record {
	if err != nil {
		panic(err)
	}
	return r
}
