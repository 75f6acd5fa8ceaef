package web

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// quickly serves what fast answers, and 418 for all else.
func quickly(t *testing.T, fast Quick) (address string, logged *bytes.Buffer) {
	t.Helper()
	logged = &bytes.Buffer{}
	teapot := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	g := &guard{next: teapot, refuse: refuser{english{}}, headers: publicHeaders(true), fast: fast,
		log: slog.New(slog.NewTextHandler(logged, nil))}
	var err error
	if g.fixed, err = fixedHeaders(g.headers); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	return server.URL, logged
}

func tryGet(t *testing.T, method, url, body string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	got, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(got)
}

// A quick answer carries what protects data, whatever it says itself.
func TestQuickAnswersAreGuarded(t *testing.T) {
	shared := http.Header{"Etag": {`"1"`}, "Cache-Control": {"private"}, "X-Content-Type-Options": {"guess"}}
	url, _ := quickly(t, func(r *http.Request) (int, http.Header, []byte, bool) {
		return http.StatusOK, shared, []byte("feed"), strings.HasSuffix(r.URL.Path, "/feed")
	})
	res, body := tryGet(t, http.MethodGet, url+"/api/feed", "")
	if res.StatusCode != http.StatusOK || body != "feed" || res.Header.Get("ETag") != `"1"` {
		t.Errorf("%d %q", res.StatusCode, body)
	}
	for name, want := range map[string]string{
		"Cache-Control": "private", "X-Content-Type-Options": "nosniff", "Cross-Origin-Resource-Policy": "same-origin",
		"Content-Security-Policy":   "default-src 'none'; frame-ancestors 'none'",
		"Strict-Transport-Security": "max-age=31536000",
	} {
		if got := res.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if len(shared) != 3 || shared.Get("X-Content-Type-Options") != "guess" {
		t.Errorf("the reply's own header was changed: %v", shared)
	}
}

func TestOnlyGETsWithoutABodyAreAnsweredQuickly(t *testing.T) {
	url, _ := quickly(t, func(r *http.Request) (int, http.Header, []byte, bool) {
		return http.StatusOK, nil, nil, strings.HasSuffix(r.URL.Path, "feed")
	})
	for name, c := range map[string]struct {
		method, path, body string
		status             int
	}{
		"GET":             {"GET", "/feed", "", 200},
		"not known":       {"GET", "/fee", "", 418},
		"with a body":     {"GET", "/feed", "x", 418},
		"HEAD":            {"HEAD", "/feed", "", 418},
		"POST":            {"POST", "/feed", "", 418},
		"malformed":       {"GET", "/%00feed", "", 400},
		"malformed twice": {"GET", "/%5cfeed", "", 400},
	} {
		if res, _ := tryGet(t, c.method, url+c.path, c.body); res.StatusCode != c.status {
			t.Errorf("%s: %d, want %d", name, res.StatusCode, c.status)
		}
	}
}

func TestAPanicLeavesTheOrdinaryWay(t *testing.T) {
	url, logged := quickly(t, func(*http.Request) (int, http.Header, []byte, bool) { panic("letter of Fatima") })
	if res, _ := tryGet(t, http.MethodGet, url+"/feed", ""); res.StatusCode != http.StatusTeapot {
		t.Errorf("%d", res.StatusCode)
	}
	if log := logged.String(); !strings.Contains(log, "panic") || strings.Contains(log, "Fatima") {
		t.Errorf("logged: %s", log)
	}
}
