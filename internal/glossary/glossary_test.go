package glossary_test

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/glossary"
	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const (
	words    = "/api/collections/glossary/records"
	feed     = "/api/folje/v1/feeds/public"
	term     = "förskola"
	meaning  = "Där barn leker och lär sig. Förskolan har en egen läroplan."
	inArabic = "روضة أطفال"
)

var now = time.Date(2026, 11, 21, 12, 0, 0, 0, time.UTC)

// town is a server with the glossary and the public feed.
type town struct {
	*testing.T
	app       core.App
	h         http.Handler
	cora, eva string // a coordinator's and an editor's tokens
}

func open(t *testing.T) *town {
	t.Helper()
	app, bundle, clock := apptest.New(t), apptest.Locales(t), func() time.Time { return now }
	source := glossary.Register(app, glossary.Config{Locales: bundle})
	sync.Register(app, sync.Config{
		Locales: bundle, Sources: map[string]sync.Source{"glossary": source}, Texts: translation.Texts,
		Authorize: func(*http.Request, string) error { return nil }, Now: clock,
	})
	translation.RegisterDesk(app, translation.DeskConfig{Locales: bundle, Works: []translation.Work{glossary.Work()}, Now: clock})
	unit := apptest.MustUnit(t, app, "Granen")
	return &town{T: t, app: app,
		cora: apptest.MustToken(t, apptest.MustStaff(t, app, "cora@example.org", []string{"coordinator"}, unit)),
		eva:  apptest.MustToken(t, apptest.MustStaff(t, app, "eva@example.org", []string{"editor", "translator", "steget"}, unit)),
		h:    apptest.Handler(t, app)}
}

func (tn *town) ask(who, method, path string, body any) apptest.Answer {
	tn.Helper()
	return apptest.Ask(tn, tn.h, who, method, path, body)
}

// add saves a word as the coordinator and gives its id.
func (tn *town) add(body map[string]any) string {
	tn.Helper()
	a := tn.ask(tn.cora, "POST", words, body)
	if a.Status != http.StatusOK {
		tn.Fatalf("save a word: %d %s", a.Status, a.Body)
	}
	return a.Get("id").(string)
}

func word() map[string]any {
	return map[string]any{"term": term, "explanation": meaning, "forms": []string{"Förskolan", "förskola", "förskolor", " "}}
}

// read gives a feed's records and texts since a cursor.
func (tn *town) read(path, after string) (records []map[string]any, gone []any, texts map[string]any, cursor string) {
	tn.Helper()
	a := tn.ask("", "GET", path+"?after="+after, nil)
	if a.Status != http.StatusOK {
		tn.Fatalf("%s: %d %s", path, a.Status, a.Body)
	}
	all, _ := a.Get("records").([]any)
	for _, r := range all {
		records = append(records, r.(map[string]any))
	}
	gone, _ = a.Get("gone").([]any)
	return records, gone, a.Get("texts").(map[string]any), a.Get("cursor").(string)
}

// number is the segment that stands for the term on the wire.
func number(record map[string]any) string {
	return strconv.Itoa(int(record["title"].([]any)[0].(float64)))
}

func TestAWordReachesEveryPhone(t *testing.T) {
	tn := open(t)
	id := tn.add(word())
	records, _, texts, cursor := tn.read(feed, "")
	if len(records) != 1 || records[0]["kind"] != "word" || records[0]["id"] != id {
		t.Fatalf("the feed has %v", records)
	}
	if got := records[0]["forms"].([]any); !slices.Equal(got, []any{"förskola", "förskolan", "förskolor"}) {
		t.Errorf("its forms are %v", got)
	}
	block := records[0]["blocks"].([]any)[0].(map[string]any)
	segments := block["segments"].([]any)
	if len(segments) != 1 || texts[strconv.Itoa(int(segments[0].(float64)))] != meaning || texts[number(records[0])] != term {
		t.Errorf("it says %v, its explanation is %v", texts, segments)
	}

	if err := translation.Put(tn.app, text.SegmentID("sv", term), "ar", inArabic, translation.Machine); err != nil {
		t.Fatal(err)
	}
	_, _, arabic, _ := tn.read(feed+"/texts/ar", "")
	if got, _ := arabic[number(records[0])].([]any); !slices.Equal(got, []any{inArabic, "machine"}) {
		t.Errorf("in Arabic it is %v", arabic)
	}

	if a := tn.ask(tn.cora, "PATCH", words+"/"+id, map[string]any{"explanation": "Där små barn leker."}); a.Status != http.StatusOK {
		t.Fatalf("change: %d %s", a.Status, a.Body)
	}
	records, _, texts, cursor = tn.read(feed, cursor)
	if len(records) != 1 || !slices.Contains(slices.Collect(maps.Values(texts)), any("Där små barn leker.")) {
		t.Errorf("after the change: %v %v", records, texts)
	}
	if _, _, again, _ := tn.read(feed+"/texts/ar", ""); len(again) != 1 {
		t.Errorf("the term's text went with the explanation: %v", again)
	}

	if a := tn.ask(tn.cora, "DELETE", words+"/"+id, nil); a.Status != http.StatusNoContent {
		t.Fatalf("delete: %d %s", a.Status, a.Body)
	}
	if records, gone, _, _ := tn.read(feed, cursor); len(records) != 0 || !slices.Equal(gone, []any{id}) {
		t.Errorf("after deleting: %v, gone %v", records, gone)
	}
	if n, err := tn.app.CountRecords("segment_uses", dbx.HashExp{"record": id}); err != nil || n != 0 {
		t.Errorf("%d uses are left, %v", n, err)
	}
}

func TestWhoKeepsTheGlossary(t *testing.T) {
	tn := open(t)
	id := tn.add(word())
	for who, want := range map[string]struct{ read, write int }{"": {404, 400}, tn.eva: {200, 400}} {
		if a := tn.ask(who, "GET", words+"/"+id, nil); a.Status != want.read {
			t.Errorf("read: %d, want %d: %s", a.Status, want.read, a.Body)
		}
		other := word()
		other["term"] = "lov"
		if a := tn.ask(who, "POST", words, other); a.Status != want.write {
			t.Errorf("create: %d, want %d: %s", a.Status, want.write, a.Body)
		}
		for _, method := range []string{"PATCH", "DELETE"} {
			if a := tn.ask(who, method, words+"/"+id, map[string]any{"term": "nytt"}); a.Status != http.StatusNotFound {
				t.Errorf("%s: %d %s", method, a.Status, a.Body)
			}
		}
	}
	if r, err := tn.app.FindRecordById("glossary", id); err != nil || r.GetString("term") != term {
		t.Errorf("the word became %v, %v", r, err)
	}
}

func TestWhatIsWrongIsToldAtTheField(t *testing.T) {
	tn := open(t)
	tn.add(word())
	many := make([]string, glossary.MaxForms) // and the term
	for i := range many {
		many[i] = "form" + strconv.Itoa(i)
	}
	for name, c := range map[string]struct {
		field, code string
		set         any
	}{
		"no term":             {"term", "error.field_required", " \u200b "},
		"long term":           {"term", "error.block_too_long", strings.Repeat("å", glossary.MaxTerm+1)},
		"known term":          {"term", "error.word_known", "FÖRSKOLA"},
		"no explanation":      {"explanation", "error.field_required", ""},
		"long explanation":    {"explanation", "error.block_too_long", strings.Repeat("å", glossary.MaxExplanation+1)},
		"forms are a text":    {"forms", "error.word_forms", "lovet, loven"},
		"forms are an object": {"forms", "error.word_forms", map[string]any{"a": "b"}},
		"a form is a number":  {"forms", "error.word_forms", []any{"lovet", 7}},
		"many forms":          {"forms", "error.word_too_many_forms", many},
		"a long form":         {"forms", "error.block_too_long", []string{strings.Repeat("å", glossary.MaxForm+1)}},
	} {
		body := map[string]any{"term": "lov", "explanation": "Skolan är stängd.", "forms": []string{"lovet"}}
		body[c.field] = c.set
		a := tn.ask(tn.cora, "POST", words, body)
		if a.Status != http.StatusBadRequest || a.Get("data", c.field, "code") != c.code {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
		if message, _ := a.Get("data", c.field, "message").(string); message == "" || message == c.code {
			t.Errorf("%s: the message is %q", name, message)
		}
	}
	if n, err := tn.app.CountRecords("glossary"); err != nil || n != 1 {
		t.Errorf("%d words, %v", n, err)
	}
}

// As many forms as there may be fit, none is fine, and a word may keep its own
// term when it is saved again.
func TestWhatIsRightIsSaved(t *testing.T) {
	tn := open(t)
	id := tn.add(word())
	most := make([]string, glossary.MaxForms-1)
	for i := range most {
		most[i] = "form" + strconv.Itoa(i)
	}
	for _, forms := range []any{most, nil, []string{}} {
		a := tn.ask(tn.cora, "PATCH", words+"/"+id, map[string]any{"term": "  Förskola ", "forms": forms})
		if a.Status != http.StatusOK || a.Get("term") != "Förskola" || a.Get("forms").([]any)[0] != term {
			t.Errorf("%v: %d %s", forms, a.Status, a.Body)
		}
	}
}

// A word belongs to no unit: every translator finds it in her queue, and
// translates it.
func TestEveryTranslatorTranslatesWords(t *testing.T) {
	tn := open(t)
	id := tn.add(word())
	a := tn.ask(tn.eva, "GET", "/api/folje/v1/staff/queue", nil)
	if a.Status != http.StatusOK {
		t.Fatalf("queue: %d %s", a.Status, a.Body)
	}
	queued := map[any]map[string]any{}
	for _, task := range a.Get("tasks").([]any) {
		queued[task.(map[string]any)["locale"]] = task.(map[string]any)
	}
	if len(queued) != 2 || queued["ar"]["id"] != id || queued["ar"]["title"] != term || queued["ar"]["missing"] != 2.0 {
		t.Errorf("her queue is %v", queued)
	}
	at := "/api/folje/v1/staff/glossary/" + id + "/places/ar"
	a = tn.ask(tn.eva, "PUT", at+"/"+text.SegmentID("sv", term), map[string]any{"text": inArabic, "base": ""})
	if a.Status != http.StatusOK {
		t.Fatalf("translate: %d %s", a.Status, a.Body)
	}
	records, _, _, _ := tn.read(feed, "")
	_, _, arabic, _ := tn.read(feed+"/texts/ar", "")
	if got, _ := arabic[number(records[0])].([]any); !slices.Equal(got, []any{inArabic, "reviewed"}) {
		t.Errorf("phones read %v", arabic)
	}
	if a := tn.ask(tn.cora, "GET", at, nil); a.Status != http.StatusNotFound {
		t.Errorf("who neither writes nor translates: %d %s", a.Status, a.Body)
	}
}
