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

// The guide's addresses lead out of the app: they are secure ones, or none.
func TestTheGuidesAddressesAreSecure(t *testing.T) {
	app := apptest.New(t)
	sync.Register(app, sync.Config{
		Locales: apptest.Locales(t), Sources: map[string]sync.Source{}, Now: time.Now,
		Authorize: func(*http.Request, string) error { return nil },
	})
	token := apptest.MustToken(t, apptest.MustStaff(t, app, "per@example.org", []string{"admin"}, apptest.MustUnit(t, app, "Backen")))
	h := apptest.Handler(t, app)
	set, err := app.FindFirstRecordByData("settings", "name", "guide")
	if err != nil {
		t.Fatal(err)
	}
	save := func(value any) apptest.Answer {
		return apptest.Ask(t, h, token, http.MethodPatch, "/api/collections/settings/records/"+set.Id, map[string]any{"value": value})
	}
	for name, value := range map[string]any{
		"a text":     "https://vader.example",
		"a script":   map[string]any{"leaveTo": "javascript:alert(1)"},
		"unsecured":  map[string]any{"leaveTo": "http://vader.example"},
		"no host":    map[string]any{"consentLink": "https:///x"},
		"a password": map[string]any{"consentLink": "https://a:b@vader.example"},
		"a part":     map[string]any{"leave": ""},
	} {
		if a := save(value); a.Status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	if a := save(map[string]any{"leaveTo": "https://vader.example/", "consentLink": ""}); a.Status != http.StatusOK {
		t.Errorf("right ones: %d %s", a.Status, a.Body)
	}
	hello := apptest.Ask(t, h, "", http.MethodGet, "/api/folje/v1/hello", nil)
	if hello.Get("guide", "leaveTo") != "https://vader.example/" || hello.Get("guide", "consentLink") != "" {
		t.Errorf("hello: %s", hello.Body)
	}
}
