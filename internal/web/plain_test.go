package web_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"folje/internal/web"
)

func TestThePlainPagesAreServedInsideTheGuard(t *testing.T) {
	r := run(t, func(cfg *web.Config) {
		cfg.Site = site(t, fstest.MapFS{"index.html": {Data: []byte("<!doctype html>app")}, "plain.css": {Data: []byte("p{}")}}, nil)
		cfg.Plain = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.WriteString(w, "plain "+r.URL.Path)
		})
	})
	for path, want := range map[string]string{
		"/plain": "plain /plain", "/plain/ar": "plain /plain/ar", "/plain.css": "p{}", "/plainer": "app", "/": "app",
	} {
		res, body := ask(t, r.addr, "GET", path, "Accept: text/html\r\n", "")
		if res.StatusCode != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d %s", path, res.StatusCode, body)
		}
		if res.Header.Get("Content-Security-Policy") != web.ContentSecurityPolicy || res.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, res.Header)
		}
	}
	if res, _ := ask(t, r.addr, "POST", "/plain/ar", "", "{}"); res.StatusCode != http.StatusMethodNotAllowed || res.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d %v", res.StatusCode, res.Header)
	}
}
