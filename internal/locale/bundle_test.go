package locale_test

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"folje/internal/locale"
)

func meta(name, dir string) string {
	return `"locale.name": {"other": "` + name + `"}, "locale.dir": {"other": "` + dir + `"}`
}

// Every file lacks something that a later one in its chain has.
func files() fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, content := range map[string]string{
		"sv.json": `{` + meta("Svenska", "ltr") + `,
			"a": {"description": "d", "other": "a sv"}, "b": {"other": "b sv"}, "c": {"other": "c sv {{.Name}}"},
			"n": {"one": "{{.Count}} brev", "other": "{{.Count}} brev, {{.Name}}"},
			"staff.x": {"other": "x & <y>"}, "translate.x": {"other": "x"}, "poster.x": {"other": "x"}, "error.x": {"other": "x"},
			"push.x": {"other": "x"}, "pushed.x": {"other": "x"}}`,
		"sv-simple.json": `{` + meta("Lätt svenska", "ltr") + `, "a": {"other": "a simple"}}`,
		"en.json": `{` + meta("English", "ltr") + `, "a": {"description": "reviewed: as spoken", "other": "a en"}, "b": {"other": "b en"},
			"n": {"one": "{{.Count}} letter", "other": "{{.Count}} letters"}}`,
		"ar.json": `{` + meta("العربية", "rtl") + `, "a": {"other": "أ {{.Name}}"},
			"n": {"zero": "z", "one": "o", "two": "t", "few": "f {{.Count}}", "many": "m {{.Count}}", "other": "x {{.Count}}"}}`,
		"fa-AF.json": `{` + meta("دری", "rtl") + `}`,
		"README.md":  "not a locale",
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return fsys
}

func load(t testing.TB) *locale.Bundle {
	t.Helper()
	b, err := locale.Load(files())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestText(t *testing.T) {
	b := load(t)
	cases := []struct {
		locale, id string
		params     map[string]any
		want       string
	}{
		{"sv", "a", nil, "a sv"},
		{"sv-simple", "a", nil, "a simple"},
		{"sv-simple", "b", nil, "b sv"},
		{"en", "b", nil, "b en"},
		{"en", "c", map[string]any{"Name": "Åsa"}, "c sv Åsa"},
		{"ar", "a", map[string]any{"Name": "Åsa"}, "أ \u2068Åsa\u2069"},
		{"ar", "a", map[string]any{"Name": 7}, "أ 7"},
		{"ar", "b", nil, "b en"},
		{"ar", "c", map[string]any{"Name": "Åsa"}, "c sv Åsa"},
		{"fa-AF", "b", nil, "b en"},
		{"xx", "b", nil, "b en"},
		{"", "b", nil, "b en"},
		{"sv", "nowhere", nil, "nowhere"},
	}
	for _, c := range cases {
		if got := b.Text(c.locale, c.id, c.params); got != c.want {
			t.Errorf("Text(%q, %q) = %q, want %q", c.locale, c.id, got, c.want)
		}
	}
}

func TestTextCount(t *testing.T) {
	b := load(t)
	cases := []struct {
		locale string
		n      float64
		want   string
	}{
		{"sv", 1, "1 brev"}, {"sv", 2, "2 brev, Åsa"}, {"sv-simple", 0, "0 brev, Åsa"},
		{"en", 1, "1 letter"}, {"en", 0, "0 letters"}, {"fa-AF", 1, "1 letter"},
		{"ar", 0, "z"}, {"ar", 1, "o"}, {"ar", 2, "t"}, {"ar", 3, "f 3"}, {"ar", 11, "m 11"}, {"ar", 100, "x 100"},
		{"sv", 1.5, "1.5 brev, Åsa"}, {"en", 0.5, "0.5 letters"}, {"ar", 1.5, "x 1.5"}, {"sv", 1_000_000, "1000000 brev, Åsa"},
	}
	for _, c := range cases {
		if got := b.TextCount(c.locale, "n", c.n, map[string]any{"Name": "Åsa"}); got != c.want {
			t.Errorf("TextCount(%q, %v) = %q, want %q", c.locale, c.n, got, c.want)
		}
	}
}

func TestTextCountOfOneForm(t *testing.T) {
	b := load(t)
	for _, n := range []int{0, 1, 2, 3, 11, 100} {
		if got := b.TextCount("ar", "a", float64(n), map[string]any{"Name": n}); got != "أ "+strconv.Itoa(n) {
			t.Errorf("%d: %q", n, got)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	b := load(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			b.TextCount("ar", "n", 3, nil)
			b.Text("fa-AF", "c", nil)
			b.Projection("ar", locale.Parent)
		})
	}
	all.Wait()
}

func TestLocales(t *testing.T) {
	b := load(t)
	want := []locale.Info{
		{"sv", "Svenska", "ltr", false},
		{"sv-simple", "Lätt svenska", "ltr", true},
		{"ar", "العربية", "rtl", true},
		{"en", "English", "ltr", false},
		{"fa-AF", "دری", "rtl", true},
	}
	got := b.Locales()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %v\nwant %v", got, want)
	}
	got[0].Tag = "changed"
	if info, ok := b.Find("sv"); !ok || info.Name != "Svenska" {
		t.Error("what Locales returned is the bundle's own")
	}
	if _, ok := b.Find("SV"); ok {
		t.Error("Find took another spelling")
	}
}

func TestProjection(t *testing.T) {
	b := load(t)
	var keys struct {
		Keys string
		List []string
	}
	var parent struct {
		Keys  string
		Texts []any
	}
	if err := json.Unmarshal(b.Keys(locale.Parent), &keys); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b.Projection("ar", locale.Parent), &parent); err != nil {
		t.Fatal(err)
	}
	if want := []string{"a", "b", "c", "locale.dir", "locale.name", "n", "pushed.x"}; !reflect.DeepEqual(keys.List, want) {
		t.Errorf("keys %v, want %v", keys.List, want)
	}
	want := []any{"أ {{.Name}}", "b en", "c sv {{.Name}}", "rtl", "العربية", map[string]any{
		"zero": "z", "one": "o", "two": "t", "few": "f {{.Count}}", "many": "m {{.Count}}", "other": "x {{.Count}}",
	}, "x"}
	if !reflect.DeepEqual(parent.Texts, want) {
		t.Errorf("got  %v\nwant %v", parent.Texts, want)
	}
	if keys.Keys == "" || keys.Keys != parent.Keys {
		t.Errorf("keys %q, texts of keys %q", keys.Keys, parent.Keys)
	}
	if got := string(b.Projection("en", locale.Staff)); !strings.Contains(got, `"texts":["x","x & <y>","x"]`) {
		t.Errorf("staff: %s", got)
	}
	if b.Projection("xx", locale.Parent) != nil || b.Projection("sv", "admin") != nil || b.Projection("sv", "server") != nil || b.Keys("server") != nil {
		t.Error("a projection of what doesn't exist, or isn't for the browser")
	}
}

func TestLoadRefuses(t *testing.T) {
	good := meta("X", "ltr")
	cases := map[string]struct{ file, content, in string }{
		"no source":        {"sv.json", "", "no sv.json"},
		"not JSON":         {"en.json", `{`, "en.json"},
		"not messages":     {"en.json", `{"a": {"other": "x", "extra": "y"}}`, "en.json"},
		"a list":           {"en.json", `["a", "b"]`, "en.json"},
		"a number":         {"en.json", `{"a": 1}`, "en.json"},
		"not a tag":        {"english!.json", `{` + good + `}`, "english!.json"},
		"no plural rules":  {"prs.json", `{` + good + `, "a": {"other": "x"}}`, "prs.json"},
		"no name":          {"en.json", `{` + meta("", "ltr") + `}`, "locale.name"},
		"no direction":     {"en.json", `{` + meta("X", "up") + `}`, "locale.dir"},
		"template logic":   {"en.json", `{` + good + `, "a": {"other": "{{if .X}}y{{end}}"}}`, "message a"},
		"half placeholder": {"en.json", `{` + good + `, "a": {"one": "x", "other": "{{.X}"}}`, "message a"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			fsys := files()
			fsys[c.file] = &fstest.MapFile{Data: []byte(c.content)}
			if c.content == "" {
				delete(fsys, c.file)
			}
			_, err := locale.Load(fsys)
			if err == nil || !strings.Contains(err.Error(), c.in) {
				t.Errorf("error %v, want one with %q", err, c.in)
			}
		})
	}
}
