package locale_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"folje/internal/locale"
)

// declared are ids that the sources don't show: id, or a pattern with * for one
// part of it, and why. Most computed ids need no entry, since these are read
// from the sources: `staff.kind.${kind}` and "error.letter_needs_" + name.
var declared = map[string]string{
	"error.personal_number": "the example in pb_hooks, which a municipality may delete",
}

// notMessages are literals that look like a missing message and aren't, and why.
var notMessages = map[string]string{}

// source is one file that can say messages.
type source struct{ name, text string }

func (s source) js() bool { return !strings.HasSuffix(s.name, ".go") }

var (
	literal  = regexp.MustCompile("[\"'`]([a-z][a-z0-9_-]*(?:\\.[a-z0-9_-]+)+)[\"'`]")
	template = regexp.MustCompile("`([a-z][a-z0-9_-]*\\.[a-z0-9_.-]*)\\$\\{[^`]*?\\}([a-z0-9_.-]*)`")
	added    = regexp.MustCompile(`["']([a-z][a-z0-9_-]*\.[a-z0-9_.-]*[_.])["']\s*\+`)
	said     = regexp.MustCompile("(?:\\bt|\\btn|\\.Text|\\.TextCount)\\((?:[^()\"'`]*[^\\w\"'`])?[\"'`]([a-z0-9_.-]+)[\"'`]")
)

// sources reads every file that can say a message, tests and vendored ones left out.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	repository := os.DirFS(root)
	err := fs.WalkDir(repository, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if slices.Contains([]string{"vendor", "node_modules", "testdata", "test", "docs", "tools", "packs"}, entry.Name()) ||
				len(entry.Name()) > 1 && entry.Name()[0] == '.' {
				return fs.SkipDir
			}
			return nil
		}
		if !slices.Contains([]string{".go", ".js", ".html"}, path.Ext(name)) || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		raw, err := fs.ReadFile(repository, name)
		all = append(all, source{name, string(raw)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// computed returns the ids that a source makes from a part it doesn't show.
func (s source) computed() []string {
	var patterns []string
	if s.js() {
		for _, m := range template.FindAllStringSubmatch(s.text, -1) {
			patterns = append(patterns, m[1]+"*"+m[2])
		}
	}
	for _, m := range added.FindAllStringSubmatch(s.text, -1) {
		patterns = append(patterns, m[1]+"*")
	}
	return patterns
}

// matcher makes a pattern with * a regular expression.
func matcher(pattern string) *regexp.Regexp {
	return regexp.MustCompile("^" + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, "[a-z0-9_-]+") + "$")
}

func TestEveryMessageIsUsed(t *testing.T) {
	used := map[string]bool{}
	patterns := map[string]bool{}
	for _, s := range sources(t) {
		for _, m := range literal.FindAllStringSubmatch(s.text, -1) {
			used[m[1]] = true
		}
		for _, p := range s.computed() {
			patterns[p] = true
		}
	}
	for p := range declared {
		patterns[p] = true
	}
	var matchers []*regexp.Regexp
	for p := range patterns {
		matchers = append(matchers, matcher(p))
	}
	for id := range catalogues(t)[locale.Source] {
		if !used[id] && !slices.ContainsFunc(matchers, func(m *regexp.Regexp) bool { return m.MatchString(id) }) {
			t.Errorf("nothing says %s", id)
		}
	}
}

// A message that is said must exist: whatever t, tn, Text and TextCount are
// called with; in the browser's code every literal that begins as a message
// does; on the server every literal that begins with "error.".
func TestEveryUsedMessageExists(t *testing.T) {
	messages := catalogues(t)[locale.Source]
	areas := map[string]bool{"staff": true, "translate": true, "poster": true}
	for id := range messages {
		area, _, _ := strings.Cut(id, ".")
		areas[area] = true
	}
	for _, s := range sources(t) {
		for _, id := range s.ids(areas) {
			if messages[id] == nil && notMessages[id] == "" {
				t.Errorf("%s says %s, which no locale has", s.name, id)
			}
		}
		for _, p := range s.computed() {
			if area, _, _ := strings.Cut(p, "."); areas[area] && notMessages[p] == "" && !anyMatches(messages, matcher(p)) {
				t.Errorf("%s says %s, which fits no message", s.name, p)
			}
		}
	}
}

// What only the server has can't be said by the browser's code.
func TestBrowserSaysNoServerMessage(t *testing.T) {
	for _, s := range sources(t) {
		if !s.js() {
			continue
		}
		for _, id := range append(s.ids(map[string]bool{"push": true}), s.computed()...) {
			if strings.HasPrefix(id, "push.") {
				t.Errorf("%s says %s, which the browser doesn't get", s.name, id)
			}
		}
		// Codes of refusals are compared with; their words come with the answer.
		for _, m := range said.FindAllStringSubmatch(s.text, -1) {
			if strings.HasPrefix(m[1], "error.") {
				t.Errorf("%s says %s, which the browser doesn't get", s.name, m[1])
			}
		}
	}
}

// ids returns the message ids in the source, as far as they stand there whole.
func (s source) ids(areas map[string]bool) []string {
	var ids []string
	for _, m := range said.FindAllStringSubmatch(s.text, -1) {
		if messageID.MatchString(m[1]) {
			ids = append(ids, m[1])
		}
	}
	for _, m := range literal.FindAllStringSubmatch(s.text, -1) {
		area, rest, _ := strings.Cut(m[1], ".")
		file := slices.Contains([]string{"js", "css", "html", "json", "svg", "png"}, rest)
		if s.js() && areas[area] && !file || area == "error" && !strings.HasSuffix(rest, "_") {
			ids = append(ids, m[1])
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func anyMatches(messages map[string]message, m *regexp.Regexp) bool {
	for id := range messages {
		if m.MatchString(id) {
			return true
		}
	}
	return false
}

// The readers of the sources above must see what they are for.
func TestUsageIsRead(t *testing.T) {
	js := source{"x.js", "t('state.a'); t(x ? 'state.b' : \"state.c\", {A: 1}); tn(`state.d`, 2); t(`staff.kind.${a?.b ?? 'c'}_hint`); const l = { label: 'nav.x', file: 'nav.js' }; `<p id=\"no.${x}\">`"}
	if got, want := js.ids(map[string]bool{"state": true, "nav": true}), []string{"nav.x", "state.a", "state.b", "state.c", "state.d"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := js.computed(), []string{"staff.kind.*_hint"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	server := source{"x.go", `b.Text(tag, "poster.line", nil); f("error.x"); g("letter.title"); Code: "error.needs_" + name`}
	if got, want := server.ids(map[string]bool{"letter": true}), []string{"error.x", "poster.line"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if got, want := server.computed(), []string{"error.needs_*"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if m := matcher("staff.kind.*_hint"); !m.MatchString("staff.kind.item_hint") || m.MatchString("staff.kind.a.b_hint") {
		t.Error("a * is one part of an id")
	}
}
