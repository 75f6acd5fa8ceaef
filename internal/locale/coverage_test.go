package locale_test

import (
	"os"
	"strings"
	"testing"

	"folje/internal/locale"
)

func TestCoverageCounts(t *testing.T) {
	source := catalog(t, "sv", `{"a": {"other": "a"}, "b": {"other": "b"}, "c": {"other": "c"}, "d": {"other": "d"}, "locale.name": {"other": "Svenska"}}`)
	hash := func(text string) string { return locale.SourceHash(map[string]string{"other": text}) }
	c := catalog(t, "en", `{"locale.name": {"other": "English"},
		"a": {"description": "reviewed", "hash": "`+hash("a")+`", "other": "A"},
		"b": {"description": "reviewed", "hash": "`+hash("before")+`", "other": "B"},
		"c": {"description": "machine", "hash": "`+hash("c")+`", "other": "C"}}`)
	want := locale.Coverage{Tag: "en", Name: "English", Total: 4, Missing: 1, Machine: 1, Outdated: 1, Reviewed: 1}
	if got := locale.CoverageOf(source, c); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// docs/languages.md tells openly how far each locale has come.
func TestCoverageIsTold(t *testing.T) {
	catalogs, err := locale.ReadCatalogs(os.DirFS(root + "/locales"))
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(root + "/docs/languages.md")
	if err != nil {
		t.Fatal(err)
	}
	if table := locale.CoverageTable(catalogs); !strings.Contains(string(page), table) {
		t.Errorf("docs/languages.md lacks what `go run . locales table` prints:\n%s", table)
	}
}
