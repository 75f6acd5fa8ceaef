package inventory

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"folje/internal/apptest"
	"folje/test/browser"
)

// keeps are the ways in which the app's modules store something; each has one
// group, the name: a literal, or a constant's.
var keeps = map[string]*regexp.Regexp{
	Store: regexp.MustCompile(`createObjectStore\(\s*([^,)]+)`),
	Key:   regexp.MustCompile(`localStorage\??\.(?:get|set|remove)Item\(\s*([^,)]+)`),
	Tab:   regexp.MustCompile(`sessionStorage\??\.(?:get|set|remove)Item\(\s*([^,)]+)`),
	Cache: regexp.MustCompile(`caches\.open\(\s*([^,)]+)`),
}

// unseen are ways in which this test can't tell what is stored.
var unseen = regexp.MustCompile(`document\.cookie|cookieStore|(?:local|session)Storage\[|(?:local|session)Storage\.(?:clear|key)\(|storage\.getDirectory|openDatabase|indexedDB\.open\(|showSaveFilePicker`)

var constant = regexp.MustCompile(`(?m)^(?:export )?const (\w+) = (.+)$`)

// bySDK is what PocketBase's SDK stores, whose code is vendored: where the
// browser is somebody's own, or with the tab on a shared one.
var bySDK = []Kept{{Kind: Key, Name: "pocketbase_auth"}, {Kind: Tab, Name: "pocketbase_auth"}}

// module is one file of the web app.
type module struct{ name, text string }

func modules(t *testing.T) []module {
	t.Helper()
	var all []module
	public := filepath.Join(apptest.Root(), "public")
	err := filepath.WalkDir(public, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == "vendor":
			return fs.SkipDir
		case filepath.Ext(path) != ".js" && filepath.Ext(path) != ".html" || entry.Name() == "inventory.js":
			return nil
		}
		text, err := os.ReadFile(path)
		all = append(all, module{entry.Name(), withoutComments(string(text))})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var comments = regexp.MustCompile(`(?s:/\*.*?\*/)|(?m:^\s*//.*$)`)

func withoutComments(text string) string { return comments.ReplaceAllString(text, "") }

// named resolves an expression to the name it stands for: a literal, or a
// constant, of this module if it has one of that name, otherwise of another.
// Constants that are added may end in what only the build knows: *.
func named(expression string, here module, all []module) (string, bool) {
	expression = strings.TrimSpace(expression)
	if len(expression) > 1 && (expression[0] == '\'' || expression[0] == '"') {
		return strings.Trim(expression, `'"`), true
	}
	if left, _, added := strings.Cut(expression, " + "); added {
		name, ok := named(left, here, all)
		return name + "*", ok
	}
	for _, m := range append([]module{here}, all...) {
		for _, c := range constant.FindAllStringSubmatch(m.text, -1) {
			if c[1] == expression && (m.name == here.name || strings.Contains(m.text, "export const "+expression+" = ")) {
				return named(c[2], m, all)
			}
		}
	}
	return "", false
}

// Whatever the app's modules store is in the list that its page about itself
// shows, and what the list has is stored.
func TestEverythingStoredIsListed(t *testing.T) {
	list, err := Read(apptest.Root())
	if err != nil || len(list) < 10 {
		t.Fatalf("%d rows, %v", len(list), err)
	}
	stored := slices.Clone(bySDK)
	all := modules(t)
	for _, m := range all {
		if found := unseen.FindString(m.text); found != "" {
			t.Errorf("%s stores with %s, where nobody sees what", m.name, found)
		}
		for kind, pattern := range keeps {
			for _, found := range pattern.FindAllStringSubmatch(m.text, -1) {
				name, ok := named(found[1], m, all)
				if !ok {
					t.Errorf("%s stores a %s under a name that nobody sees: %s", m.name, kind, found[1])
					continue
				}
				stored = append(stored, Kept{Kind: kind, Name: name})
				if !Has(list, kind, name) {
					t.Errorf("%s stores the %s %s, which public/js/data/inventory.js does not list", m.name, kind, name)
				}
			}
		}
	}
	for _, k := range list {
		if !slices.ContainsFunc(stored, func(s Kept) bool { return s.Kind == k.Kind && s.Name == k.Name }) {
			t.Errorf("nothing stores the %s %s", k.Kind, k.Name)
		}
	}
}

func TestWhatIsNotListedIsFound(t *testing.T) {
	list := []Kept{{Kind: Store, Name: "meta"}, {Kind: Cache, Name: "shell-*"}}
	found := browser.Stored{Stores: []string{"meta", "other/rows"}, Keys: []string{"meta"}, Caches: []string{"shell-1"}, Cookies: []string{"a=b"}}
	got := Unlisted(list, found)
	slices.Sort(got)
	if want := []string{"cookie a=b", "key meta", "store other/rows"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	here := module{"a.js", "const PREFIX = 'shell-'\nconst CACHE = PREFIX + VERSION\n"}
	if name, ok := named("CACHE", here, nil); !ok || name != "shell-*" {
		t.Errorf("%q %v", name, ok)
	}
	if name, ok := named("key", here, nil); ok {
		t.Errorf("a variable is %q", name)
	}
}
