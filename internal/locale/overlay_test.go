package locale_test

import (
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"folje/internal/locale"
)

// present is the hash of the source's message with these forms.
func present(forms ...string) string {
	if len(forms) == 1 {
		return locale.SourceHash(map[string]string{"other": forms[0]})
	}
	return locale.SourceHash(map[string]string{"one": forms[0], "other": forms[1]})
}

var (
	hashA = present("a sv")
	hashN = present("{{.Count}} brev", "{{.Count}} brev")
)

// edited is a bundle of two locales, whose English stands for the present
// source in `current` and for an earlier one in `old`.
func editable(t *testing.T) *locale.Bundle {
	t.Helper()
	b, err := locale.Load(fstest.MapFS{
		"sv.json": {Data: []byte(`{` + meta("Svenska", "ltr") + `,
			"current": {"description": "d", "other": "a sv"}, "old": {"description": "d", "other": "a sv"},
			"n": {"description": "d", "one": "{{.Count}} brev", "other": "{{.Count}} brev"},
			"staff.x": {"description": "d", "other": "a sv"}, "push.x": {"description": "d", "other": "a sv"}}`)},
		"en.json": {Data: []byte(`{` + meta("English", "ltr") + `,
			"current": {"description": "reviewed", "hash": "` + hashA + `", "other": "current en"},
			"old": {"description": "reviewed", "hash": "sha256-before", "other": "old en"},
			"n": {"description": "machine", "hash": "` + hashN + `", "one": "{{.Count}} letter", "other": "{{.Count}} letters"},
			"staff.x": {"description": "reviewed", "hash": "` + hashA + `", "other": "x en"},
			"push.x": {"description": "reviewed", "hash": "` + hashA + `", "other": "x en"}}`)},
		"ar.json": {Data: []byte(`{` + meta("العربية", "rtl") + `, "current": {"other": "ar {{.Name}}"}}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAnEditIsSaid(t *testing.T) {
	b := editable(t)
	b.Edit("en", "current", []locale.Edit{{Form: "other", Text: "mine", Source: hashA, Reviewed: true}})
	if got := b.Text("en", "current", nil); got != "mine" {
		t.Errorf("said %q", got)
	}
	if got := b.Text("ar", "current", map[string]any{"Name": "Åsa"}); got != "ar \u2068Åsa\u2069" {
		t.Errorf("another locale says %q", got)
	}
	if frozen := b.Frozen(); !b.Edit("en", "current", nil) || frozen.Text("en", "current", nil) != "mine" {
		t.Error("what is frozen follows")
	}
	if got := b.Text("en", "current", nil); got != "current en" {
		t.Errorf("taken back, said %q", got)
	}
	if b.Edit("en", "current", nil) || b.Edit("xx", "current", []locale.Edit{{Form: "other", Text: "mine", Source: hashA}}) {
		t.Error("nothing changed, and it says so")
	}
}

func TestAnEditIsolatesNames(t *testing.T) {
	b := editable(t)
	b.Edit("ar", "current", []locale.Edit{{Form: "other", Text: "mine {{.Name}}", Source: hashA}})
	if got := b.Text("ar", "current", map[string]any{"Name": "Åsa"}); got != "mine \u2068Åsa\u2069" {
		t.Errorf("said %q", got)
	}
}

func TestAFormIsEditedAlone(t *testing.T) {
	b := editable(t)
	b.Edit("en", "n", []locale.Edit{{Form: "one", Text: "one single letter", Source: hashN}})
	if one, two := b.TextCount("en", "n", 1, nil), b.TextCount("en", "n", 2, nil); one != "one single letter" || two != "2 letters" {
		t.Errorf("said %q, %q", one, two)
	}
	b.Edit("ar", "n", []locale.Edit{{Form: "one", Text: "mine", Source: hashN}})
	if got := b.TextCount("ar", "n", 1, nil); got != "one single letter" { // English is what it falls back to
		t.Errorf("a message that lacks forms is said: %q", got)
	}
	b.Edit("en", "n", []locale.Edit{{Form: "few", Text: "not an English form", Source: hashN}})
	if got := b.TextCount("en", "n", 2, nil); got != "2 letters" {
		t.Errorf("said %q", got)
	}
}

func TestAnOutdatedEditGivesWayToANewerFile(t *testing.T) {
	b := editable(t)
	b.EditAll(locale.Edits{"en": {
		"current": {{Form: "other", Text: "mine", Source: "sha256-before"}},
		"old":     {{Form: "other", Text: "mine", Source: "sha256-before"}},
		"gone":    {{Form: "other", Text: "mine", Source: "sha256-before"}},
	}})
	for id, want := range map[string]string{"current": "current en", "old": "mine", "gone": "gone"} {
		if got := b.Text("en", id, nil); got != want {
			t.Errorf("%s: said %q, want %q", id, got, want)
		}
	}
}

// The file beside it passed the checks with the present source; an edit of an
// earlier one may ask for what the app doesn't say any more, or leave out what
// it does.
func TestAnOutdatedEditWithOtherPlaceholdersIsNotSaid(t *testing.T) {
	b, err := locale.Load(fstest.MapFS{
		"sv.json": {Data: []byte(`{` + meta("Svenska", "ltr") + `, "hello": {"description": "d", "other": "Hej {{.Name}}"}, "new": {"description": "d", "other": "Hej {{.Name}}"}}`)},
		"en.json": {Data: []byte(`{` + meta("English", "ltr") + `, "hello": {"description": "reviewed", "hash": "sha256-before", "other": "Hello {{.Name}}"}}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	said := func(key, text, want string) {
		t.Helper()
		b.Edit("en", key, []locale.Edit{{Form: "other", Text: text, Source: "sha256-earlier", Reviewed: true}})
		if got := b.Text("en", key, map[string]any{"Name": "Åsa"}); got != want {
			t.Errorf("%s edited as %q says %q, want %q", key, text, got, want)
		}
	}
	said("hello", "Hi {{.Name}}", "Hi Åsa")
	said("hello", "Hi {{.Person}}", "Hello Åsa")
	said("hello", "Hi there", "Hello Åsa")
	said("new", "Hi {{.Person}}", "Hej Åsa")
}

func TestABrowserGetsWhatWasEdited(t *testing.T) {
	b := editable(t)
	known := func(audience string) string {
		return string(b.Known("en", audience)) + string(b.Wording("en", audience))
	}
	parent, staff := known(locale.Parent), known(locale.Staff)
	if b.Wording("en", locale.Parent) != nil {
		t.Error("something is edited")
	}
	b.Edit("en", "push.x", []locale.Edit{{Form: "other", Text: "mine", Source: hashA}})
	if known(locale.Parent) != parent || known(locale.Staff) != staff {
		t.Error("what only the server says changes what browsers get")
	}
	b.Edit("en", "current", []locale.Edit{{Form: "other", Text: "mine", Source: hashA}})
	if known(locale.Parent) == parent || known(locale.Staff) != staff {
		t.Error("parents' texts changed, and nobody else's")
	}
	got := string(b.Projection("en", locale.Parent))
	if !strings.Contains(got, `"mine"`) || !strings.Contains(got, `"old en"`) || strings.Contains(got, `"current en"`) {
		t.Errorf("got %s", got)
	}
	b.Edit("en", "current", nil)
	if known(locale.Parent) != parent {
		t.Error("taken back, it isn't as before")
	}
}

// A locale is reviewed when all of it is, wherever.
func TestWhatIsReviewedHereCounts(t *testing.T) {
	b := editable(t)
	review := func(id, hash string, forms ...string) {
		var edits []locale.Edit
		for _, form := range forms {
			edits = append(edits, locale.Edit{Form: form, Text: "mine {{.Count}}", Source: hash, Reviewed: true})
		}
		b.Edit("en", id, edits)
	}
	machine := func() bool { info := b.Locales()[2]; return info.Tag == "en" && info.Machine }
	review("old", hashA, "other")
	review("n", hashN, "one")
	if !machine() {
		t.Error("a form is left")
	}
	review("n", hashN, "one", "other")
	if machine() {
		t.Error("all of it is reviewed")
	}
	review("n", "sha256-before", "one", "other")
	if !machine() {
		t.Error("the source has changed since")
	}
}

func TestEditsWhileEverybodySpeaks(t *testing.T) {
	b := editable(t)
	var all sync.WaitGroup
	for n := range 4 {
		all.Go(func() {
			for i := range 50 {
				b.Edit("en", "m"+strconv.Itoa(n), []locale.Edit{{Form: "other", Text: "x", Source: hashA}})
				b.Edit("en", "current", []locale.Edit{{Form: "other", Text: strconv.Itoa(i), Source: hashA}})
			}
		})
		all.Go(func() {
			for range 50 {
				if b.Text("en", "current", nil) == "" || b.Projection("en", locale.Parent) == nil || len(b.Locales()) != 3 {
					t.Error("said nothing")
				}
				b.Wording("en", locale.Parent)
			}
		})
	}
	all.Wait()
	if got := b.Text("en", "current", nil); got != "49" {
		t.Errorf("said %q at last", got)
	}
}

func TestMerge(t *testing.T) {
	source := locale.Message{ID: "n", Forms: map[string]string{"one": "{{.Count}} brev", "other": "{{.Count}} brev"}}
	own := locale.Message{ID: "n", State: locale.Reviewed, Hash: hashN, Comment: "as we say", Forms: map[string]string{"one": "1 letter", "other": "letters"}}
	edit := func(source string, reviewed bool) []locale.Edit {
		return []locale.Edit{{Form: "one", Text: "mine", Source: source, Reviewed: reviewed}}
	}
	for name, c := range map[string]struct {
		edits []locale.Edit
		state locale.State
		hash  string
		won   bool
	}{
		"reviewed": {edit(hashN, true), locale.Reviewed, hashN, true},
		"not yet":  {edit(hashN, false), locale.Machine, hashN, true},
		"outdated": {edit("sha256-before", true), locale.Reviewed, hashN, false},
		"none":     {nil, locale.Reviewed, hashN, false},
	} {
		m, won := locale.Merge("en", source, own, c.edits)
		if won != c.won || m.State != c.state || m.Hash != c.hash || m.Comment != own.Comment || won && m.Forms["one"] != "mine" || m.Forms["other"] != "letters" {
			t.Errorf("%s: %v %+v", name, won, m)
		}
	}
	own.Hash = "sha256-older"
	if m, won := locale.Merge("en", source, own, edit(hashN, true)); !won || m.Hash != "sha256-older" {
		t.Errorf("a form that is left is outdated: %v %+v", won, m)
	}
}
