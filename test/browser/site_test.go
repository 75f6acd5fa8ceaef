package browser_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"folje/test/browser"
)

// shared is the one browser of this package's tests; TestMain owns it.
var shared browser.Shared

func TestMain(m *testing.M) {
	code := m.Run()
	shared.Close()
	os.Exit(code)
}

// site serves pages by path under a strict policy; "/gone" is never there.
func site(t *testing.T, pages map[string]string) *httptest.Server {
	t.Helper()
	types := map[byte]string{'s': "text/javascript", 'l': "text/html; charset=utf-8"}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := pages[r.URL.Path]
		if !ok {
			http.NotFound(w, r)
			return
		}
		kind := types['l']
		if last := r.URL.Path[len(r.URL.Path)-1]; last == 's' {
			kind = types['s']
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'")
		fmt.Fprint(w, body)
	}))
	t.Cleanup(s.Close)
	return s
}

// page wraps a body into a document whose script is /app.js.
func page(body string) string {
	return `<!doctype html><html lang=sv><meta charset=utf-8><title>t</title>` +
		`<meta name=viewport content="width=device-width"><link rel=icon href="data:,">` + body + `<script src=/app.js></script>`
}
