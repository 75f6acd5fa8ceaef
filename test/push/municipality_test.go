package push_test

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/uuid"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
	"github.com/pocketbase/pocketbase/tools/logger"

	"folje/internal/app"
	"folje/internal/apptest"
	"folje/internal/demo"
	"folje/internal/locale"
	"folje/internal/pack"
	"folje/packs"
	"folje/test/push/service"
)

const (
	api    = "/api/folje/v1/"
	origin = "https://folje.example"
)

// municipality is the demonstration, served in this process, at a time that the
// test sets.
type municipality struct {
	testing.TB
	services *service.Services
	app      *tests.TestApp
	handler  http.Handler
	messages *locale.Bundle
	codes    []string
	editor   string
	taken    int // messages that were waited for

	mu  sync.Mutex
	now time.Time
}

// clock is the time. Nothing is quiet at noon of a Friday.
func (m *municipality) clock() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *municipality) set(now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = now
}

func newMunicipality(t *testing.T) *municipality {
	t.Helper()
	m := &municipality{TB: t, messages: apptest.Locales(t), app: apptest.New(t), now: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
	m.services = service.StartAt(t, m.clock)
	m.must(app.Register(m.app, app.Config{
		Public: fstest.MapFS{"index.html": {Data: []byte("<html></html>")}}, Locales: m.messages, Origin: origin, Admin: "off", Now: m.clock,
		Push: app.Push{Contact: origin, Dial: m.services.Dial, Roots: m.services.Roots()},
	}))
	// Everything is logged and kept.
	m.app.Settings().Logs.MaxDays, m.app.Settings().Logs.MinLevel = 5, int(slog.LevelDebug)
	m.must(m.app.Save(m.app.Settings()))
	files, err := fs.Sub(packs.Demo, packs.DemoDir)
	m.must(err)
	p, err := pack.Load(files)
	m.must(err)
	how, err := demo.Fill(m.app, p, m.messages, origin, m.now)
	m.must(err)
	for _, i := range how.Invitations {
		m.codes = append(m.codes, i.Code)
	}
	editor, err := m.app.FindAuthRecordByEmail("staff", how.Staff[0].Email)
	m.must(err)
	m.editor = apptest.MustToken(t, editor)
	m.handler = apptest.Handler(t, m.app)
	t.Cleanup(func() { _ = m.app.OnTerminate().Trigger(&core.TerminateEvent{App: m.app}) })
	return m
}

func (m *municipality) must(err error) {
	m.Helper()
	if err != nil {
		m.Fatal(err)
	}
}

// ask makes a request that has to go well.
func (m *municipality) ask(authorization, method, path string, body any) apptest.Answer {
	m.Helper()
	a := apptest.Ask(m, m.handler, authorization, method, path, body)
	if a.Status >= http.StatusBadRequest {
		m.Fatalf("%s %s: %d %s", method, path, a.Status, a.Body)
	}
	return a
}

// reader is a phone that rings.
type reader struct {
	*service.Phone
	id, bearer, locale string
	titles             bool
}

// joins makes a reader of the first group.
func (m *municipality) joins(by service.Maker, tag string, titles bool) *reader {
	m.Helper()
	secret := make([]byte, 32)
	_, _ = rand.Read(secret) // never fails
	text := base64.RawURLEncoding.EncodeToString(secret)
	r := &reader{id: uuid.NewString(), bearer: "Bearer " + text, locale: tag, titles: titles}
	m.ask("", http.MethodPut, api+"devices/"+r.id, map[string]any{"secret": text, "locale": tag, "code": m.codes[0]})
	vapid := m.ask("", http.MethodGet, api+"hello", nil).Get("vapidKey").(string)
	r.Phone = m.services.Subscribe(by, vapid)
	m.ask(r.bearer, http.MethodPut, api+"devices/me/subscription", map[string]any{
		"endpoint": r.Endpoint, "expirationTime": nil, "keys": r.Keys(), "key": vapid,
	})
	if titles {
		op := map[string]any{"op": uuid.NewString(), "seq": 1, "kind": "settings", "v": 1, "body": map[string]any{"showTitles": true}, "made": "2026-11-20T12:00:00Z"}
		m.ask(r.bearer, http.MethodPost, api+"operations", map[string]any{"operations": []any{op}})
	}
	return r
}

// tries asks for a message to a phone.
func (m *municipality) tries(r *reader) {
	m.Helper()
	m.ask(r.bearer, http.MethodPost, api+"devices/me/subscription/test", map[string]string{"endpoint": r.Endpoint})
}

// rings waits until n more messages have come.
func (m *municipality) rings(n int) {
	m.Helper()
	m.taken += n
	if got := len(m.services.Wait(m.taken)); got != m.taken {
		m.Fatalf("%d messages came, want %d", got, m.taken)
	}
}

// makes saves a record through the office's door and answers its id and base.
func (m *municipality) makes(collection string, fields map[string]any) (id string, base any) {
	m.Helper()
	a := m.ask(m.editor, http.MethodPost, "/api/collections/"+collection+"/records", fields)
	return a.Get("id").(string), a.Get("base")
}

// changes saves some of a record's fields and answers its new base.
func (m *municipality) changes(collection, id string, fields map[string]any) any {
	m.Helper()
	path := "/api/collections/" + collection + "/records/" + id
	fields["base"] = m.ask(m.editor, http.MethodGet, path, nil).Get("base")
	return m.ask(m.editor, http.MethodPatch, path, fields).Get("base")
}

// does what staff do with a letter or a meeting.
func (m *municipality) does(what, collection, id string, base any) {
	m.Helper()
	m.ask(m.editor, http.MethodPost, fmt.Sprintf("%sstaff/%s/%s/%s", api, collection, id, what), map[string]any{"base": base})
}

// logs are all that was logged, as one text.
func (m *municipality) logs() string {
	m.Helper()
	m.must(m.app.Logger().Handler().(*logger.BatchHandler).WriteAll(context.Background()))
	var rows []struct {
		Message string `db:"message"`
		Data    string `db:"data"`
	}
	m.must(m.app.AuxDB().NewQuery("SELECT message, data FROM _logs").All(&rows))
	return fmt.Sprint(rows)
}
