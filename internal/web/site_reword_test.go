package web

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
)

// says are generated files of which one has this wording; "" for none.
func says(wording string) map[string]Generated {
	text := Generated{Known: []byte("known"), Make: func() []byte { return []byte("says " + wording) }}
	if wording != "" {
		text.Wording = []byte(wording)
	}
	return map[string]Generated{
		"/locales/parent/sv.json": text,
		"/locales/parent/en.json": {Known: []byte("en"), Make: func() []byte { return []byte("English") }},
	}
}

func saying(wording string) func() map[string]Generated {
	return func() map[string]Generated { return says(wording) }
}

// A site that nobody has asked for anything is made of what is said when
// somebody does; what changes meanwhile is not lost.
func TestASiteIsReadWhenItIsAsked(t *testing.T) {
	var mu sync.Mutex
	wording, read := "", 0
	now := func() map[string]Generated {
		mu.Lock()
		defer mu.Unlock()
		read++
		return says(wording)
	}
	s := OpenSite(fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}, now)
	wording = "before"
	if s.Reword(now, Look{}) || read != 0 {
		t.Errorf("it was read %d times before anybody asked", read)
	}
	if got := get(s.handler(refuser{}), "/locales/parent/sv.json").Body.String(); got != "says before" {
		t.Error(got)
	}
	s = OpenSite(fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}, now)
	s.Reword(now, Look{Wording: []byte("blue"), Paint: map[string]func([]byte) []byte{
		"/index.html": func(html []byte) []byte { return append(html, "blue"...) },
	}})
	if got := get(s.handler(refuser{}), "/").Body.String(); got != "<!doctype html>blue" {
		t.Errorf("a look that was chosen before anybody asked: %s", got)
	}
	var all sync.WaitGroup
	s = OpenSite(fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}, now)
	for n := range 4 {
		all.Go(func() { s.Build() })
		all.Go(func() {
			mu.Lock()
			wording = fmt.Sprint(n)
			mu.Unlock()
			s.Reword(now, Look{})
		})
	}
	all.Wait()
	if got := get(s.handler(refuser{}), "/locales/parent/sv.json").Body.String(); got != "says "+wording {
		t.Errorf("it says %q, the last was %q", got, wording)
	}
	s = OpenSite(os.DirFS(filepath.Join(t.TempDir(), "none")), now)
	if s.now().files["/index.html"] != nil || s.Build() != "" || s.Check() == nil {
		t.Error("there are files of a folder that isn't there")
	}
}

func reworded(t *testing.T) (*Site, http.Handler) {
	t.Helper()
	s, err := NewSite(fstest.MapFS{
		"index.html":        {Data: []byte("<!doctype html>")},
		"sw.js":             {Data: []byte("const VERSION = '{{version}}', FILES = ['{{files}}']")},
		"js/app.js":         {Data: []byte("export const app = 1")},
		"css/base.css":      {Data: []byte("a{}")},
		"js/staff/index.js": {Data: []byte("export const staff = 1")},
	}, says(""))
	if err != nil {
		t.Fatal(err)
	}
	b, err := openBuilds(filepath.Join(t.TempDir(), "builds"), s, time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	return s, b.serve(s, s.handler(refuser{}))
}

func TestARewordedSiteIsAnotherBuild(t *testing.T) {
	s, h := reworded(t)
	first := s.Build()
	tag := get(h, "/js/app.js").Header().Get("ETag")
	if s.Reword(saying(""), Look{}) || s.Build() != first {
		t.Error("nothing changed, and it is another build")
	}
	if !s.Reword(saying("mine"), Look{}) || !strings.HasPrefix(s.Build(), first+"-") || s.Reword(saying("mine"), Look{}) {
		t.Errorf("first %s, then %s", first, s.Build())
	}
	mine := s.Build()
	for path, want := range map[string]string{
		"/locales/parent/sv.json": "says mine", "/locales/parent/en.json": "English", "/js/app.js": "export const app = 1",
		"/builds/" + mine + "/js/app.js": "export const app = 1", "/builds/" + first + "/js/app.js": "export const app = 1",
		"/builds/" + mine + "/locales/parent/sv.json": "says mine",
	} {
		if got := get(h, path); got.Code != http.StatusOK || got.Body.String() != want {
			t.Errorf("%s: %d %s", path, got.Code, got.Body)
		}
	}
	if worker := get(h, "/sw.js").Body.String(); !strings.Contains(worker, "'"+mine+"'") || !strings.Contains(worker, "/locales/parent/sv.json") {
		t.Errorf("the worker: %s", worker)
	}
	if again := get(h, "/js/app.js").Header().Get("ETag"); again != tag {
		t.Error("a module became another one")
	}
	if !s.Reword(saying("other"), Look{}) || s.Build() == mine || get(h, "/builds/"+mine+"/js/app.js").Code != http.StatusOK {
		t.Error("the build before is gone")
	}
	if !s.Reword(saying(""), Look{}) || s.Build() != first || get(h, "/locales/parent/sv.json").Body.String() != "says " {
		t.Errorf("taken back, it is %s", s.Build())
	}
}

// Whoever asks while texts change gets some version's files, whole.
func TestRewordingWhileEverybodyAsks(t *testing.T) {
	s, h := reworded(t)
	var all sync.WaitGroup
	for n := range 3 {
		all.Go(func() {
			for i := range 30 {
				s.Reword(saying(fmt.Sprint(n, i)), Look{})
			}
		})
		all.Go(func() {
			for range 30 {
				if got := get(h, "/sw.js").Body.String(); strings.Contains(got, "{{") {
					t.Error(got)
				}
				if got := get(h, "/locales/parent/sv.json").Body.String(); !strings.HasPrefix(got, "says") {
					t.Error(got)
				}
			}
		})
	}
	all.Wait()
	s.Reword(saying("mine"), Look{})
	if got := get(h, "/locales/parent/sv.json").Body.String(); got != "says mine" {
		t.Errorf("says %q at last", got)
	}
}

// A painted site is another build, so that phones take it over, and as it was
// once the paint is off. Texts that change meanwhile leave the paint alone.
func TestAPaintedSiteIsAnotherBuild(t *testing.T) {
	s, h := reworded(t)
	first := s.Build()
	look := func(colour string) Look {
		paint := func(body []byte) []byte { return append(bytes.Clone(body), colour...) }
		return Look{Wording: []byte(colour), Paint: map[string]func([]byte) []byte{"/css/base.css": paint, "/index.html": paint, "/none.css": paint}}
	}
	shows := func(colour string) {
		t.Helper()
		for path, want := range map[string]string{"/css/base.css": "a{}", "/": "<!doctype html>", "/staff/people": "<!doctype html>"} {
			r := httptest.NewRequest(http.MethodGet, path, nil)
			r.Header.Set("Sec-Fetch-Mode", "navigate")
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if got := w.Body.String(); w.Code != http.StatusOK || got != want+colour {
				t.Errorf("%s in %q: %d %s", path, colour, w.Code, got)
			}
		}
	}
	shows("")
	if !s.Reword(saying(""), look("blue")) || s.Build() == first {
		t.Error("blue is no other build")
	}
	shows("blue")
	blue := s.Build()
	if !s.Reword(saying("mine"), look("blue")) || s.Build() == blue || get(h, "/locales/parent/sv.json").Body.String() != "says mine" {
		t.Error("other words are no other build")
	}
	shows("blue")
	s.Reword(saying("mine"), look("red"))
	shows("red")
	if s.Reword(saying(""), Look{}); s.Build() != first {
		t.Errorf("without paint it is %s, not %s", s.Build(), first)
	}
	shows("")
}
