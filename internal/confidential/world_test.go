package confidential_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/audit"
	"folje/internal/confidential"

	"filippo.io/age"
	"github.com/google/uuid"
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

const v1 = "/api/folje/v1/"

const passphrase = "nio blå björkar på vägen"

// world is a served app with both channels and people of every role, and a clock
// that only the test moves. Nobody is let in yet.
type world struct {
	testing.TB
	app     *tests.TestApp
	handler http.Handler
	cfg     confidential.Config
	mu      sync.Mutex
	now     time.Time

	admin, head             *someone
	siv, sara               *someone // Steget's leaders
	cora, carl              *someone // Familjeguiden's coordinators
	editor, translator, ior *someone // ior is of another service
}

// someone is a member of staff, with her own key.
type someone struct {
	*core.Record
	token    string
	identity *age.X25519Identity
}

func (s *someone) recipient() string { return s.identity.Recipient().String() }

func newWorld(t testing.TB) *world {
	t.Helper()
	app := apptest.New(t)
	w := &world{TB: t, app: app, now: time.Date(2026, 11, 18, 9, 30, 41, 123e6, time.UTC)} // a Wednesday
	keys, err := access.OpenKeys(app)
	if err != nil {
		t.Fatal(err)
	}
	w.cfg = confidential.Config{
		Locales: apptest.Locales(t), Keys: keys, Origin: "https://folje.example", Now: w.clock,
		AddressKey: func(r *http.Request) string { return r.RemoteAddr },
	}
	audit.Register(app)
	confidential.Register(app, w.cfg)
	w.handler = apptest.Handler(t, app)
	unit := apptest.MustUnit(t, app, "Skogsgläntan")
	for name, who := range map[string]struct {
		at   **someone
		role string
	}{
		"admin": {&w.admin, "admin"}, "head": {&w.head, "editor"}, "siv": {&w.siv, "steget"}, "sara": {&w.sara, "steget"},
		"cora": {&w.cora, "coordinator"}, "carl": {&w.carl, "coordinator"},
		"editor": {&w.editor, "editor"}, "translator": {&w.translator, "translator"}, "ior": {&w.ior, "editor"},
	} {
		*who.at = w.someone(name, who.role, unit)
	}
	return w
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *world) someone(name, role string, units ...*core.Record) *someone {
	w.Helper()
	r := apptest.MustStaff(w, w.app, name+"@example.org", []string{role}, units...)
	return &someone{Record: r, token: apptest.MustToken(w, r), identity: newIdentity(w)}
}

// ask sends a request as somebody, nil for nobody.
func (w *world) ask(who *someone, method, path string, body any) apptest.Answer {
	w.Helper()
	token := ""
	if who != nil {
		token = who.token
	}
	return apptest.Ask(w, w.handler, token, method, v1+path, body)
}

// must is ask, and wants the status.
func (w *world) must(status int, who *someone, method, path string, body any) apptest.Answer {
	w.Helper()
	a := w.ask(who, method, path, body)
	if a.Status != status {
		w.Fatalf("%s %s: %d, want %d: %s", method, path, a.Status, status, a.Body)
	}
	return a
}

type body = map[string]any

// channel is an open channel's secrets, as its holders have them.
type channel struct {
	name               string
	key                string // its id
	identity, recovery *age.X25519Identity
}

// asks has somebody ask to be let in, and gives her holder's id.
func (w *world) asks(who *someone, name string) string {
	w.Helper()
	a := w.must(200, who, "PUT", "staff/channels/"+name+"/holder", body{
		"recipient": who.recipient(), "identity": locked(w, who.identity, passphrase, 15)})
	return a.JSON["id"].(string)
}

// opened is the channel, with somebody who opened it.
func (w *world) opened(name string, who *someone) *channel {
	w.Helper()
	w.must(200, w.admin, "POST", "staff/channels/"+name, body{"head": w.head.Id, "answersDays": 3, "hours": "vardagar 9–15"})
	c := &channel{name: name}
	w.rotate(c, who, 0, map[string]*someone{w.asks(who, name): who})
	return c
}

// rotate gives the channel a new key, wrapped for the holders.
func (w *world) rotate(c *channel, by *someone, base int, in map[string]*someone) {
	w.Helper()
	next := w.newKey(c, base, in)
	a := w.must(200, by, "POST", "staff/channels/"+c.name+"/keys", next.body)
	*c = next.channel
	c.key = a.JSON["keys"].([]any)[0].(map[string]any)["id"].(string)
}

type newKey struct {
	channel
	body body
}

func (w *world) newKey(c *channel, base int, in map[string]*someone) newKey {
	w.Helper()
	next := newKey{channel: channel{name: c.name, identity: newIdentity(w), recovery: newIdentity(w)}}
	wrapped := []body{}
	for holder, who := range in {
		wrapped = append(wrapped, body{"holder": holder, "wrapped": seal(w, who.identity.Recipient(), next.identity.String())})
	}
	_, check := proofOf(next.recovery)
	next.body = body{
		"base": base, "recipient": next.identity.Recipient().String(), "check": check, "wraps": wrapped,
		"recovery":          seal(w, next.recovery.Recipient(), next.identity.String()),
		"recoveryRecipient": next.recovery.Recipient().String(),
	}
	return next
}

// letsIn has a holder let in one who asked.
func (w *world) letsIn(c *channel, by *someone, holder string, who *someone) {
	w.Helper()
	w.must(200, by, "PUT", "staff/channels/"+c.name+"/holders/"+holder, body{"state": "in", "wraps": w.wrapsFor(c, who)})
}

func (w *world) wrapsFor(c *channel, who *someone) []body {
	return []body{{"key": c.key, "wrapped": seal(w, who.identity.Recipient(), c.identity.String())}}
}

// plain is a request's text as phones pad it.
func plain(text string) string {
	raw, _ := json.Marshal(body{"v": 1, "kind": "question", "text": text}) // of strings
	return string(raw) + strings.Repeat(" ", confidential.Plain-len(raw))
}

// request is the body of one to the channel.
func (w *world) request(c *channel, text string) body {
	w.Helper()
	return body{"op": uuid.NewString(), "to": c.key, "ciphertext": seal(w, c.identity.Recipient(), plain(text))}
}

// sends has a phone send a request, and gives the id that it has here.
func (w *world) sends(c *channel, text string) string {
	w.Helper()
	before := w.ids("requests")
	if a := w.must(200, nil, "POST", "requests", w.request(c, text)); a.JSON["verdict"] != "applied" {
		w.Fatalf("%s", a.Body)
	}
	for id := range w.ids("requests") {
		if !before[id] {
			return id
		}
	}
	w.Fatal("nothing came")
	return ""
}

func (w *world) ids(collection string) map[string]bool {
	w.Helper()
	var all []string
	if err := w.app.DB().Select("id").From(collection).Column(&all); err != nil {
		w.Fatal(err)
	}
	ids := map[string]bool{}
	for _, id := range all {
		ids[id] = true
	}
	return ids
}

// log lists what the audit log says of somebody's doings, "action subject".
func (w *world) log(actor string) (said []string) {
	w.Helper()
	err := w.app.DB().NewQuery("SELECT action || ' ' || subject FROM audit_log WHERE actor = {:actor} ORDER BY seq").
		Bind(dbx.Params{"actor": actor}).Column(&said)
	if err != nil {
		w.Fatal(err)
	}
	return said
}
