package exchange_test

import (
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"folje/internal/apptest"
	"folje/internal/exchange"
	"folje/internal/guide"
	"folje/internal/pack"
	"folje/internal/text"

	"github.com/pocketbase/pocketbase/core"
)

var (
	today   = time.Date(2026, 11, 21, 9, 0, 0, 0, time.UTC)
	locales = []string{"ar", "en", "sv", "sv-simple"}
	about   = exchange.About{Licence: "CC0-1.0", Note: "Texts."}
)

// provby is a small pack. Steget is named by IOR, by a worry and by a theme.
func provby() fstest.MapFS {
	return fstest.MapFS{
		"pack.json": file(`{"name": "Provby kommun", "licence": "CC-BY-4.0", "note": "Invented.", "municipality": {"name": "Provby kommun"}}`),
		"guide/steget.json": file(`{"key": "steget", "name": "Steget", "title": "En grupp för barn", "also": [], "type": "service", "audience": "everyone",
			"ageFrom": 6, "ageTo": 12, "parts": [{"part": "summary", "kind": "paragraph", "sentences": ["{{.steget}} är gratis.", "Alla är välkomna."]}],
			"staff": [{"part": "requires", "text": "Samtycke krävs."}], "contacts": [{"kind": "phone", "value": "0980-319 231"}], "related": ["ior"], "chain": ["school"],
			"sensitive": true, "urgent": false, "ask": true, "order": 1}`),
		"guide/ior.json": file(`{"key": "ior", "name": "IOR", "title": "Stöd runt barn", "also": ["respekt"], "type": "service", "audience": "everyone",
			"ageFrom": 1, "ageTo": 6, "parts": [{"part": "summary", "kind": "paragraph", "sentences": ["Vi kommer hem till er.", "Sedan kan {{.steget}} hjälpa."]},
			{"part": "more", "kind": "item", "sentences": ["Fråga {{.steget}}."]}],
			"staff": [], "contacts": [{"kind": "phone", "value": "1177", "label": "1177"}], "related": ["steget"], "chain": [], "sensitive": false, "urgent": false, "ask": false, "order": 2}`),
		"worries.json": file(`{"worries": [
			{"key": "alcohol", "title": "Alkohol hemma", "synonyms": "sprit, vin", "guide": ["steget"], "order": 1},
			{"key": "tantrums", "title": "Trots", "synonyms": "arg, skriker", "guide": ["ior", "steget"], "order": 2}]}`),
		"themes.json":     file(`{"themes": [{"key": "halsa", "title": "Hälsa", "also": [], "information": ["Vi berättar om sömn. {{.steget}} är med."], "discussion": ["Vad gör vi?"], "think": [], "order": 1}]}`),
		"activities.json": file(`{"activities": [{"kind": "preschool", "title": "Öppet hus", "information": ["Kom och lek."], "ageFrom": 0, "ageTo": 5, "weekday": 2, "start": "09:00", "end": "11:00", "rrule": "FREQ=WEEKLY;BYDAY=TU"}]}`),
		"questions.json":  file(`{"questions": [{"topic": "sömn", "ageFrom": 1, "ageTo": 5, "text": "Hur sover våra barn gott?"}]}`),
		"phrases.json":    file(`{"phrases": [{"topic": "tack", "ageFrom": 0, "ageTo": 0, "text": "Tack för att ni kom!"}]}`),
		"glossary.json":   file(`{"words": [{"term": "lov", "explanation": "Skolan är stängd.", "forms": ["lovet"]}]}`),
		"translations/en.json": file(`{"status": "machine", "sentences": {"{{.steget}} är gratis.": "{{.steget}} is free.", "Alla är välkomna.": "All are welcome.",
			"Vi kommer hem till er.": "We come to your home.", "Trots": "Tantrums", "Tack för att ni kom!": "Thank you for coming!", "lov": "holiday"},
			"reviewed": {"Vi kommer hem till er.": "Granby kommun (CC0-1.0)", "Trots": "Provby kommun (CC-BY-4.0)"}}`),
		"translations/xx.json": file(`{"status": "machine", "sentences": {"Trots": "Xx"}}`),
	}
}

func file(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }

func load(t *testing.T, files fs.FS) *pack.Pack {
	t.Helper()
	p, err := pack.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// empty is the app of a municipality that has a name, and a preschool.
func empty(t *testing.T, name string) core.App {
	t.Helper()
	app := apptest.New(t)
	r, err := app.FindFirstRecordByData("settings", "name", "municipality")
	if err != nil {
		t.Fatal(err)
	}
	r.Set("value", map[string]string{"name": name})
	if err := app.Save(r); err != nil {
		t.Fatal(err)
	}
	return app
}

func save(t *testing.T, app core.App, collection string, values map[string]any) *core.Record {
	t.Helper()
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		t.Fatal(err)
	}
	r := core.NewRecord(c)
	r.Load(values)
	if err := app.Save(r); err != nil {
		t.Fatal(err)
	}
	return r
}

func take(t *testing.T, app core.App, files fs.FS, answers pack.Answers) (*exchange.Plan, exchange.Result) {
	t.Helper()
	plan, err := exchange.Prepare(app, load(t, files), answers, locales)
	if err != nil {
		t.Fatal(err)
	}
	r, err := plan.Apply(app, today)
	if err != nil {
		t.Fatal(err)
	}
	return plan, r
}

func export(t *testing.T, app core.App) map[string][]byte {
	t.Helper()
	p, left, err := exchange.Export(app, about)
	if err != nil || len(left) > 0 {
		t.Fatal(left, err)
	}
	files, err := p.Files()
	if err != nil {
		t.Fatal(err)
	}
	if files[pack.AnswersFile], err = p.Form(); err != nil {
		t.Fatal(err)
	}
	return files
}

func asFS(files map[string][]byte) fstest.MapFS {
	out := fstest.MapFS{}
	for name, raw := range files {
		out[name] = &fstest.MapFile{Data: raw}
	}
	return out
}

func entry(t *testing.T, app core.App, key string) guide.Entry {
	t.Helper()
	e, err := guide.Find(app, key)
	if err != nil || e == nil {
		t.Fatalf("%s: %v %v", key, e, err)
	}
	return *e
}

func have(yes bool, name string) pack.Here { return pack.Here{Have: &yes, Name: name} }

func must(blocks []text.Block, err error) []text.Block {
	if err != nil {
		panic(err)
	}
	return blocks
}
