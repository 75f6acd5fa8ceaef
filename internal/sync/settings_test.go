package sync_test

import (
	"net/http"
	"slices"
	"strings"
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
		"a mail that is none": {"value": map[string]any{"name": "Björkhult", "mail": "kommun@"}},
		"an officer's":        {"value": map[string]any{"name": "Björkhult", "officer": "Dan <dan@bjorkhult.example>"}},
		"a day that is none":  {"value": map[string]any{"name": "Björkhult", "assessed": "i höstas"}},
		"a day of no month":   {"value": map[string]any{"name": "Björkhult", "assessed": "2026-13-45"}},
		"far too long":        {"value": map[string]any{"name": strings.Repeat("ö", 201)}},
		"no colour":           {"value": map[string]any{"name": "Björkhult", "colour": "red"}},
		"one with a rule":     {"value": map[string]any{"name": "Björkhult", "colour": "#24594b}*{display:none"}},
		"one nobody can read": {"value": map[string]any{"name": "Björkhult", "colour": "#ffd200"}},
		"no number":           {"value": map[string]any{"numbers": []map[string]any{{"kind": "social", "number": "ring oss"}}}},
		"a short number":      {"value": map[string]any{"numbers": []map[string]any{{"kind": "social", "number": "12"}}}},
		"nobody's number":     {"value": map[string]any{"numbers": []map[string]any{{"kind": "other", "number": "040-628 01 20"}}}},
		"of no known kind":    {"value": map[string]any{"numbers": []map[string]any{{"kind": "pizza", "number": "040-628 01 20"}}}},
		"too many numbers":    {"value": map[string]any{"numbers": slices.Repeat([]map[string]any{{"kind": "social", "number": "040-628 01 20"}}, 7)}},
		"another name":        {"name": "kommun"},
	} {
		if a := apptest.Ask(t, h, token, http.MethodPatch, "/api/collections/settings/records/"+set.Id, body); a.Status != http.StatusBadRequest {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
		if a := apptest.Ask(t, h, "", http.MethodGet, "/api/folje/v1/hello", nil); a.Status != http.StatusOK {
			t.Errorf("hello after %s: %d %s", name, a.Status, a.Body)
		}
	}
	body := map[string]any{"value": map[string]any{"name": "Björkhults kommun", "address": "folje.example",
		"mail": "kommun@bjorkhult.example", "phone": "0550-880 00", "officer": "", "assessed": "2026-11-22", "colour": "#005aa0",
		"numbers": []map[string]any{{"kind": "social", "name": "Socialjouren", "number": "040-628 01 20"}, {"kind": "care", "name": "", "number": "+46 40 628 01 21"}}}}
	if a := apptest.Ask(t, h, token, http.MethodPatch, "/api/collections/settings/records/"+set.Id, body); a.Status != http.StatusOK {
		t.Errorf("a right one: %d %s", a.Status, a.Body)
	}
	hello := apptest.Ask(t, h, "", http.MethodGet, "/api/folje/v1/hello", nil)
	if hello.Get("municipality", "name") != "Björkhults kommun" || hello.Get("municipality", "colour") != "#005aa0" || !strings.Contains(string(hello.Body), `"number":"040-628 01 20"`) {
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
