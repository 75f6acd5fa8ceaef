// Package modules_test runs the browser's own modules that decide something
// without a page round them: how pasted text becomes blocks, how two texts are
// made one, when a clock in Stockholm shows a time. Each file in testdata is a
// module whose default export is cases by name; a case fails by throwing.
package modules_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"folje/internal/apptest"
	"folje/test/browser"
)

// shared is the one browser of this package's tests; TestMain owns it.
var shared browser.Shared

func TestMain(m *testing.M) {
	code := m.Run()
	shared.Close()
	os.Exit(code)
}

// outcome is one case: what it threw, or "".
type outcome struct {
	Name   string `json:"name"`
	Failed string `json:"failed"`
}

const page = `<!doctype html><html lang="sv"><meta charset="utf-8"><title>t</title><link rel="icon" href="data:,"><p>…</p>`

func TestModules(t *testing.T) {
	files, err := filepath.Glob("testdata/*_test.js")
	if err != nil || len(files) == 0 {
		t.Fatalf("find the cases: %v, %d files", err, len(files))
	}
	site := serve(t)
	for _, file := range files {
		name := filepath.Base(file)
		t.Run(name, func(t *testing.T) {
			p := shared.Profile(t).Page(browser.Desktop())
			p.Navigate(site + "/cases/")
			for _, o := range run(t, p, "/cases/"+name) {
				t.Run(o.Name, func(t *testing.T) {
					if o.Failed != "" {
						t.Error(o.Failed)
					}
				})
			}
		})
	}
}

// serve answers the app's files, and the cases under /cases/.
func serve(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir("../../public")))
	mux.Handle("/cases/", http.StripPrefix("/cases/", http.FileServer(http.Dir("testdata"))))
	mux.Handle("/calendar/", http.StripPrefix("/calendar/", http.FileServer(http.Dir("../../internal/calendar/testdata"))))
	mux.Handle("/guide/", http.StripPrefix("/guide/", http.FileServer(http.Dir("../../internal/guide/testdata"))))
	mux.Handle("/question/", http.StripPrefix("/question/", http.FileServer(http.Dir("../../internal/question"))))
	mux.Handle("/locales/", messages(t))
	mux.Handle("/vectors/", http.StripPrefix("/vectors/", http.FileServer(http.Dir("../../internal/locale/testdata"))))
	mux.HandleFunc("/cases/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(page))
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}

// messages answers the app's own messages as the server does.
func messages(t *testing.T) http.HandlerFunc {
	t.Helper()
	b := apptest.Locales(t)
	return func(w http.ResponseWriter, r *http.Request) {
		audience, name := path.Split(strings.TrimPrefix(strings.TrimSuffix(r.URL.Path, ".json"), "/locales/"))
		audience = strings.TrimSuffix(audience, "/")
		body := b.Projection(name, audience)
		if name == "keys" {
			body = b.Keys(audience)
		}
		if body == nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body)
	}
}

// run imports the module in the page and runs its cases one after the other.
func run(t *testing.T, p *browser.Page, module string) []outcome {
	t.Helper()
	answer := browser.Eval[string](p, `(async () => {
		const { default: cases } = await import('`+module+`');
		const outcomes = [];
		for (const [name, run] of Object.entries(cases)) {
			let failed = '';
			try { await run() } catch (error) { failed = String(error?.stack ?? error) }
			outcomes.push({ name, failed });
		}
		return JSON.stringify(outcomes);
	})()`)
	var outcomes []outcome
	if err := json.Unmarshal([]byte(answer), &outcomes); err != nil {
		t.Fatalf("read the outcomes: %v", err)
	}
	if len(outcomes) == 0 {
		t.Fatal("the module has no cases")
	}
	return outcomes
}
