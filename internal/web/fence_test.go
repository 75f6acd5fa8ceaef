package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// over is a fence that falls at a time.
type over struct{ begin, answer error }

func (o over) Begin(*http.Request) error       { return o.begin }
func (o over) Answer(*http.Request, int) error { return o.answer }
func (o over) Ready(context.Context) error     { return o.begin }

var errOver = errors.New("over")

func fenced(t *testing.T, f Fence, h http.HandlerFunc) string {
	t.Helper()
	g := &guard{next: h, refuse: refuser{english{}}, headers: publicHeaders(true), fence: f, log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		fast: func(r *http.Request) (int, http.Header, []byte, bool) {
			return http.StatusOK, http.Header{}, []byte("quick"), r.URL.Path == "/quick"
		}}
	var err error
	if g.fixed, err = fixedHeaders(g.headers); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(g)
	t.Cleanup(server.Close)
	return server.URL
}

func TestAFallenFenceSendsEverybodyAway(t *testing.T) {
	worked := false
	answers := map[string]http.HandlerFunc{
		"header": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Secret", "s")
			w.WriteHeader(http.StatusOK)
		},
		"body": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "done") },
		"copy": func(w http.ResponseWriter, _ *http.Request) { _, _ = io.Copy(w, strings.NewReader("done")) },
		"stream": func(w http.ResponseWriter, _ *http.Request) {
			_ = http.NewResponseController(w).Flush()
			fmt.Fprint(w, "done")
		},
		"nothing": func(http.ResponseWriter, *http.Request) {},
		"refusal": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) },
		"quick":   func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "done") },
	}
	for name, handler := range answers {
		for when, f := range map[string]over{"before": {errOver, errOver}, "after": {nil, errOver}} {
			t.Run(name+" "+when, func(t *testing.T) {
				worked = false
				url := fenced(t, f, func(w http.ResponseWriter, r *http.Request) { worked = true; handler(w, r) })
				res, body := tryGet(t, http.MethodGet, url+"/"+name, "")
				if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" || !strings.Contains(body, "error.busy") ||
					strings.Contains(body, "done") || strings.Contains(body, "quick") || res.Header.Get("X-Secret") != "" || res.Header.Get("X-Content-Type-Options") == "" {
					t.Errorf("%d %v %q", res.StatusCode, res.Header, body)
				}
				if worked != (f.begin == nil) {
					t.Errorf("worked on: %v", worked)
				}
			})
		}
	}
}

func TestAFenceThatHoldsChangesNothing(t *testing.T) {
	url := fenced(t, over{}, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "done") })
	for path, want := range map[string]string{"/x": "done", "/quick": "quick"} {
		if res, body := tryGet(t, http.MethodGet, url+path, ""); res.StatusCode != http.StatusOK || body != want {
			t.Errorf("%s: %d %q", path, res.StatusCode, body)
		}
	}
}

func TestAStandbyLivesAndIsNotReady(t *testing.T) {
	server := httptest.NewServer(Standby(english{}))
	defer server.Close()
	for path, want := range map[string]int{"/healthz": 200, "/readyz": 503, "/": 503, "/api/folje/v1/hello": 503} {
		res, body := tryGet(t, http.MethodGet, server.URL+path, "")
		if res.StatusCode != want || strings.HasPrefix(path, "/api") && (res.Header.Get("Retry-After") == "" || !strings.Contains(body, "error.busy")) {
			t.Errorf("%s: %d %v %s", path, res.StatusCode, res.Header, body)
		}
	}
}
