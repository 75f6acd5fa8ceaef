package web

import (
	"fmt"
	"net/http"
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

func reworded(t *testing.T) (*Site, http.Handler) {
	t.Helper()
	s, err := NewSite(fstest.MapFS{
		"index.html": {Data: []byte("<!doctype html>")},
		"sw.js":      {Data: []byte("const VERSION = '{{version}}', FILES = ['{{files}}']")},
		"js/app.js":  {Data: []byte("export const app = 1")},
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
	if s.Reword(says("")) || s.Build() != first {
		t.Error("nothing changed, and it is another build")
	}
	if !s.Reword(says("mine")) || !strings.HasPrefix(s.Build(), first+"-") || s.Reword(says("mine")) {
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
	if !s.Reword(says("other")) || s.Build() == mine || get(h, "/builds/"+mine+"/js/app.js").Code != http.StatusOK {
		t.Error("the build before is gone")
	}
	if !s.Reword(says("")) || s.Build() != first || get(h, "/locales/parent/sv.json").Body.String() != "says " {
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
				s.Reword(says(fmt.Sprint(n, i)))
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
	s.Reword(says("mine"))
	if got := get(h, "/locales/parent/sv.json").Body.String(); got != "says mine" {
		t.Errorf("says %q at last", got)
	}
}
