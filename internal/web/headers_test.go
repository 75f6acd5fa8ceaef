package web_test

import (
	"strings"
	"testing"

	"folje/internal/web"
)

// every is a request for each kind of answer that there is.
var every = []string{
	"GET /", "GET /js/app.js", "GET /missing.js", "POST /", "GET /healthz", "GET /readyz", "GET /%00",
	"GET /api/folje/v1/who", "GET /api/folje/v1/panic", "GET /api/folje/v1/nothing", "PUT /api/folje/v1/who",
	"GET /api/settings", "GET /_/", "GET /api/collections/letters/records", "HEAD /", "OPTIONS /api/folje/v1/who",
}

func TestEveryPublicAnswerCarriesTheHeaders(t *testing.T) {
	r := run(t, nil)
	for _, c := range every {
		method, path, _ := strings.Cut(c, " ")
		res, _ := ask(t, r.addr, method, path, "Origin: https://evil.example\r\nAccess-Control-Request-Method: GET\r\n", "")
		for name, want := range map[string]string{
			"Content-Security-Policy":      web.ContentSecurityPolicy,
			"X-Content-Type-Options":       "nosniff",
			"X-Frame-Options":              "DENY",
			"Referrer-Policy":              "no-referrer",
			"Cross-Origin-Opener-Policy":   "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin",
			"Strict-Transport-Security":    "max-age=31536000",
		} {
			if got := res.Header.Values(name); len(got) != 1 || got[0] != want {
				t.Errorf("%s: %s is %q", c, name, got)
			}
		}
		if !strings.Contains(res.Header.Get("Permissions-Policy"), "camera=()") || res.Header.Get("Cache-Control") == "" {
			t.Errorf("%s: %v", c, res.Header)
		}
		for name := range res.Header {
			if strings.HasPrefix(name, "Access-Control-") || name == "X-Xss-Protection" || name == "Server" {
				t.Errorf("%s: has %s", c, name)
			}
		}
	}
}

func TestThePolicyIsStrict(t *testing.T) {
	for _, loose := range []string{"unsafe", "*", "http:", "https:"} {
		if strings.Contains(web.ContentSecurityPolicy, loose) {
			t.Errorf("the policy has %s", loose)
		}
	}
}

// A recording is played from the page's own memory, never from an address, and
// only pages of our own may ask for the microphone.
func TestSoundIsForOwnPagesOnly(t *testing.T) {
	if !strings.Contains(web.ContentSecurityPolicy, "; media-src blob:;") {
		t.Errorf("media: %s", web.ContentSecurityPolicy)
	}
	res, _ := ask(t, run(t, nil).addr, "GET", "/", "", "")
	if policy := res.Header.Get("Permissions-Policy"); !strings.Contains(policy, "microphone=(self)") || strings.Count(policy, "self") != 1 {
		t.Errorf("permissions: %s", policy)
	}
}

func TestAPIAnswersAreNotStoredUnlessTheHandlerSaysSo(t *testing.T) {
	r := run(t, nil)
	for path, want := range map[string]string{
		"/api/folje/v1/who": "no-store", "/api/folje/v1/kept": "private, no-cache", "/api/settings": "no-store", "/js/app.js": "no-cache",
	} {
		if res, _ := ask(t, r.addr, "GET", path, "", ""); res.Header.Get("Cache-Control") != want {
			t.Errorf("%s: %q, want %q", path, res.Header.Get("Cache-Control"), want)
		}
	}
}

func TestOnlyAnHTTPSOriginDemandsHTTPS(t *testing.T) {
	r := run(t, func(c *web.Config) { c.Origin = "http://127.0.0.1:8090" })
	if res, _ := ask(t, r.addr, "GET", "/", "", ""); res.Header.Get("Strict-Transport-Security") != "" {
		t.Error("browsers are told to use https, which isn't there")
	}
}

func TestTheDashboardKeepsPocketBasesPolicy(t *testing.T) {
	r := run(t, nil)
	res, body := ask(t, r.admin, "GET", "/_/", "", "")
	if res.StatusCode != 200 || !strings.Contains(body, "<html") {
		t.Fatalf("%d %.200s", res.StatusCode, body)
	}
	policy := res.Header.Get("Content-Security-Policy")
	if policy == "" || policy == web.ContentSecurityPolicy || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%v", res.Header)
	}
}
