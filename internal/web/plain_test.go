package web_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"folje/internal/apptest"
	"folje/internal/web"
)

func TestThePlainPagesAreServedInsideTheGuard(t *testing.T) {
	site, err := web.NewSite(fstest.MapFS{"index.html": {Data: []byte("<!doctype html>app")}, "plain.css": {Data: []byte("p{}")}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	app := apptest.New(t)
	err = web.Bind(app, web.Config{Site: site, Messages: apptest.Locales(t), Plain: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "plain "+r.URL.Path)
	})})
	if err != nil {
		t.Fatal(err)
	}
	h := apptest.Handler(t, app)
	for path, want := range map[string]string{
		"/plain": "plain /plain", "/plain/ar": "plain /plain/ar", "/plain.css": "p{}", "/plainer": "app", "/": "app",
	} {
		a := apptest.AskWith(t, h, http.Header{"Accept": {"text/html"}}, "GET", path, nil)
		if a.Status != http.StatusOK || !strings.Contains(string(a.Body), want) {
			t.Errorf("%s: %d %s", path, a.Status, a.Body)
		}
		if a.Header.Get("Content-Security-Policy") != web.ContentSecurityPolicy || a.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", path, a.Header)
		}
	}
	if a := apptest.Ask(t, h, "", "POST", "/plain/ar", map[string]any{}); a.Status != http.StatusMethodNotAllowed || a.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d %v", a.Status, a.Header)
	}
}
