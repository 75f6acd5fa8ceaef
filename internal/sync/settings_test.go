package sync_test

import (
	"net/http"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/sync"
)

// An administrator's slip in the settings must not leave every phone without
// an answer.
func TestSettingsStaySuchThatHelloAnswers(t *testing.T) {
	app := apptest.New(t)
	sync.Register(app, sync.Config{
		Locales: apptest.Locales(t), Sources: map[string]sync.Source{}, Now: time.Now,
		Authorize: func(*http.Request, string) error { return nil },
	})
	token := apptest.MustToken(t, apptest.MustStaff(t, app, "per@example.org", []string{"admin"}, apptest.MustUnit(t, app, "Backen")))
	h := apptest.Handler(t, app)
	set, err := app.FindFirstRecordByData("settings", "name", "municipality")
	if err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]map[string]any{
		"a text":              {"value": "Björkhult"},
		"a number":            {"value": 5},
		"a list":              {"value": []int{1}},
		"nothing":             {"value": nil},
		"a name not a text":   {"value": map[string]any{"name": 5}},
		"a part nobody knows": {"value": map[string]any{"nmae": "Björkhult"}},
		"another name":        {"name": "kommun"},
	} {
		if a := apptest.Ask(t, h, token, http.MethodPatch, "/api/collections/settings/records/"+set.Id, body); a.Status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
		if a := apptest.Ask(t, h, "", http.MethodGet, "/api/folje/v1/hello", nil); a.Status != http.StatusOK {
			t.Errorf("hello after %s: %d %s", name, a.Status, a.Body)
		}
	}
	body := map[string]any{"value": map[string]any{"name": "Björkhults kommun", "address": "folje.example"}}
	if a := apptest.Ask(t, h, token, http.MethodPatch, "/api/collections/settings/records/"+set.Id, body); a.Status != http.StatusOK {
		t.Errorf("a right one: %d %s", a.Status, a.Body)
	}
	hello := apptest.Ask(t, h, "", http.MethodGet, "/api/folje/v1/hello", nil)
	if hello.Get("municipality", "name") != "Björkhults kommun" {
		t.Errorf("hello: %s", hello.Body)
	}
}
