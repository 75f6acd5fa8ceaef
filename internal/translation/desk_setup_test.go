package translation_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/letter"
	"folje/internal/meeting"
	"folje/internal/operation"
	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const v1 = "/api/folje/v1/"

// preschool is a unit with its translators, and an app whose clock only the
// test moves.
type preschool struct {
	testing.TB
	app              core.App
	h                http.Handler
	cfg              translation.DeskConfig
	now              time.Time
	unit, blue, pine *core.Record
	anna, tara, sofi *core.Record // editor, translators of en and ar
	elsewhere        *core.Record // a translator of another unit
	admin            *core.Record
}

func newPreschool(tb testing.TB) *preschool {
	tb.Helper()
	app := apptest.New(tb)
	p := &preschool{TB: tb, app: app, now: time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)} // a Monday
	clock, bundle := func() time.Time { return p.now }, apptest.Locales(tb)
	source := letter.Register(app, letter.Config{Locales: bundle, Now: clock})
	meeting.Register(app, meeting.Config{Locales: bundle, Now: clock})
	p.cfg = translation.DeskConfig{Locales: bundle, Now: clock, Origin: "https://folje.example", Pace: translation.NewPace(),
		Works: []translation.Work{letter.Work(), meeting.Work()}}
	translation.RegisterDesk(app, p.cfg)
	index := access.Register(app, access.Config{Locales: bundle, Now: clock})
	operation.Register(app, operation.Config{Locales: bundle, Now: clock, Authenticate: index.Authenticate,
		Kinds: map[string]operation.Kind{
			"translate": translation.Translate(p.cfg),
			"report":    translation.Report(func(string) bool { return true }, clock),
		}})
	sync.Register(app, sync.Config{Locales: bundle, Sources: map[string]sync.Source{"letters": source}, Texts: translation.Texts,
		Authorize: func(*http.Request, string) error { return nil }, Now: clock})
	p.unit = apptest.MustUnit(tb, app, "Skogsgläntan")
	p.blue, p.pine = apptest.MustGroup(tb, app, p.unit, "Blåsippan"), apptest.MustGroup(tb, app, p.unit, "Tallen")
	p.anna = apptest.MustStaff(tb, app, "anna@example.org", []string{"editor"}, p.unit)
	p.tara = apptest.MustStaff(tb, app, "tara@example.org", []string{"translator"}, p.unit)
	p.sofi = apptest.MustStaff(tb, app, "sofi@example.org", []string{"translator"}, p.unit)
	p.elsewhere = apptest.MustStaff(tb, app, "bo@example.org", []string{"translator"}, apptest.MustUnit(tb, app, "Backen"))
	p.admin = apptest.MustStaff(tb, app, "admin@example.org", []string{"admin"})
	p.h = apptest.Handler(tb, app)
	return p
}

// ask sends a request to one of the app's own routes.
func (p *preschool) ask(who *core.Record, method, path string, body any) apptest.Answer {
	p.Helper()
	return p.askAt(who, method, v1+path, body)
}

func (p *preschool) askAt(who *core.Record, method, path string, body any) apptest.Answer {
	p.Helper()
	token := ""
	if who != nil {
		token = apptest.MustToken(p, who)
	}
	return apptest.Ask(p, p.h, token, method, path, body)
}

// write saves a letter to the blue group whose body is the sentences.
func (p *preschool) write(title string, sentences ...string) letter.Letter {
	p.Helper()
	c, err := p.app.FindCollectionByNameOrId("letters")
	if err != nil {
		p.Fatal(err)
	}
	l := letter.Letter{Record: core.NewRecord(c)}
	l.Load(map[string]any{"unit": p.unit.Id, "groups": []string{p.blue.Id}, "title": title,
		"question": "Hur sover ni?", "blocks": blocks(sentences)})
	return p.save(l)
}

func blocks(sentences []string) []map[string]any {
	return []map[string]any{{"id": "a", "kind": "paragraph", "text": strings.Join(sentences, " ")}}
}

func (p *preschool) save(l letter.Letter) letter.Letter {
	p.Helper()
	if err := letter.Save(p.app, l); err != nil {
		p.Fatal(err)
	}
	return l
}

// rewrite replaces the letter's sentences.
func (p *preschool) rewrite(l letter.Letter, sentences ...string) {
	p.Helper()
	fresh, err := letter.Find(p.app, l.Id)
	if err != nil {
		p.Fatal(err)
	}
	fresh.Set("blocks", blocks(sentences))
	p.save(fresh)
}

func (p *preschool) publish(l letter.Letter) {
	p.Helper()
	if _, err := letter.Publish(p.app, l.Id, p.anna.Id, l.Base(), p.now); err != nil {
		p.Fatal(err)
	}
}

// place is the letter's place with this source, as who sees it.
func (p *preschool) place(who *core.Record, l letter.Letter, tag, source string) map[string]any {
	p.Helper()
	a := p.ask(who, http.MethodGet, "staff/letters/"+l.Id+"/places/"+tag, nil)
	if a.Status != http.StatusOK {
		p.Fatalf("places: %d %s", a.Status, a.Body)
	}
	for _, v := range a.JSON["places"].([]any) {
		if m := v.(map[string]any); m["source"] == source {
			return m
		}
	}
	p.Fatalf("no place %q in %s", source, a.Body)
	return nil
}

// translate saves a text at the place with this source.
func (p *preschool) translate(who *core.Record, l letter.Letter, tag, source, wording string) apptest.Answer {
	p.Helper()
	at := p.place(who, l, tag, source)
	return p.ask(who, http.MethodPut, "staff/letters/"+l.Id+"/places/"+tag+"/"+at["segment"].(string),
		map[string]any{"text": wording, "base": at["version"]})
}

// machine has an engine draft the text of the place with this source, and
// reports whether it was stored.
func (p *preschool) machine(l letter.Letter, tag, source, wording string) bool {
	p.Helper()
	at := p.place(p.tara, l, tag, source)
	done := false
	err := p.app.RunInTransaction(func(tx core.App) (err error) {
		done, err = translation.PutMachine(tx, text.Segment{ID: at["segment"].(string), Text: source}, tag, wording, "apertium", p.now)
		return err
	})
	if err != nil {
		p.Fatal(err)
	}
	return done
}

func (p *preschool) confirm(who *core.Record, l letter.Letter, tag, source string) apptest.Answer {
	p.Helper()
	at := p.place(who, l, tag, source)
	return p.ask(who, http.MethodPost, "staff/letters/"+l.Id+"/places/"+tag+"/"+at["segment"].(string)+"/confirm", map[string]any{})
}

// ok fails unless the answer is of the status, with the code where it is refused.
func (p *preschool) ok(a apptest.Answer, status int, code string) {
	p.Helper()
	got, _ := a.JSON["code"].(string)
	if a.Status != status || code != "" && got != code {
		p.Errorf("%d %s, want %d %s", a.Status, a.Body, status, code)
	}
}

func (p *preschool) wantSecondReview(on bool) {
	p.Helper()
	r, err := p.app.FindFirstRecordByData("settings", "name", "translation")
	if err != nil {
		p.Fatal(err)
	}
	r.Set("value", map[string]any{"secondReview": on})
	if err := p.app.Save(r); err != nil {
		p.Fatal(err)
	}
}

// deeds are the history's actions in the locale, oldest first.
func (p *preschool) deeds(tag string) string {
	p.Helper()
	var actions []string
	err := p.app.DB().Select("action").From("translation_history").Where(dbx.HashExp{"locale": tag}).OrderBy("rowid").Column(&actions)
	if err != nil {
		p.Fatal(err)
	}
	return strings.Join(actions, " ")
}
