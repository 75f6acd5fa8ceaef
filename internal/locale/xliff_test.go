package locale_test

import (
	"os"
	"strings"
	"testing"

	"folje/internal/locale"
)

// Our own files come back as they went, byte by byte, also where nothing of
// them is there any more.
func TestExportComesBack(t *testing.T) {
	catalogs, err := locale.ReadCatalogs(os.DirFS(root + "/locales"))
	if err != nil {
		t.Fatal(err)
	}
	source := catalogs[locale.Source]
	for tag, c := range catalogs {
		if tag == locale.Source {
			continue
		}
		exported, err := locale.Export(source, c)
		if err != nil {
			t.Fatal(err)
		}
		for _, before := range []*locale.Catalog{nil, c} {
			back, err := locale.Import(exported, source, before)
			if err != nil {
				t.Fatal(err)
			}
			want, got := written(t, c), written(t, back)
			if got != want {
				t.Errorf("%s comes back otherwise:\n%s", tag, firstDifference(want, got))
			}
			again, err := locale.Export(source, back)
			if err != nil || string(again) != string(exported) {
				t.Errorf("%s is exported otherwise the second time: %v", tag, err)
			}
		}
	}
}

func TestFilesAreWrittenAsTheyStand(t *testing.T) {
	catalogs, err := locale.ReadCatalogs(os.DirFS(root + "/locales"))
	if err != nil {
		t.Fatal(err)
	}
	for tag, c := range catalogs {
		raw, err := os.ReadFile(root + "/locales/" + tag + ".json")
		if err != nil {
			t.Fatal(err)
		}
		if got := written(t, c); got != string(raw) {
			t.Errorf("%s.json isn't as it would be written:\n%s", tag, firstDifference(string(raw), got))
		}
	}
}

func catalog(t *testing.T, tag, raw string) *locale.Catalog {
	t.Helper()
	c, err := locale.ReadCatalog(tag, []byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func written(t *testing.T, c *locale.Catalog) string {
	t.Helper()
	raw, err := c.Write()
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return a[i] + "\n" + b[i]
		}
	}
	return "one is longer"
}

const (
	xliffSource = `{"a": {"description": "A greeting", "other": "Hej <b> & {{.Name}}"}, "n": {"description": "Letters", "one": "{{.Count}} brev", "other": "{{.Count}} brev"},
		"new": {"description": "New", "other": "Ny"}}`
	xliffPolish = `{"a": {"description": "machine: as at home", "hash": "sha256-000000000000", "other": "Cześć <b> & {{.Name}}"},
		"n": {"description": "reviewed", "hash": "sha256-0ef1ad061d0a", "one": "{{.Count}} list", "few": "{{.Count}} listy", "many": "{{.Count}} listów", "other": "{{.Count}} listu"}}`
)

// A translator's program changes targets and states, and leaves out what Weblate
// leaves out.
func TestImportTakesWhatATranslatorDid(t *testing.T) {
	source, before := catalog(t, "sv", xliffSource), catalog(t, "pl", xliffPolish)
	exported, err := locale.Export(source, before)
	if err != nil {
		t.Fatal(err)
	}
	text := string(exported)
	for _, want := range []string{
		`<target state="needs-translation">Cześć &lt;b&gt; &amp; {{.Name}}</target>`, `<note from="translator">as at home</note>`,
		`<group id="n" restype="x-gettext-plurals">`, `id="n[3]" xml:space="preserve" approved="yes"`, `<note from="developer">New</note>`,
	} {
		if !strings.Contains(text, want) {
			t.Fatalf("the file lacks %s:\n%s", want, text)
		}
	}
	text = strings.Replace(text, `<target state="needs-translation">Cześć &lt;b&gt; &amp; {{.Name}}</target>`, `<target>Witaj {{.Name}}</target>`, 1)
	text = strings.Replace(text, `<source>Ny</source>`, `<source>Ny</source><target state="needs-adaptation">Nowy</target>`, 1)
	got, err := locale.Import([]byte(text), source, before)
	if err != nil {
		t.Fatal(err)
	}
	want := written(t, catalog(t, "pl", `{"a": {"description": "reviewed: as at home", "hash": "`+locale.SourceHash(source.Messages["a"].Forms)+`", "other": "Witaj {{.Name}}"},
		"n": {"description": "reviewed", "hash": "sha256-0ef1ad061d0a", "one": "{{.Count}} list", "few": "{{.Count}} listy", "many": "{{.Count}} listów", "other": "{{.Count}} listu"},
		"new": {"description": "machine", "hash": "`+locale.SourceHash(source.Messages["new"].Forms)+`", "other": "Nowy"}}`))
	if written(t, got) != want {
		t.Errorf("got %s\nwant %s", written(t, got), want)
	}
}

// Weblate knows three plurals of Polish, CLDR four.
func TestImportTakesFewerPlurals(t *testing.T) {
	source := catalog(t, "sv", xliffSource)
	exported, err := locale.Export(source, catalog(t, "pl", xliffPolish))
	if err != nil {
		t.Fatal(err)
	}
	text := string(exported)
	at := strings.Index(text, `<trans-unit id="n[3]"`)
	text = text[:at] + text[at+strings.Index(text[at:], "</trans-unit>")+len("</trans-unit>"):]
	got, err := locale.Import([]byte(text), source, nil)
	if err != nil {
		t.Fatal(err)
	}
	if forms := got.Messages["n"].Forms; len(forms) != 4 || forms["many"] != "{{.Count}} listów" || forms["other"] != forms["many"] {
		t.Errorf("got %v", forms)
	}
}

// Some programs hand back only what somebody worked on.
func TestWhatAFileLacksStays(t *testing.T) {
	source := catalog(t, "sv", `{"a": {"description": "d", "other": "Ja"}, "b": {"description": "d", "other": "Nej"}}`)
	before := catalog(t, "en", `{"a": {"other": "Yes"}, "b": {"other": "No"}}`)
	part := catalog(t, "en", `{"a": {"other": "Yes, please"}}`)
	some := &locale.Catalog{Tag: "sv", Messages: map[string]locale.Message{"a": source.Messages["a"]}}
	raw, err := locale.Export(some, part)
	if err != nil {
		t.Fatal(err)
	}
	got, err := locale.Import(raw, source, before)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := got.Messages["a"].Forms["other"], got.Messages["b"].Forms["other"]; a != "Yes, please" || b != "No" {
		t.Errorf("%q and %q", a, b)
	}
}

func TestAFileNamesItsLocaleAsWeDo(t *testing.T) {
	for tag, good := range map[string]bool{
		"ar": true, "fa-AF": true, "sv-simple": true, "AR": false, "fa_AF": false, "../ar": false, "ar/x": false, "..": false, "sv": false, "": false,
	} {
		raw := `<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2"><file source-language="sv" target-language="` + tag + `"><body></body></file></xliff>`
		if got, err := locale.ImportedTag([]byte(raw)); (err == nil) != good || good && got != tag {
			t.Errorf("%s: %q %v", tag, got, err)
		}
	}
}

func TestImportRefuses(t *testing.T) {
	source := catalog(t, "sv", xliffSource)
	good, err := locale.Export(source, catalog(t, "pl", xliffPolish))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ old, new, in string }{
		"not XML":        {"</xliff>", "", "XLIFF"},
		"another source": {`source-language="sv"`, `source-language="en"`, `"en"`},
		"no target":      {`target-language="pl"`, ``, "to"},
		"not a tag":      {`target-language="pl"`, `target-language="p!"`, "p!"},
		"another group":  {`restype="x-gettext-plurals"`, `restype="menu"`, `"n"`},
		"no source":      {`<source>Ny</source>`, ``, `"new"`},
	} {
		t.Run(name, func(t *testing.T) {
			if !strings.Contains(string(good), c.old) {
				t.Fatalf("the file lacks %s", c.old)
			}
			_, err := locale.Import([]byte(strings.Replace(string(good), c.old, c.new, 1)), source, nil)
			if err == nil || !strings.Contains(err.Error(), c.in) {
				t.Errorf("error %v, want one with %s", err, c.in)
			}
		})
	}
}
