package web

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

func smallSite(t *testing.T, style string) *Site {
	t.Helper()
	s, err := NewSite(fstest.MapFS{
		"index.html": {Data: []byte("<!doctype html>")}, "js/app.js": {Data: []byte("export {}\n")},
		"css/base.css": {Data: []byte(strings.Repeat(style, 100))},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What a start compressed the next one takes, by what it is the form of: a file
// that changed meanwhile is compressed itself.
func TestCompressedFilesAreKept(t *testing.T) {
	path := filepath.Join(t.TempDir(), "compressed.zip")
	if err := smallSite(t, "p { color: red }").keepForms(path); err != nil {
		t.Fatal(err)
	}
	kept, err := readForms(path)
	if err != nil || len(kept) != 2 {
		t.Fatalf("kept %d forms, %v", len(kept), err)
	}
	for name := range kept {
		kept[name] = []byte("kept")
	}
	for style, want := range map[string]bool{"p { color: red }": true, "p { color: blue }": false} {
		s := smallSite(t, style)
		s.useForms(kept)
		c := s.now().files["/css/base.css"].content()
		if got := string(c.brotli()) == "kept" && string(c.gzip()) == "kept"; got != want {
			t.Errorf("%s: taken from what was kept: %v, want %v", style, got, want)
		}
	}
}

// A file that is damaged is told, and made anew.
func TestDamagedCompressedFilesAreMadeAnew(t *testing.T) {
	path := filepath.Join(t.TempDir(), "compressed.zip")
	s := smallSite(t, "p { color: red }")
	if err := s.keepForms(path); err != nil {
		t.Fatal(err)
	}
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	form := s.now().files["/css/base.css"].content().brotli()
	at := bytes.Index(good, form)
	if at < 0 {
		t.Fatal("the archive does not hold the form as it is")
	}
	bad := bytes.Clone(good)
	bad[at]++
	if err := os.WriteFile(path, bad, 0o600); err != nil {
		t.Fatal(err)
	}
	if kept, err := readForms(path); err == nil {
		t.Errorf("a damaged archive gives %d forms", len(kept))
	}
	if err := s.keepForms(path); err != nil {
		t.Fatal(err)
	}
	if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, good) {
		t.Errorf("it was not made anew: %v", err)
	}
}

// A generated file that was kept is not made again, unless it would be made of
// something else.
func TestGeneratedFilesAreKept(t *testing.T) {
	path, made := filepath.Join(t.TempDir(), "compressed.zip"), 0
	site := func(known, wording string) *Site {
		s, err := NewSite(fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}}, map[string]Generated{
			"/locales/parent/sv.json": {Known: []byte(known), Wording: []byte(wording), Make: func() []byte {
				made++
				return []byte(strings.Repeat("says "+known+wording, 100))
			}},
		})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	first := site("one", "")
	if err := first.keepForms(path); err != nil || made != 1 {
		t.Fatalf("made %d times, %v", made, err)
	}
	kept, err := readForms(path)
	if err != nil {
		t.Fatal(err)
	}
	of := func(s *Site) *content { return s.now().files["/locales/parent/sv.json"].content() }
	for _, c := range []struct {
		known, wording string
		made           int
	}{{"one", "", 1}, {"two", "", 2}, {"one", "mine", 3}, {"o", "ne", 4}} {
		s := site(c.known, c.wording)
		s.useForms(kept)
		got := of(s)
		if want := strings.Repeat("says "+c.known+c.wording, 100); string(got.bytes()) != want || made != c.made {
			t.Errorf("%s %s: made %d times, and says %.20s", c.known, c.wording, made, got.bytes())
		}
		if c.made == 1 && (got.hash != of(first).hash || !bytes.Equal(got.brotli(), of(first).brotli())) {
			t.Error("it is another file when it is kept")
		}
		if err := s.keepForms(filepath.Join(t.TempDir(), "again.zip")); err != nil {
			t.Error(err)
		}
	}
}
