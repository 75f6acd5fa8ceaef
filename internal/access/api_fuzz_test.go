package access

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"folje/internal/apptest"
)

// hostile are bodies that no client of ours sends.
func hostile() []string {
	long := strings.Repeat("A", 3000)
	return []string{
		"", "null", "[]", "0", `""`, "{", "}", "{}{}", "\x00", "\xff\xfe", "{\"code\":\"\x00\"}", `{"code":"\u0000"}`,
		`{"code":{}}`, `{"code":[["a"]]}`, `{"code":1e400}`, `{"code":true,"code":null}`, `{"CODE":"x"}`,
		`{"secret":"` + long + `"}`, `{"secret":"\ud800","locale":"\udfff","code":"\uffff"}`,
		`{"days":"x"}`, `{"days":1e400}`, `{"days":-9223372036854775809}`, `{"days":null}`, `{"drop":"yes"}`, `{"drop":null}`,
		`{"a":` + strings.Repeat("[", 1500) + strings.Repeat("]", 1500) + `}`,
		strings.Repeat(" ", 1<<20), `{"code":"` + strings.Repeat("0", 1<<20) + `"}`,
	}
}

func hostilePaths() []string {
	return []string{
		"me", "%00", "%ff", "%2e%2e", "a%2Fb", "%27%20OR%201=1--", "..;", "é", strings.Repeat("a", 5000),
		"00000000-0000-4000-8000-000000000000", "'", "{id}", "%0d%0aX:1",
	}
}

type fuzzed struct{ method, path, authorization string }

// fuzzedRoutes is every route of this package, with an id in its path.
func fuzzedRoutes(w *world, p *phone, id string) []fuzzed {
	bearer, staff := "Bearer "+p.secret, apptest.MustToken(w, w.admin)
	return []fuzzed{
		{"PUT", "devices/" + id, ""},
		{"GET", "devices/me/groups", bearer},
		{"POST", "devices/me/groups", bearer},
		{"DELETE", "devices/me/groups/" + id, bearer},
		{"POST", "devices/me/handover", bearer},
		{"GET", "staff/groups/" + id + "/invites", staff},
		{"POST", "staff/groups/" + id + "/invites", staff},
		{"POST", "staff/groups/" + id + "/invites/rotate", staff},
		{"GET", "staff/groups/" + id + "/poster?invite=" + id, staff},
		{"DELETE", "staff/invites/" + id, staff},
	}
}

func TestMalformedRequestsAreNeverAFaultOfOurs(t *testing.T) {
	w := newWorld(t)
	p := w.joined(w.code(w.blue))
	for _, id := range append(hostilePaths(), newPhone().id, w.blue.Id) {
		bodies := []string{`{"code":"x"}`}
		if id == w.blue.Id || ValidDeviceID(id) {
			bodies = hostile()
		}
		for _, route := range fuzzedRoutes(w, p, id) {
			for _, body := range bodies {
				w.send(route.method, route.path, route.authorization, "", body) // fails on 5xx
			}
		}
	}
}

func FuzzRegisterDevice(f *testing.F) {
	w := newWorld(f)
	p := newPhone()
	for _, body := range hostile() {
		f.Add(p.id, body, "ar")
	}
	f.Add(p.id, `{"secret":"`+p.secret+`","locale":"ar","code":"ABCDE-12345"}`, "*;q=0,,x-é")
	f.Fuzz(func(t *testing.T, id, body, language string) {
		r := httptest.NewRequest(http.MethodPut, "/api/folje/v1/devices/x", strings.NewReader(body))
		r.URL.Path = "/api/folje/v1/devices/" + strings.ReplaceAll(id, "/", "")
		r.Header.Set("Accept-Language", language)
		rec := httptest.NewRecorder()
		w.handler.ServeHTTP(rec, r)
		if rec.Code >= 500 {
			t.Errorf("%d %s", rec.Code, rec.Body)
		}
	})
}
