package tablet_test

import (
	"encoding/base64"
	"net/http"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"folje/internal/app"
	"folje/internal/apptest"
	"folje/internal/locale"
	"folje/internal/web"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

const v1, records = "/api/folje/v1/", "/api/collections/"

type body = map[string]any

// world is the whole program with two units, a tablet of Granen's, and a teacher
// who works in both, leads Steget and is an administrator too: whatever she has,
// the tablet must not.
type world struct {
	testing.TB
	app     *tests.TestApp
	handler http.Handler
	mu      sync.Mutex
	now     time.Time

	granen, tallen *core.Record
	oak, pine      *core.Record // their groups
	admin, teacher *core.Record
	tablet, secret string
}

const pin = "482915"

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{TB: t, app: apptest.New(t), now: time.Date(2026, 11, 18, 9, 30, 0, 0, time.UTC)}
	locales, site := shared.messages(t)
	err := app.Register(w.app, app.Config{
		Locales: locales, Site: site,
		Origin: "https://folje.example", Admin: "off", Now: w.clock, Undo: time.Minute,
		Push: app.Push{Contact: "https://folje.example"},
	})
	if err != nil {
		t.Fatal(err)
	}
	w.handler = apptest.Handler(t, w.app)
	w.granen, w.tallen = apptest.MustUnit(t, w.app, "Granen"), apptest.MustUnit(t, w.app, "Tallen")
	w.oak, w.pine = apptest.MustGroup(t, w.app, w.granen, "Eken"), apptest.MustGroup(t, w.app, w.tallen, "Furan")
	w.admin = apptest.MustStaff(t, w.app, "admin@example.org", []string{"admin"})
	w.teacher = apptest.MustStaff(t, w.app, "amina@example.org", []string{"admin", "editor", "translator", "coordinator", "steget"}, w.granen, w.tallen)
	w.tablet, w.secret = w.enrolled("Hallen", 1)
	w.must(204, apptest.MustToken(t, w.teacher), "PUT", v1+"staff/me/pin", body{"pin": pin})
	return w
}

// once is what all worlds have in common and is slow to make.
type once struct {
	sync.Mutex
	locales *locale.Bundle
	site    *web.Site
}

var shared once

func (o *once) messages(t testing.TB) (*locale.Bundle, *web.Site) {
	t.Helper()
	o.Lock()
	defer o.Unlock()
	if o.site == nil {
		o.locales = apptest.Locales(t)
		o.site = app.OpenSite(fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}, o.locales)
	}
	return o.locales, o.site
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

// must asks with a token and wants the status.
func (w *world) must(status int, token, method, path string, in any) apptest.Answer {
	w.Helper()
	a := apptest.Ask(w, w.handler, token, method, path, in)
	if a.Status != status {
		w.Fatalf("%s %s: %d, want %d: %s", method, path, a.Status, status, a.Body)
	}
	return a
}

// coded is must, and the answer's code.
func (w *world) coded(status int, code, token, method, path string, in any) {
	w.Helper()
	if got := w.must(status, token, method, path, in).Get("code"); got != code {
		w.Fatalf("%s %s: %v, want %s", method, path, got, code)
	}
}

// enrolled makes a tablet of Granen's known.
func (w *world) enrolled(name string, n byte) (id, secret string) {
	w.Helper()
	made := w.must(200, apptest.MustToken(w, w.admin), "POST", v1+"staff/tablets", body{"name": name, "unit": w.granen.Id})
	raw := make([]byte, 32)
	raw[0] = n
	secret = base64.RawURLEncoding.EncodeToString(raw)
	w.must(200, "", "POST", v1+"tablet/enrol", body{"code": made.Get("code"), "secret": secret})
	return made.Get("tablet", "id").(string), secret
}

// enter lets the teacher in.
func (w *world) enter() (token string) {
	w.Helper()
	return w.must(200, "Bearer "+w.secret, "POST", v1+"tablet/enter", body{"person": w.teacher.Id, "pin": pin}).Get("token").(string)
}

// wrong tries a PIN of somebody's that isn't hers.
func (w *world) wrong(status int, code, person string) {
	w.Helper()
	w.coded(status, code, "Bearer "+w.secret, "POST", v1+"tablet/enter", body{"person": person, "pin": "000000"})
}

// noted counts the rows of the audit log about an action.
func (w *world) noted(action string) int64 {
	w.Helper()
	n, err := w.app.CountRecords("audit_log", dbx.HashExp{"action": action})
	if err != nil {
		w.Fatal(err)
	}
	return n
}
