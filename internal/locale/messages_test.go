package locale_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
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

func TestEveryMessageInEveryLocale(t *testing.T) {
	all := catalogues(t)
	source := all[locale.Source]
	for tag, messages := range all {
		for id := range source {
			if messages[id] == nil {
				t.Errorf("%s lacks %s", tag, id)
			}
		}
		for id := range messages {
			if source[id] == nil {
				t.Errorf("%s has %s, which %s lacks", tag, id, locale.Source)
			}
		}
	}
}

var messageID = regexp.MustCompile(`^[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+$`)

func TestMessagesAreDescribed(t *testing.T) {
	for id, m := range catalogues(t)[locale.Source] {
		if strings.TrimSpace(m["description"]) == "" {
			t.Errorf("%s has no description for the translator", id)
		}
		if !messageID.MatchString(id) {
			t.Errorf("%s is not a lower-case dotted id", id)
		}
	}
}

func TestMessagesHaveTheirPluralForms(t *testing.T) {
	all := catalogues(t)
	plurals := map[string]bool{}
	for _, messages := range all {
		for id, m := range messages {
			plurals[id] = plurals[id] || len(formsOf(m)) > 1
		}
	}
	for tag, messages := range all {
		needed := pluralForms(t, tag)
		for id, m := range messages {
			want := []string{"other"}
			if plurals[id] {
				want = needed
			}
			if got := formsOf(m); !slices.Equal(got, want) {
				t.Errorf("%s: %s has forms %v, needs %v", tag, id, got, want)
			}
		}
	}
}

// formsOf returns the names of the forms m has a text in, sorted.
func formsOf(m message) []string {
	forms := slices.Sorted(maps.Keys(m))
	return slices.DeleteFunc(forms, func(f string) bool {
		return f == "description" || f == "hash" || strings.TrimSpace(m[f]) == ""
	})
}

// pluralForms returns the CLDR forms that whole numbers take in a locale, and other, sorted.
func pluralForms(t *testing.T, tag string) []string {
	t.Helper()
	parsed, err := language.Parse(tag)
	if err != nil {
		t.Fatal(err)
	}
	forms := map[string]bool{"other": true}
	for n := range 1000 {
		forms[cldrForms[plural.Cardinal.MatchPlural(parsed, n, 0, 0, 0, 0)]] = true
	}
	return slices.Sorted(maps.Keys(forms))
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
			if got := b.TextCount(tag, "n", n, nil); got != want {
				t.Fatalf("%s: %d is %s to go-i18n, %s to CLDR", tag, n, got, want)
			}
		}
	}
}

var placeholders = regexp.MustCompile(`\{\{\.\w+\}\}`)

// ownName are messages of a locale that name it in the sentence, where others
// have {{.Language}}: its name, alone, wouldn't read well.
var ownName = map[string][]string{"sv-simple": {"marks.missing_all"}}

// The forms for none, one and two may leave the count out ("one letter").
func TestMessagesHaveTheSamePlaceholders(t *testing.T) {
	all := catalogues(t)
	for tag, messages := range all {
		for id, m := range messages {
			for _, form := range formsOf(m) {
				got, want := placeholdersOf(m[form]), placeholdersOf(all[locale.Source][id]["other"])
				if slices.Contains([]string{"zero", "one", "two"}, form) {
					got, want = without(got, "{{.Count}}"), without(want, "{{.Count}}")
				}
				if slices.Contains(ownName[tag], id) {
					want = without(want, "{{.Language}}")
				}
				if !slices.Equal(got, want) {
					t.Errorf("%s: %s, form %s, has %v, needs %v", tag, id, form, got, want)
				}
			}
		}
	}
}

func placeholdersOf(s string) []string {
	found := placeholders.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func without(list []string, entry string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return s == entry })
}
