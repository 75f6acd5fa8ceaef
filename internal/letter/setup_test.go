package letter_test

import (
	"net/http"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/letter"
	"folje/internal/meeting"
	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// preschool is a unit with two groups, its staff, and the app that serves them.
type preschool struct {
	*testing.T
	app              core.App
	cfg              letter.Config
	h                http.Handler
	now              time.Time
	unit, blue, pine *core.Record
	meeting          *core.Record
	anna, tara       *core.Record // editor, translator
	elsewhere        *core.Record // an editor of another unit
}

func open(t *testing.T) *preschool { return openWith(t, 0) }

// openWith is open with time to undo a publication.
func openWith(t *testing.T, undo time.Duration) *preschool {
	t.Helper()
	return openBeside(t, undo, func(*preschool) {})
}

// openBeside is openWith beside what else is bound.
func openBeside(t *testing.T, undo time.Duration, bind func(*preschool)) *preschool {
	t.Helper()
	app := apptest.New(t)
	p := &preschool{T: t, app: app, now: time.Date(2026, 11, 12, 18, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return p.now }
	bundle := apptest.Locales(t)
	p.cfg = letter.Config{Locales: bundle, Now: clock, Undo: undo}
	source := letter.Register(app, p.cfg)
	meeting.Register(app, meeting.Config{Locales: bundle, Now: clock})
	translation.RegisterDesk(app, translation.DeskConfig{Locales: bundle, Now: clock, Works: []translation.Work{letter.Work()}})
	sync.Register(app, sync.Config{
		Locales: bundle, Sources: map[string]sync.Source{"letters": source}, Texts: translation.Texts,
		Authorize: func(*http.Request, string) error { return nil }, Now: clock,
	})
	bind(p)
	p.unit = apptest.MustUnit(t, app, "Skogsgläntan")
	p.blue = apptest.MustGroup(t, app, p.unit, "Blåsippan")
	p.pine = apptest.MustGroup(t, app, p.unit, "Tallen")
	p.meeting = apptest.MustMeeting(t, app, p.now, p.blue, p.pine)
	p.anna = apptest.MustStaff(t, app, "anna@example.org", []string{"editor"}, p.unit)
	p.tara = apptest.MustStaff(t, app, "tara@example.org", []string{"translator"}, p.unit)
	p.elsewhere = apptest.MustStaff(t, app, "bo@example.org", []string{"editor", "translator"}, apptest.MustUnit(t, app, "Backen"))
	p.h = apptest.Handler(t, app)
	return p
}

func (p *preschool) ask(who *core.Record, method, path string, body any) apptest.Answer {
	p.Helper()
	token := ""
	if who != nil {
		token = apptest.MustToken(p, who)
	}
	return apptest.Ask(p, p.h, token, method, path, body)
}

const (
	recordsPath = "/api/collections/letters/records"
	staffPath   = "/api/folje/v1/staff/letters/"
)

// draft is a complete letter to the blue group; change may alter it.
func (p *preschool) draft(change func(map[string]any)) map[string]any {
	body := map[string]any{
		"unit": p.unit.Id, "meeting": p.meeting.Id, "groups": []string{p.blue.Id},
		"title": "Föräldramöte om sömn", "question": "Hur kan vi hjälpas åt så att barnen får sova gott?",
		"blocks": []map[string]any{
			{"id": "a", "kind": "paragraph", "text": "Tack för att ni kom. Vi ses kl. 9.30 nästa gång."},
			{"id": "b", "kind": "item", "text": "En lugn stund före läggdags."},
		},
		"base": 0,
	}
	if change != nil {
		change(body)
	}
	return body
}

// write saves a draft and gives its id and base.
func (p *preschool) write(change func(map[string]any)) (id string, base int) {
	p.Helper()
	a := p.ask(p.anna, http.MethodPost, recordsPath, p.draft(change))
	if a.Status != http.StatusOK {
		p.Fatalf("write: %d %s", a.Status, a.Body)
	}
	return a.JSON["id"].(string), int(a.JSON["base"].(float64))
}

func (p *preschool) publish(id string, base int) apptest.Answer {
	p.Helper()
	return p.ask(p.anna, http.MethodPost, staffPath+id+"/publish", map[string]any{"base": base})
}

// count is how many records a collection has.
func (p *preschool) count(collection string) int64 {
	p.Helper()
	n, err := p.app.CountRecords(collection)
	if err != nil {
		p.Fatal(err)
	}
	return n
}

// feed reads a scope's whole feed, or what changed after the cursor.
func (p *preschool) feed(scope, after string) apptest.Answer {
	p.Helper()
	a := p.ask(nil, http.MethodGet, "/api/folje/v1/feeds/"+scope+"?after="+after, nil)
	if a.Status != http.StatusOK {
		p.Fatalf("feed: %d %s", a.Status, a.Body)
	}
	return a
}

func (p *preschool) texts(scope, tag, after string) apptest.Answer {
	p.Helper()
	a := p.ask(nil, http.MethodGet, "/api/folje/v1/feeds/"+scope+"/texts/"+tag+"?after="+after, nil)
	if a.Status != http.StatusOK {
		p.Fatalf("texts: %d %s", a.Status, a.Body)
	}
	return a
}

// letters are the letters of a feed's answer.
func letters(a apptest.Answer) (found []map[string]any) {
	for _, r := range a.JSON["records"].([]any) {
		if m := r.(map[string]any); m["kind"] == "letter" {
			found = append(found, m)
		}
	}
	return found
}

// place finds the place whose source starts like this.
func (p *preschool) place(id, tag, source string) map[string]any {
	p.Helper()
	a := p.ask(p.tara, http.MethodGet, staffPath+id+"/places/"+tag, nil)
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

func (p *preschool) translate(id, tag, source, wording string, more map[string]any) apptest.Answer {
	p.Helper()
	at := p.place(id, tag, source)
	body := map[string]any{"text": wording, "base": at["version"]}
	for k, v := range more {
		body[k] = v
	}
	if body["context"] == "here" {
		body["context"] = at["context"]
	}
	return p.ask(p.tara, http.MethodPut, staffPath+id+"/places/"+tag+"/"+at["segment"].(string), body)
}
