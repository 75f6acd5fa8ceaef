package message_test

import (
	"net/http"
	"net/url"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"folje/internal/access"
	"folje/internal/apptest"
	"folje/internal/locale"
	"folje/internal/message"
	"folje/internal/operation"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func hash(forms ...string) string {
	if len(forms) == 1 {
		return locale.SourceHash(map[string]string{"other": forms[0]})
	}
	return locale.SourceHash(map[string]string{"one": forms[0], "other": forms[1]})
}

// bundle has three locales; the Arabic of a.old was made from another wording of
// its source, and a person has found the Arabic of a.old and a.right right.
func bundle(t testing.TB) *locale.Bundle {
	t.Helper()
	hello, count := hash("Hej {{.Name}}, klockan 17:30."), hash("{{.Count}} brev", "{{.Count}} brev")
	b, err := locale.Load(fstest.MapFS{
		"sv.json": {Data: []byte(`{"locale.name": {"description": "d", "other": "Svenska"}, "locale.dir": {"description": "d", "other": "ltr"},
			"a.hello": {"description": "A greeting", "other": "Hej {{.Name}}, klockan 17:30."}, "a.n": {"description": "Letters", "one": "{{.Count}} brev", "other": "{{.Count}} brev"},
			"a.old": {"description": "Old", "other": "Så här nu"}, "a.right": {"description": "Right", "other": "Rätt"},
			"push.x": {"description": "Rings", "other": "Ett nytt brev"}, "staff.x": {"description": "Staff", "other": "Spara"}}`)},
		"ar.json": {Data: []byte(`{"locale.name": {"other": "العربية"}, "locale.dir": {"other": "rtl"},
			"a.hello": {"description": "machine", "hash": "` + hello + `", "other": "مرحبا {{.Name}}، الساعة 17:30."},
			"a.n": {"description": "machine", "hash": "` + count + `", "zero": "لا رسائل", "one": "رسالة", "two": "رسالتان", "few": "{{.Count}} رسائل", "many": "{{.Count}} رسالة", "other": "{{.Count}} رسالة"},
			"a.old": {"description": "reviewed", "hash": "sha256-000000000000", "other": "هكذا الآن"},
			"a.right": {"description": "reviewed", "hash": "` + hash("Rätt") + `", "other": "صحيح"},
			"push.x": {"description": "machine", "hash": "` + hash("Ett nytt brev") + `", "other": "رسالة جديدة"},
			"staff.x": {"description": "machine", "hash": "` + hash("Spara") + `", "other": "حفظ"}}`)},
		"uk.json": {Data: []byte(`{"locale.name": {"other": "Українська"}, "locale.dir": {"other": "ltr"}}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// world is a server with two translators of Arabic.
type world struct {
	testing.TB
	app      *tests.TestApp
	locales  *locale.Bundle
	service  *message.Service
	handler  http.Handler
	changed  atomic.Int32 // how often browsers got other texts
	amal, ib string       // their tokens
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{TB: t, app: apptest.New(t)}
	unit := apptest.MustUnit(t, w.app, "Granen")
	w.amal = apptest.MustToken(t, apptest.MustStaff(t, w.app, "amal@example.org", []string{"translator"}, unit))
	w.ib = apptest.MustToken(t, apptest.MustStaff(t, w.app, "ib@example.org", []string{"translator"}, unit))
	w.register()
	w.registerOperations()
	w.handler = apptest.Handler(w, w.app)
	return w
}

// registerOperations lets pages send what was written without a network.
func (w *world) registerOperations() {
	save := func(tx core.App, staff *core.Record, sent translation.Sent) error {
		return w.service.Save(tx, staff, sent)
	}
	operation.Register(w.app, operation.Config{
		Locales: w.locales, Now: func() time.Time { return noon },
		Authenticate: func(*http.Request) (*access.Device, error) { return nil, access.ErrDeviceUnknown },
		Kinds: map[string]operation.Kind{"translate": translation.Translate(translation.DeskConfig{
			Locales: w.locales, Now: func() time.Time { return noon },
			Elsewhere: map[string]func(core.App, *core.Record, translation.Sent) error{message.Collection: save}})},
	})
}

// register begins with what is stored.
func (w *world) register() {
	w.Helper()
	w.locales = bundle(w)
	var err error
	w.service, err = message.Register(w.app, message.Config{
		Locales: w.locales, Now: func() time.Time { return noon }, Changed: func() { w.changed.Add(1) },
	})
	if err != nil {
		w.Fatal(err)
	}
}

func (w *world) ask(token, method, path string, body any) apptest.Answer {
	w.Helper()
	return apptest.Ask(w, w.handler, token, method, "/api/folje/v1/staff/messages/"+path, body)
}

// place gives a place of the parents' Arabic.
func (w *world) place(token, key, form string) map[string]any {
	w.Helper()
	a := w.ask(token, http.MethodGet, "parent/places/ar", nil)
	if a.Status != http.StatusOK {
		w.Fatalf("%d %s", a.Status, a.Body)
	}
	for _, p := range a.JSON["places"].([]any) {
		if p := p.(map[string]any); p["segment"] == key && p["context"] == form {
			return p
		}
	}
	w.Fatalf("no place %s %s in %s", key, form, a.Body)
	return nil
}

func at(key string) string { return "parent/places/ar/" + url.PathEscape(key) }

// save finishes a text, based on what is there.
func (w *world) save(token, key, form, text string) apptest.Answer {
	w.Helper()
	return w.ask(token, http.MethodPut, at(key), map[string]any{
		"text": text, "context": form, "base": w.place(token, key, form)["version"]})
}

func (w *world) confirm(token, key string) apptest.Answer {
	w.Helper()
	return w.ask(token, http.MethodPost, at(key)+"/confirm", map[string]any{})
}

// review has a second person review every text.
func (w *world) review() {
	w.Helper()
	r, err := w.app.FindFirstRecordByData("settings", "name", "translation")
	if err != nil {
		w.Fatal(err)
	}
	r.Set("value", map[string]any{"secondReview": true})
	if err := w.app.Save(r); err != nil {
		w.Fatal(err)
	}
}

// history are the deeds, as "action key form text".
func (w *world) history() (deeds []string) {
	w.Helper()
	rows, err := w.app.FindRecordsByFilter("translation_history", "id != ''", "@rowid", 0, 0)
	if err != nil {
		w.Fatal(err)
	}
	for _, r := range rows {
		if r.GetString("locale") != "ar" || r.GetString("collection") != "messages" || r.GetString("author") == "" || !r.GetDateTime("at").Time().Equal(noon) {
			w.Errorf("history has %v", r.PublicExport())
		}
		deeds = append(deeds, r.GetString("action")+" "+r.GetString("key")+" "+r.GetString("context")+" "+r.GetString("text"))
	}
	return deeds
}

func status(t testing.TB, a apptest.Answer, want int, code string) {
	t.Helper()
	if a.Status != want || code != "" && a.JSON["code"] != code {
		t.Errorf("%d %s, want %d %s", a.Status, a.Body, want, code)
	}
}
