package machine_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	gosync "sync"
	"testing"
	"testing/fstest"
	"time"

	"folje/internal/apptest"
	"folje/internal/glossary"
	"folje/internal/letter"
	"folje/internal/locale"
	"folje/internal/machine"
	"folje/internal/meeting"
	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// scripted is an engine that puts the code of the language before what it is
// given, unless answer says otherwise.
type scripted struct {
	pairs  []machine.Pair
	listed error
	answer func(to string, texts []string) ([]string, error)

	mu   gosync.Mutex
	sent []string // "to: text"
}

func (s *scripted) Name() string { return "scripted" }

func (s *scripted) Pairs(context.Context) ([]machine.Pair, error) { return s.pairs, s.listed }

func (s *scripted) Translate(_ context.Context, _, to string, texts []string) ([]string, error) {
	s.mu.Lock()
	for _, t := range texts {
		s.sent = append(s.sent, to+": "+t)
	}
	s.mu.Unlock()
	if s.answer != nil {
		return s.answer(to, texts)
	}
	return put(to, texts), nil
}

func put(to string, texts []string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = "In " + to + " " + t
	}
	return out
}

// took gives what was sent since it was called last.
func (s *scripted) took() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	sent := s.sent
	s.sent = nil
	return sent
}

// preschool is a unit with a group, its staff, a phone that reads English, and
// an engine that has English, Finnish and Arabic.
type preschool struct {
	*testing.T
	app        core.App
	h          http.Handler
	now        time.Time
	phones     int
	engine     *scripted
	machine    *machine.Machine
	unit, blue *core.Record
	anna, tara *core.Record // editor, translator of en and ar
	admin      *core.Record
}

func open(t *testing.T) *preschool {
	t.Helper()
	e := script()
	return openWith(t, e, e, apptest.Locales(t), "en", false)
}

func script() *scripted {
	return &scripted{pairs: []machine.Pair{{From: "sv", To: "en"}, {From: "sv", To: "fi"}, {From: "sv", To: "ar"}, {From: "en", To: "sv"}}}
}

// openWith is open with any engine, whose worker runs where it is served.
func openWith(t *testing.T, engine machine.Engine, script *scripted, bundle *locale.Bundle, reads string, served bool) *preschool {
	t.Helper()
	app := apptest.New(t)
	p := &preschool{T: t, app: app, now: time.Date(2026, 11, 12, 18, 0, 0, 0, time.UTC), engine: script}
	clock := func() time.Time { return p.now }
	letters := letter.Register(app, letter.Config{Locales: bundle, Now: clock})
	meetings := meeting.Register(app, meeting.Config{Locales: bundle, Now: clock})
	words := glossary.Register(app, glossary.Config{Locales: bundle})
	translation.RegisterDesk(app, translation.DeskConfig{
		Locales: bundle, Now: clock, Works: []translation.Work{letter.Work(), meeting.Work(), glossary.Work()}})
	sync.Register(app, sync.Config{
		Locales: bundle, Sources: map[string]sync.Source{"letters": letters, "meetings": meetings, "glossary": words}, Texts: translation.Texts,
		Authorize: func(*http.Request, string) error { return nil }, Now: clock,
	})
	drafts := func() {
		p.machine = machine.Register(app, machine.Config{
			Engine: engine, Locales: bundle, Now: clock, Random: func() float64 { return 0 },
			Works: []machine.Work{{Work: letter.Work(), Withheld: letter.Withheld}, {Work: meeting.Work()}, {Work: glossary.Work()}},
		})
	}
	if served {
		drafts()
	}
	p.unit = apptest.MustUnit(t, app, "Skogsgläntan")
	p.blue = apptest.MustGroup(t, app, p.unit, "Blåsippan")
	p.anna = apptest.MustStaff(t, app, "anna@example.org", []string{"editor"}, p.unit)
	p.admin = apptest.MustStaff(t, app, "ada@example.org", []string{"admin"})
	p.phone(reads)
	p.h = apptest.Handler(t, app)
	if !served { // rounds are the test's
		drafts()
	}
	return p
}

// phone is a device that reads the locale.
func (p *preschool) phone(reads string) {
	p.Helper()
	p.phones++
	apptest.MustRecord(p, p.app, "devices", map[string]any{
		"id":         fmt.Sprintf("0b4f8a52-8a3c-4c57-9d5e-%012x", p.phones),
		"secretHash": fmt.Sprintf("%064x", p.phones), "locale": reads,
	})
}

// write saves a letter as staff do, by the record API, with body as its only
// paragraph; more may alter it.
func (p *preschool) write(title, body string, more map[string]any) string {
	p.Helper()
	values := map[string]any{
		"unit": p.unit.Id, "groups": []string{p.blue.Id}, "title": title, "question": title, // the same sentence in two places
		"blocks": []map[string]any{{"id": "a", "kind": "paragraph", "text": body}}, "base": 0,
	}
	for k, v := range more {
		values[k] = v
	}
	a := p.ask(p.anna, http.MethodPost, "/api/collections/letters/records", values)
	if a.Status != http.StatusOK {
		p.Fatalf("write: %d %s", a.Status, a.Body)
	}
	return a.JSON["id"].(string)
}

func (p *preschool) publish(id string) {
	p.Helper()
	r, err := p.app.FindRecordById("letters", id)
	if err != nil {
		p.Fatal(err)
	}
	a := p.ask(p.anna, http.MethodPost, "/api/folje/v1/staff/letters/"+id+"/publish", map[string]any{"base": r.GetInt("base")})
	if a.Status >= 300 {
		p.Fatalf("publish: %d %s", a.Status, a.Body)
	}
}

func (p *preschool) ask(who *core.Record, method, path string, body any) apptest.Answer {
	p.Helper()
	token := ""
	if who != nil {
		token = apptest.MustToken(p, who)
	}
	return apptest.Ask(p, p.h, token, method, path, body)
}

// round has the worker do all that is due, and gives what it sent.
func (p *preschool) round() []string {
	p.Helper()
	if _, err := p.machine.Round(p.Context()); err != nil {
		p.Fatalf("round: %v", err)
	}
	if p.engine == nil {
		return nil
	}
	return p.engine.took()
}

// text is what is stored for the sentence in the locale, and its status.
func (p *preschool) text(sentence, tag string) (wording, status, engine string) {
	p.Helper()
	r, err := p.app.FindFirstRecordByFilter("translations", "segment = {:segment} && locale = {:locale} && context = ''",
		dbx.Params{"segment": text.SegmentID("sv", sentence), "locale": tag})
	if err != nil {
		return "", "", ""
	}
	return r.GetString("text"), r.GetString("status"), r.GetString("engine")
}

// job is what is noted of a failed sentence.
func (p *preschool) job(sentence, tag string) *core.Record {
	p.Helper()
	r, err := p.app.FindFirstRecordByFilter("machine_jobs", "segment = {:segment} && locale = {:locale}",
		dbx.Params{"segment": text.SegmentID("sv", sentence), "locale": tag})
	if err != nil {
		return nil
	}
	return r
}

// places are the letter's places as the desk has them.
func (p *preschool) places(who *core.Record, id, tag string) (all []map[string]any) {
	p.Helper()
	a := p.ask(who, http.MethodGet, "/api/folje/v1/staff/letters/"+id+"/places/"+tag, nil)
	if a.Status != http.StatusOK {
		p.Fatalf("places: %d %s", a.Status, a.Body)
	}
	for _, v := range a.JSON["places"].([]any) {
		all = append(all, v.(map[string]any))
	}
	return all
}

// place is the one of them whose source is this.
func (p *preschool) place(who *core.Record, id, tag, source string) map[string]any {
	p.Helper()
	for _, v := range p.places(who, id, tag) {
		if v["source"] == source {
			return v
		}
	}
	p.Fatalf("no place %q", source)
	return nil
}

// segment is the id of the sentence.
func segment(sentence string) string { return text.SegmentID("sv", sentence) }

func sorted(s []string) []string {
	slices.Sort(s)
	return s
}

// withBokmal is the app's locales and one that a real engine has, for a test.
func withBokmal(t *testing.T) *locale.Bundle {
	t.Helper()
	dir := filepath.Join(apptest.Root(), "locales")
	files := fstest.MapFS{}
	for _, tag := range []string{"sv", "en"} {
		raw, err := os.ReadFile(filepath.Join(dir, tag+".json"))
		if err != nil {
			t.Fatal(err)
		}
		files[tag+".json"] = &fstest.MapFile{Data: raw}
	}
	files["nb.json"] = files["en.json"]
	b, err := locale.Open(files)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
