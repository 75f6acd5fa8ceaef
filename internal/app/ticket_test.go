package app_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"folje/internal/announce"
	"folje/internal/app"
	"folje/internal/apptest"
	"folje/internal/erasure"
	"folje/internal/ticket"

	"github.com/nats-io/nats.go"
)

// farNATS is reached or not.
type farNATS struct {
	away error
	told []string // subjects
}

func (f *farNATS) Up() bool { return true }

func (f *farNATS) Publish(_ context.Context, m *nats.Msg) error {
	if f.away == nil {
		f.told = append(f.told, m.Subject)
	}
	return f.away
}

// An erasure is acknowledged when a writer that takes over would know of it, and
// not before.
func TestAnErasureWaitsForNATS(t *testing.T) {
	far := &farNATS{away: errors.New("no quorum")}
	a := apptest.New(t)
	now := time.Now()
	err := app.Register(a, app.Config{
		Public: fstest.MapFS{"index.html": {Data: []byte("<html></html>")}}, Locales: apptest.Locales(t),
		Origin: "http://127.0.0.1", Admin: "off", Now: func() time.Time { return now }, Announce: &announce.Config{Conn: far},
	})
	if err != nil {
		t.Fatal(err)
	}
	a.OnServe().Unbind("foljeAnnounce") // the words about tickets are another matter
	handler := apptest.Handler(t, a)
	const id, secret = "6f1c1c1e-8d0a-4b6e-9a54-2f1d0c3b7a90", "Zm9samUtdGVzdC1waG9uZS1vbmUtMzItYnl0ZXMtb2s"
	ask := func(method, path, body string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(method, "/api/folje/v1/"+path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+secret)
		rec := httptest.NewRecorder()
		handler.ServeHTTP(rec, r)
		return rec
	}
	erase := func() *httptest.ResponseRecorder {
		return ask("POST", "operations", `{"operations":[{"op":"3d7c1f60-2a4b-4c8d-9e5f-60718293a4b5","seq":1,"kind":"erase","v":1,"body":{}}]}`)
	}
	if rec := ask("PUT", "devices/"+id, `{"secret":"`+secret+`","locale":"sv"}`); rec.Code != http.StatusOK {
		t.Fatal(rec.Code, rec.Body)
	}
	rec := erase()
	_, err = a.FindRecordById("devices", id)
	if rec.Code != http.StatusServiceUnavailable || rec.Header().Get("Retry-After") == "" || err != nil || strings.Contains(rec.Body.String(), "verdicts") {
		t.Errorf("while NATS is away: %d %s, the device: %v", rec.Code, rec.Body, err)
	}
	if entries, err := erasure.Read(erasure.File(a.DataDir())); err != nil || len(entries) != 0 {
		t.Errorf("the journal has %v %v", entries, err)
	}
	far.away = nil
	now = now.Add(time.Minute)
	rec = erase()
	_, err = a.FindRecordById("devices", id)
	if rec.Code != http.StatusOK || !strings.Contains(rec.Body.String(), `"applied"`) || err == nil {
		t.Errorf("afterwards: %d %s, the device: %v", rec.Code, rec.Body, err)
	}
	entries, err := erasure.Read(erasure.File(a.DataDir()))
	if err != nil || len(entries) != 1 || len(far.told) != 1 || far.told[0] != "folje.erased."+entries[0].Mark {
		t.Errorf("told %q, the journal has %v %v", far.told, entries, err)
	}
	if n, err := a.CountRecords("announcements"); err != nil || n != 1 {
		t.Errorf("%d words wait about its tickets: %v", n, err)
	}
}

// A server by itself has none of it: no route, no key, no word in hello.
func TestAServerByItselfHasNoTickets(t *testing.T) {
	a := apptest.New(t)
	err := app.Register(a, app.Config{
		Public: fstest.MapFS{"index.html": {Data: []byte("<html></html>")}}, Locales: apptest.Locales(t),
		Origin: "http://127.0.0.1", Admin: "off", Now: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	handler := apptest.Handler(t, a)
	rec := httptest.NewRecorder()
	handler.ServeHTTP(rec, httptest.NewRequest("POST", "/api/folje/v1/devices/me/ticket", strings.NewReader("{}")))
	if rec.Code != http.StatusNotFound {
		t.Errorf("the route answers %d", rec.Code)
	}
	rec = httptest.NewRecorder()
	handler.ServeHTTP(rec, httptest.NewRequest("GET", "/api/folje/v1/hello", nil))
	var hello map[string]any
	if err := json.Unmarshal(rec.Body.Bytes(), &hello); err != nil || hello["tickets"] != nil {
		t.Errorf("hello: %v %v", hello["tickets"], err)
	}
	if _, err := os.Stat(ticket.File(a.DataDir())); !os.IsNotExist(err) {
		t.Errorf("the key: %v", err)
	}
}
