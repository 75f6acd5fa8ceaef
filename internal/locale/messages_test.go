package locale_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"folje/internal/locale"
)

const root = "../.."

// message is one entry of a locale file: description and CLDR forms.
type message map[string]string

var cldrForms = map[plural.Form]string{
	plural.Zero: "zero", plural.One: "one", plural.Two: "two",
	plural.Few: "few", plural.Many: "many", plural.Other: "other",
}

// catalogues reads the program's own locale files, by tag.
func catalogues(t *testing.T) map[string]map[string]message {
	t.Helper()
	paths, err := filepath.Glob(root + "/locales/*.json")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no locale files: %v", err)
	}
	all := map[string]map[string]message{}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var messages map[string]message
		if err := json.Unmarshal(raw, &messages); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		all[strings.TrimSuffix(filepath.Base(path), ".json")] = messages
	}
	return all
}

func TestOwnLocalesLoad(t *testing.T) {
	b, err := locale.Load(os.DirFS(root + "/locales"))
	if err != nil {
		t.Fatal(err)
	}
	if source, ok := b.Find(locale.Source); !ok || source.Machine {
		t.Errorf("the source locale: %v, %v", source, ok)
	}
}

// A place to look at is a translator's business.
func TestOwnLocalesHaveNoFaults(t *testing.T) {
	faults, err := locale.Faults(os.DirFS(root + "/locales"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		if f.Soft {
			t.Log("have a look:", f)
		} else {
			t.Error(f)
		}
	}
}

var messageID = regexp.MustCompile(`^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+$`)

func TestMessageIDs(t *testing.T) {
	for id := range catalogues(t)[locale.Source] {
		if !messageID.MatchString(id) {
			t.Errorf("%s is not a lower-case dotted id", id)
		}
	}
}

// go-i18n brings plural rules of its own; a form that CLDR doesn't ask for would
// never have been translated.
func TestPluralRulesAreCLDR(t *testing.T) {
	for tag := range catalogues(t) {
		parsed := language.Make(tag)
		echo := `{` + meta("X", "ltr") + `, "n": {"zero": "zero", "one": "one", "two": "two", "few": "few", "many": "many", "other": "other"}}`
		b, err := locale.Load(fstest.MapFS{
			"sv.json": {Data: []byte(echo)}, tag + ".json": {Data: []byte(echo)},
		})
		if err != nil {
			t.Fatal(err)
		}
		for n := range 1000 {
			want := cldrForms[plural.Cardinal.MatchPlural(parsed, n, 0, 0, 0, 0)]
			if got := b.TextCount(tag, "n", float64(n), nil); got != want {
				t.Fatalf("%s: %d is %s to go-i18n, %s to CLDR", tag, n, got, want)
			}
		}
	}
}
