package modules_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"folje/internal/wording"
	"folje/test/browser"
)

// judged is a comparison and what the server finds in it.
type judged struct {
	Name, Locale, Source, Target string
	Found                        []wording.Fault
}

// A translator's browser finds what the server finds: otherwise she is refused
// what she was told is right.
func TestTheDeskChecksAsTheServerDoes(t *testing.T) {
	raw, err := os.ReadFile("../../internal/wording/testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors []judged
	if err := json.Unmarshal(raw, &vectors); err != nil {
		t.Fatal(err)
	}
	for i, v := range vectors {
		vectors[i].Found = wording.Check(v.Source, v.Target, v.Locale)
	}
	all(t, vectors, len(vectors), "wording_cases.js")
}

// Whatever a phone draws as a link, the desk checks as one.
func TestTheDeskChecksWhatIsDrawnAsALink(t *testing.T) {
	raw, err := os.ReadFile("../../internal/wording/testdata/links.json")
	if err != nil {
		t.Fatal(err)
	}
	var links []any
	if err := json.Unmarshal(raw, &links); err != nil {
		t.Fatal(err)
	}
	all(t, links, len(links), "link_cases.js")
}

// all runs a case for each of the vectors.
func all(t *testing.T, vectors any, count int, cases string) {
	t.Helper()
	p := shared.Profile(t).Page(browser.Desktop())
	p.Navigate(withVectors(t, vectors) + "/cases/")
	outcomes := run(t, p, "/cases/"+cases)
	if len(outcomes) != count {
		t.Errorf("%d of %d comparisons were made", len(outcomes), count)
	}
	for _, o := range outcomes {
		if o.Failed != "" {
			t.Errorf("%s: %s", o.Name, o.Failed)
		}
	}
}

// withVectors serves the app's files and the cases, with /vectors.json beside them.
func withVectors(t *testing.T, vectors any) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.Handle("/", http.FileServer(http.Dir("../../public")))
	mux.Handle("/cases/", http.StripPrefix("/cases/", http.FileServer(http.Dir("testdata"))))
	mux.HandleFunc("/cases/{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write([]byte(page))
	})
	mux.HandleFunc("/vectors.json", func(w http.ResponseWriter, _ *http.Request) {
		_ = json.NewEncoder(w).Encode(vectors) // a browser that hangs up has its own error
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s.URL
}
