package web

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// edition is a site whose lazily fetched view says which one it is.
func edition(t *testing.T, n int) *Site {
	t.Helper()
	s, err := NewSite(fstest.MapFS{
		"index.html":  {Data: []byte("<!doctype html>")},
		"sw.js":       {Data: []byte("const VERSION = '{{version}}'")},
		"js/app.js":   {Data: []byte("const view = () => import('./view.js')")},
		"js/view.js":  {Data: fmt.Appendf(nil, "export const edition = %d // %s", n, strings.Repeat("long enough to be worth compressing ", 20))},
		"icons/a.png": {Data: []byte("png")},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// started is a server of the edition in the folder, that ran n hours after the
// first.
func started(t *testing.T, folder string, n int) (*Site, http.Handler) {
	t.Helper()
	s := edition(t, n)
	b, err := openBuilds(folder, s, time.Date(2026, 11, 12, n, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return s, b.serve(s, http.NotFoundHandler())
}

func get(h http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func TestTheLastThreeBuildsStayFetchable(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "builds")
	var sites []*Site
	var h http.Handler
	for n := range 6 {
		var s *Site
		s, h = started(t, folder, n)
		sites = append(sites, s)
	}
	for n, s := range sites {
		got := get(h, "/builds/"+s.Build()+"/js/view.js")
		if want := n >= 2; (got.Code == http.StatusOK) != want {
			t.Errorf("edition %d of 6: %d", n, got.Code)
		}
		if got.Code == http.StatusOK && !strings.HasPrefix(got.Body.String(), fmt.Sprintf("export const edition = %d ", n)) {
			t.Errorf("edition %d is %.40s", n, got.Body)
		}
	}
	old := sites[3].Build()
	if got := get(h, "/builds/"+old+"/sw.js").Body.String(); got != "const VERSION = '"+old+"'" {
		t.Errorf("the worker of an earlier build: %s", got)
	}
	if got := get(h, "/builds/"+old+"/"); got.Code != http.StatusOK || got.Header().Get("Content-Type") != "text/html; charset=utf-8" {
		t.Errorf("the page of an earlier build: %d", got.Code)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 4 {
		t.Errorf("%d builds are kept, %v", len(left), err)
	}
}

// A server that goes back to a build keeps the newer one's files for the
// phones that have it already.
func TestGoingBackToABuild(t *testing.T) {
	folder := t.TempDir()
	for n := range 4 {
		started(t, folder, n)
	}
	s := edition(t, 0)
	b, err := openBuilds(folder, s, time.Date(2026, 11, 13, 0, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := openBuilds(folder, edition(t, 5), time.Date(2026, 11, 13, 1, 0, 0, 0, time.UTC)); err != nil {
		t.Fatal(err)
	}
	for n := range 4 {
		if got := get(b.serve(s, http.NotFoundHandler()), "/builds/"+edition(t, n).Build()+"/js/view.js"); got.Code != http.StatusOK {
			t.Errorf("edition %d: %d", n, got.Code)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, edition(t, 1).Build()+".zip")); err == nil {
		t.Error("the build that ran longest ago is still kept")
	}
	if _, err := os.Stat(filepath.Join(folder, s.Build()+".zip")); err != nil {
		t.Error("the build that ran again was taken for an old one")
	}
}

func TestWhatIsInNoBuild(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "secret.txt"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	s, _ := started(t, folder, 0)
	_, h := started(t, folder, 1)
	for _, path := range []string{
		"/builds/", "/builds", "/builds/" + s.Build(), "/builds/" + s.Build() + "/js/missing.js", "/builds/0000000000000000/js/view.js",
		"/builds/" + s.Build() + "/../secret.txt", "/builds/../secret.txt", "/builds/secret.txt/", "/builds//js/view.js", "/js/view.js",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.Path = path
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusNotFound {
			t.Errorf("%s: %d %.40s", path, w.Code, w.Body)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/builds/"+s.Build()+"/js/view.js", nil))
	if w.Code == http.StatusOK {
		t.Error("a file can be posted to")
	}
}

// A damaged archive costs its own build and nothing else; a start that was cut
// short while writing one leaves none that looks whole.
func TestDamagedBuilds(t *testing.T) {
	folder := t.TempDir()
	whole, _ := started(t, folder, 0)
	broken, _ := started(t, folder, 1)
	path := filepath.Join(folder, broken.Build()+".zip")
	packed, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, packed[:len(packed)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "aside"), packed[:100], 0o600); err != nil {
		t.Fatal(err)
	}
	reading, err := os.Open(filepath.Join(folder, "aside")) // as a backup does
	if err != nil {
		t.Fatal(err)
	}
	defer reading.Close()
	s := edition(t, 2)
	b, err := openBuilds(folder, s, time.Date(2026, 11, 12, 2, 0, 0, 0, time.UTC))
	if err == nil {
		t.Error("nobody is told of the damage")
	}
	if info, err := reading.Stat(); err != nil || info.Size() != 100 {
		t.Errorf("what a backup reads changed under it: %v %v", info, err)
	}
	h := b.serve(s, http.NotFoundHandler())
	for build, want := range map[string]int{whole.Build(): 200, broken.Build(): 404, s.Build(): 200} {
		if got := get(h, "/builds/"+build+"/js/view.js"); got.Code != want {
			t.Errorf("%d, want %d", got.Code, want)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "aside")); err == nil {
		t.Error("half a build is left")
	}
}

// Where nothing can be stored, such as on a full disk, what runs is served.
func TestBuildsThatCannotBeKept(t *testing.T) {
	taken := filepath.Join(t.TempDir(), "builds")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := edition(t, 0)
	b, err := openBuilds(taken, s, time.Now())
	if err == nil {
		t.Error("nobody is told")
	}
	if got := get(b.serve(s, http.NotFoundHandler()), "/builds/"+s.Build()+"/js/view.js"); got.Code != http.StatusOK {
		t.Errorf("%d", got.Code)
	}
}
