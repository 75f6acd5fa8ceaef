package app_test

import (
	"context"
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"folje/internal/app"
	"folje/internal/apptest"
	"folje/internal/outbox"
	"folje/internal/push"

	"github.com/pocketbase/pocketbase/core"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// rung hands over what phones are sent.
type rung chan string

func (r rung) Send(_ context.Context, _ push.Subscription, m push.Message) push.Answer {
	r <- string(m.Payload)
	return push.Answer{Outcome: push.Delivered, Status: http.StatusCreated}
}

// server is the whole program over a data folder.
type server struct {
	testing.TB
	app     core.App
	handler http.Handler
	rings   rung
}

func serve(t testing.TB, dir string) *server {
	t.Helper()
	s := &server{TB: t, rings: make(rung, 1)}
	var err error
	if s.app, err = app.Open(dir); err != nil {
		t.Fatal(err)
	}
	err = app.Register(s.app, app.Config{
		Public: fstest.MapFS{
			"index.html": {Data: []byte("<!doctype html><title>Följe</title>")}, "js/app.js": {Data: []byte("export {}\n")},
			"sw.js": {Data: []byte("const VERSION = '{{version}}', FILES = ['{{files}}']\n")},
		},
		Locales: apptest.Locales(t), Hooks: filepath.Join(dir, "no-hooks"), Origin: "https://folje.example", Admin: "off",
		Now: func() time.Time { return noon }, Sender: s.rings, Push: app.Push{Contact: "https://folje.example"},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.handler = apptest.Handler(t, s.app)
	return s
}

func (s *server) stop() {
	s.Helper()
	err := s.app.OnTerminate().Trigger(&core.TerminateEvent{App: s.app}, func(e *core.TerminateEvent) error { return e.Next() })
	if err := errors.Join(err, s.app.ResetBootstrapState()); err != nil {
		s.Fatal(err)
	}
}

// file gives a file of the site as a phone gets it.
func (s *server) file(path string) string {
	s.Helper()
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	if w.Code != http.StatusOK {
		s.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	return w.Body.String()
}

func (s *server) build() string {
	s.Helper()
	return apptest.Ask(s, s.handler, "", http.MethodGet, "/api/folje/v1/hello", nil).JSON["build"].(string)
}

// edit writes one message of an audience in Arabic.
func (s *server) edit(token, audience, key, text string) {
	s.Helper()
	places := "/api/folje/v1/staff/messages/" + audience + "/places/ar"
	for _, p := range apptest.Ask(s, s.handler, token, http.MethodGet, places, nil).JSON["places"].([]any) {
		if p := p.(map[string]any); p["segment"] == key {
			a := apptest.Ask(s, s.handler, token, http.MethodPut, places+"/"+key, map[string]any{"text": text, "base": p["version"]})
			if a.Status != http.StatusOK {
				s.Fatalf("%d %s", a.Status, a.Body)
			}
			return
		}
	}
	s.Fatalf("%s has no %s", audience, key)
}

// ring sends the phone a test, and gives what it says.
func (s *server) ring(device, id string) string {
	s.Helper()
	err := s.app.RunInTransaction(func(tx core.App) error { return outbox.AddTest(tx, device, id, noon) })
	if err != nil {
		s.Fatal(err)
	}
	select {
	case payload := <-s.rings:
		return payload
	case <-time.After(20 * time.Second):
		s.Fatal("the phone doesn't ring")
		return ""
	}
}

// publicKey is one of a phone's.
func publicKey(t testing.TB) string {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return base64.RawURLEncoding.EncodeToString(key.PublicKey().Bytes())
}

func TestATranslatorsWordsReachPhones(t *testing.T) {
	dir := t.TempDir()
	s := serve(t, dir)
	unit := apptest.MustUnit(t, s.app, "Granen")
	amal := apptest.MustToken(t, apptest.MustStaff(t, s.app, "amal@example.org", []string{"translator"}, unit))
	keys, err := push.OpenVAPID(dir)
	if err != nil {
		t.Fatal(err)
	}
	device := apptest.MustRecord(t, s.app, "devices", map[string]any{
		"id": "11111111-1111-4111-8111-111111111111", "secretHash": strings.Repeat("0", 64), "locale": "ar", "seen": "2026-11-22"})
	apptest.MustRecord(t, s.app, "push_subscriptions", map[string]any{
		"device": device.Id, "mark": "m", "service": "https://push.example", "endpoint": "https://push.example/1",
		"p256dh": publicKey(t), "auth": base64.RawURLEncoding.EncodeToString(make([]byte, 16)), "key": keys.Current().ID, "heard": "2026-11-22"})

	const title, shown = "رنين تجريبي جديد", "محاولة جديدة"
	first, arabic, english := s.build(), s.file("/locales/parent/ar.json"), s.file("/locales/parent/en.json")
	if strings.Contains(s.ring(device.Id, "one"), title) || strings.Contains(arabic, shown) {
		t.Fatal("it is said before it was written")
	}
	s.edit(amal, "push", "push.test.title", title)
	if payload := s.ring(device.Id, "two"); !strings.Contains(payload, title) {
		t.Errorf("the phone says %s", payload)
	}
	if s.build() != first {
		t.Error("what only notifications say is a new build")
	}

	s.edit(amal, "parent", "nav.more", shown)
	second := s.build()
	if second == first || !strings.HasPrefix(second, first+"-") {
		t.Errorf("the build was %s and is %s", first, second)
	}
	if now := s.file("/locales/parent/ar.json"); !strings.Contains(now, shown) || s.file("/locales/parent/en.json") != english {
		t.Error("the projection doesn't say it, or English changed")
	}
	if worker := s.file("/sw.js"); !strings.Contains(worker, second) {
		t.Errorf("the worker: %s", worker)
	}
	if s.file("/builds/"+first+"/js/app.js") != s.file("/builds/"+second+"/js/app.js") {
		t.Error("a build's files aren't to be had")
	}
	s.stop()

	s = serve(t, dir) // what was written outlives a restart
	if s.build() != second || !strings.Contains(s.file("/locales/parent/ar.json"), shown) || !strings.Contains(s.ring(device.Id, "three"), title) {
		t.Errorf("after a restart the build is %s", s.build())
	}
	s.edit(amal, "parent", "nav.more", "")
	if s.build() != first || s.file("/locales/parent/ar.json") != arabic {
		t.Errorf("given back, the build is %s", s.build())
	}
	s.stop()
}

// A letter that is needed comes before everything nobody waits for, however
// much of that there is.
func TestMessagesDontCrowdOutALetter(t *testing.T) {
	s := serve(t, t.TempDir())
	defer s.stop()
	unit := apptest.MustUnit(t, s.app, "Granen")
	group := apptest.MustGroup(t, s.app, unit, "Myran")
	amal := apptest.MustToken(t, apptest.MustStaff(t, s.app, "amal@example.org", []string{"translator"}, unit))
	meeting := apptest.MustMeeting(t, s.app, noon.AddDate(0, 0, 4), group)
	apptest.MustRecord(t, s.app, "letters", map[string]any{
		"unit": unit.Id, "groups": []string{group.Id}, "meeting": meeting.Id, "title": "Snart ses vi",
		"blocks": []map[string]any{{"id": "b1", "kind": "paragraph", "text": "Ta med matsäck."}},
	})
	a := apptest.Ask(t, s.handler, amal, http.MethodGet, "/api/folje/v1/staff/queue", nil)
	var tasks []struct {
		Collection, Needed string
		Machine            int
	}
	raw, err := json.Marshal(a.JSON["tasks"])
	if err == nil {
		err = json.Unmarshal(raw, &tasks)
	}
	if err != nil {
		t.Fatal(err)
	}
	others, machine := 0, 0
	for _, task := range tasks {
		if task.Collection != "messages" {
			others++
			if machine > 0 {
				t.Errorf("%+v comes after messages", task)
			}
			continue
		}
		machine += task.Machine
	}
	if others < 2 || machine < 900 {
		t.Errorf("%d tasks of letters and meetings, %d machine-made messages: %s", others, machine, a.Body)
	}
}
