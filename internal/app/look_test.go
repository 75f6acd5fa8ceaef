package app_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"folje/internal/app"
	"folje/internal/apptest"
)

// The municipality's colour is in everything that a browser draws with, as soon
// as it is saved and after a start, and the app is as it was once it is gone.
func TestTheAppIsInTheMunicipalitysColour(t *testing.T) {
	dir := t.TempDir()
	s := coloured(t, dir)
	first := s.build()
	before := map[string]string{}
	says := map[string]string{
		"/css/base.css": ":root{--spruce:#005aa0;", "/plain.css": "a,summary{color:#005aa0}", "/manifest.webmanifest": `"theme_color": "#005aa0"`,
		"/install.webmanifest": `"theme_color": "#005aa0"`, "/": `<meta name="theme-color" content="#005aa0" media="(prefers-color-scheme: light)">`,
	}
	for path, mark := range says {
		if before[path] = s.file(path); strings.Contains(before[path], mark) {
			t.Errorf("%s is blue already", path)
		}
	}
	if len(before) == 0 || strings.Contains(before["/"], "modulepreload-->") {
		t.Error("the page is not whole")
	}
	s.paint("#005aa0")
	for path, mark := range says {
		if got := s.file(path); !strings.Contains(got, mark) || strings.Contains(got, `content="#15191b"`) {
			t.Errorf("%s isn't blue", path)
		}
	}
	if !strings.HasPrefix(s.file("/css/base.css"), before["/css/base.css"]) {
		t.Error("the app's own styles aren't before the colour")
	}
	blue := s.build()
	if blue == first || !strings.Contains(s.file("/sw.js"), blue) {
		t.Errorf("the build was %s and is %s", first, blue)
	}
	s.stop()

	s = coloured(t, dir)
	defer s.stop()
	if s.build() != blue || !strings.Contains(s.file("/css/base.css"), says["/css/base.css"]) {
		t.Error("after a start it isn't blue")
	}
	s.paint("")
	for path := range says {
		if s.file(path) != before[path] {
			t.Errorf("%s is not as it was", path)
		}
	}
	if s.build() != first {
		t.Errorf("the build is %s, not %s", s.build(), first)
	}
}

// coloured is the program with the web app's own files.
func coloured(t *testing.T, dir string) *server {
	t.Helper()
	s := &server{TB: t, rings: make(rung, 1)}
	var err error
	if s.app, err = app.Open(dir); err != nil {
		t.Fatal(err)
	}
	err = app.Register(s.app, app.Config{
		Public: os.DirFS(filepath.Join(apptest.Root(), "public")), Locales: apptest.Locales(t), Hooks: filepath.Join(dir, "no-hooks"),
		Origin: "https://folje.example", Admin: "off", Now: func() time.Time { return noon }, Sender: s.rings, Push: app.Push{Contact: "https://folje.example"},
	})
	if err != nil {
		t.Fatal(err)
	}
	s.handler = apptest.Handler(t, s.app)
	return s
}

// paint has an administrator choose a colour.
func (s *server) paint(colour string) {
	s.Helper()
	set, err := s.app.FindFirstRecordByData("settings", "name", "municipality")
	if err != nil {
		s.Fatal(err)
	}
	admin, err := s.app.FindFirstRecordByData("staff", "email", "ada@example.org")
	if err != nil {
		admin = apptest.MustStaff(s, s.app, "ada@example.org", []string{"admin"})
	}
	body := map[string]any{"value": map[string]any{"name": "Björkhults kommun", "colour": colour}}
	if a := apptest.Ask(s, s.handler, apptest.MustToken(s, admin), http.MethodPatch, "/api/collections/settings/records/"+set.Id, body); a.Status != http.StatusOK {
		s.Fatalf("%d %s", a.Status, a.Body)
	}
}
