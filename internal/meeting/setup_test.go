package meeting_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/letter"
	"folje/internal/meeting"
	"folje/internal/operation"
	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// preschool is a unit with two groups, its staff, phones, and the app that
// serves them. The clock stands at noon, four days before the meeting.
type preschool struct {
	*testing.T
	app              core.App
	cfg              meeting.Config
	h                http.Handler
	now, starts      time.Time
	unit, blue, pine *core.Record
	anna, tara, root *core.Record // editor, translator, administrator
	elsewhere        *core.Record // an editor of another unit
	sent             int          // operations
}

// open serves it; before is done first.
func open(t *testing.T, before ...func(*preschool)) *preschool {
	t.Helper()
	app := apptest.New(t)
	p := &preschool{T: t, app: app,
		now:    time.Date(2026, 11, 8, 12, 0, 0, 0, time.UTC),
		starts: time.Date(2026, 11, 12, 17, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return p.now }
	bundle := apptest.Locales(t)
	keys, err := access.NewKeys(make([]byte, 32))
	if err != nil {
		t.Fatal(err)
	}
	index := access.Register(app, access.Config{Locales: bundle, Now: clock, Keys: keys})
	letters := letter.Register(app, letter.Config{Locales: bundle, Now: clock})
	p.cfg = meeting.Config{Locales: bundle, Authenticate: index.Authenticate, Now: clock, Undo: 30 * time.Second}
	meetings := meeting.Register(app, p.cfg)
	translation.RegisterDesk(app, translation.DeskConfig{Locales: bundle, Now: clock, Works: []translation.Work{letter.Work(), meeting.Work()}})
	knows := func(tag string) bool { return tag == "ar" || tag == "sv" }
	operation.Register(app, operation.Config{Locales: bundle, Authenticate: index.Authenticate,
		Kinds: map[string]operation.Kind{"rsvp": meeting.RSVP(clock), "report": translation.Report(knows, clock), "leave": operation.Leave()}})
	sync.Register(app, sync.Config{
		Locales: bundle, Sources: map[string]sync.Source{"letters": letters, "meetings": meetings}, Texts: translation.Texts,
		Authorize: func(*http.Request, string) error { return nil }, Now: clock,
	})
	p.unit = apptest.MustUnit(t, app, "Skogsgläntan")
	p.blue = apptest.MustGroup(t, app, p.unit, "Blåsippan")
	p.pine = apptest.MustGroup(t, app, p.unit, "Tallen")
	p.anna = apptest.MustStaff(t, app, "anna@example.org", []string{"editor"}, p.unit)
	p.tara = apptest.MustStaff(t, app, "tara@example.org", []string{"translator"}, p.unit)
	p.root = apptest.MustStaff(t, app, "rut@example.org", []string{"admin"})
	p.elsewhere = apptest.MustStaff(t, app, "bo@example.org", []string{"editor", "translator"}, apptest.MustUnit(t, app, "Backen"))
	for _, do := range before {
		do(p)
	}
	p.h = apptest.Handler(t, app)
	return p
}

const (
	recordsPath = "/api/collections/meetings/records"
	staffPath   = "/api/folje/v1/staff/meetings/"
)

func (p *preschool) ask(who *core.Record, method, path string, body any) apptest.Answer {
	p.Helper()
	token := ""
	if who != nil {
		token = apptest.MustToken(p, who)
	}
	return apptest.Ask(p, p.h, token, method, path, body)
}

// plan is a complete meeting of the blue group; change may alter it.
func (p *preschool) plan(change map[string]any) map[string]any {
	body := map[string]any{
		"kind": "qpm", "unit": p.unit.Id, "groups": []string{p.blue.Id},
		"starts": stamp(p.starts), "ends": stamp(p.starts.Add(90 * time.Minute)),
		"answerBy": stamp(p.starts.AddDate(0, 0, -2)), "place": "Stora rummet", "contact": "Anna, 040-628 04 12",
		"question":    "Hur kan vi hjälpas åt så att barnen får sova gott?",
		"information": "Vi börjar med fika. Sedan pratar vi i små grupper.\n\nBarnen kan vara med.",
		"childcare":   true, "base": 0,
	}
	for name, value := range change {
		body[name] = value
	}
	return body
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05.000Z") }

// write saves a meeting and gives its id and base.
func (p *preschool) write(change map[string]any) (id string, base int) {
	p.Helper()
	a := p.ask(p.anna, http.MethodPost, recordsPath, p.plan(change))
	if a.Status != http.StatusOK {
		p.Fatalf("write: %d %s", a.Status, a.Body)
	}
	return a.JSON["id"].(string), number(a.JSON["base"])
}

func number(v any) int { return int(v.(float64)) }

func (p *preschool) save(id string, fields map[string]any) apptest.Answer {
	p.Helper()
	return p.ask(p.anna, http.MethodPatch, recordsPath+"/"+id, fields)
}

func (p *preschool) act(who *core.Record, id, verb string, base int) apptest.Answer {
	p.Helper()
	return p.ask(who, http.MethodPost, staffPath+id+"/"+verb, map[string]any{"base": base})
}

// publish writes and publishes a meeting, and gives its id and base.
func (p *preschool) publish(change map[string]any) (id string, base int) {
	p.Helper()
	id, base = p.write(change)
	a := p.act(p.anna, id, "publish", base)
	if a.Status != http.StatusOK {
		p.Fatalf("publish: %d %s", a.Status, a.Body)
	}
	return id, number(a.JSON["base"])
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

func (p *preschool) cursor(scope string) string {
	p.Helper()
	return p.feed(scope, "").JSON["cursor"].(string)
}

// meetings are those of a feed's answer.
func meetings(a apptest.Answer) (found []map[string]any) {
	for _, r := range a.JSON["records"].([]any) {
		if m := r.(map[string]any); m["kind"] == "meeting" {
			found = append(found, m)
		}
	}
	return found
}

// phone is a parent's, with its secret.
type phone struct {
	*preschool
	id, secret string
}

// follow registers a new phone that follows the groups for a year.
func (p *preschool) follow(groups ...*core.Record) phone {
	p.Helper()
	p.sent++
	n := strconv.Itoa(1000 + p.sent)
	secret := sha256.Sum256([]byte(n))
	f := phone{p, "3f2a9f10-5d0c-4c7e-8a51-00000000" + n, base64.RawURLEncoding.EncodeToString(secret[:])}
	a := apptest.Ask(p, p.h, "", http.MethodPut, "/api/folje/v1/devices/"+f.id, map[string]any{"secret": f.secret, "locale": "sv"})
	if a.Status != http.StatusOK {
		p.Fatalf("register: %d %s", a.Status, a.Body)
	}
	for _, g := range groups {
		apptest.MustRecord(p, p.app, "memberships", map[string]any{"device": f.id, "group": g.Id, "ends": stamp(p.now.AddDate(1, 0, 0))})
	}
	return f
}

// operation is one that was not sent yet.
func (f phone) operation(kind string, seq int, body any) map[string]any {
	f.preschool.sent++
	op := "8c2a9f10-5d0c-4c7e-8a51-00000000" + strconv.Itoa(1000+f.preschool.sent)
	return map[string]any{"op": op, "seq": seq, "kind": kind, "v": 1, "body": body}
}

// post sends one operation and gives its verdict.
func (f phone) post(operation map[string]any) map[string]any {
	f.Helper()
	a := apptest.Ask(f, f.h, "Bearer "+f.secret, http.MethodPost, "/api/folje/v1/operations", map[string]any{"operations": []any{operation}})
	verdicts, _ := a.JSON["verdicts"].([]any)
	if a.Status != http.StatusOK || len(verdicts) != 1 {
		f.Errorf("send %v: %d %s", operation["kind"], a.Status, a.Body)
		return nil
	}
	return verdicts[0].(map[string]any)
}

// send makes an operation, sends it and gives its verdict.
func (f phone) send(kind string, seq int, body any) map[string]any {
	f.Helper()
	return f.post(f.operation(kind, seq, body))
}

// answer sends an rsvp with the fields given beside the meeting.
func (f phone) answer(meeting string, seq int, fields map[string]any) map[string]any {
	f.Helper()
	body := map[string]any{"meeting": meeting, "status": "accepted", "count": 1, "childcare": 0, "interpreter": nil, "note": ""}
	for name, value := range fields {
		body[name] = value
	}
	return f.send("rsvp", seq, body)
}

// must fails the test unless the verdict is the one given.
func must(t *testing.T, v map[string]any, verdict, code string) {
	t.Helper()
	if got, _ := v["code"].(string); v["verdict"] != verdict || got != code {
		t.Errorf("%v, want %s %s", v, verdict, code)
	}
}

// own are the phone's answers as the server has them.
func (f phone) own() apptest.Answer {
	f.Helper()
	a := apptest.Ask(f, f.h, "Bearer "+f.secret, http.MethodGet, "/api/folje/v1/devices/me/answers", nil)
	if a.Status != http.StatusOK {
		f.Fatalf("answers: %d %s", a.Status, a.Body)
	}
	return a
}

func (f phone) ownAnswers() (all []map[string]any) {
	f.Helper()
	for _, v := range f.own().JSON["answers"].([]any) {
		all = append(all, v.(map[string]any))
	}
	return all
}

// wire is a number on the wire as texts are known by it.
func wire(v any) string { return strconv.Itoa(number(v)) }
