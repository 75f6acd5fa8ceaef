package modules_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"folje/internal/apptest"
	"folje/internal/locale"
	"folje/test/browser"
)

// counted are the numbers that make a difference in some plural rule.
var counted = []float64{0, 1, 2, 3, 5, 11, 21, 100, 1.5}

var placeholder = regexp.MustCompile(`\{\{\.(\w+)\}\}`)

// The browser and the server say the same, character by character: every
// message that both have, in every locale, with names filled in, and each one
// that counts for every number that is counted otherwise.
func TestBrowserAndServerSayTheSame(t *testing.T) {
	b := apptest.Locales(t)
	p := shared.Profile(t).Page(browser.Desktop())
	p.Navigate(serve(t) + "/cases/")
	said := 0
	for _, info := range b.Locales() {
		texts := inBrowser(p, info.Tag)
		for _, audience := range []string{locale.Parent, locale.Staff} {
			for _, id := range keysOf(t, b, audience) {
				said += len(compare(t, b, info.Tag, id, texts[id]))
			}
		}
	}
	t.Logf("%d texts in %d languages", said, len(b.Locales()))
}

// compare gives what the server says, after the texts were compared: the plain
// one first, then one for each number.
func compare(t *testing.T, b *locale.Bundle, tag, id string, texts []string) []string {
	t.Helper()
	want := []string{b.Text(tag, id, names)}
	for _, n := range counted {
		want = append(want, b.TextCount(tag, id, n, withoutCount))
	}
	if !slices.Equal(texts, want) {
		t.Errorf("%s in %s: the browser says %q, the server %q", id, tag, texts, want)
	}
	return want
}

// names fill every placeholder of every message with a name or a number.
var names, withoutCount = func() (map[string]any, map[string]any) {
	all := map[string]any{}
	files, _ := filepath.Glob("../../locales/sv.json")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		for _, m := range placeholder.FindAllStringSubmatch(string(raw), -1) {
			all[m[1]] = "Åsa 5"
		}
	}
	all["Count"] = 7
	rest := map[string]any{}
	for name, value := range all {
		if name != "Count" {
			rest[name] = value
		}
	}
	return all, rest
}()

func keysOf(t *testing.T, b *locale.Bundle, audience string) []string {
	t.Helper()
	var keys struct{ List []string }
	if err := json.Unmarshal(b.Keys(audience), &keys); err != nil || len(keys.List) == 0 {
		t.Fatalf("keys of %s: %v", audience, err)
	}
	return keys.List
}

// inBrowser gives for each message of the locale what the page says: plain,
// then for each number.
func inBrowser(p *browser.Page, tag string) map[string][]string {
	given := func(v any) string {
		raw, _ := json.Marshal(v) // maps of strings and numbers
		return string(raw)
	}
	return browser.Eval[map[string][]string](p, `(async () => {
		const { chooseLocale, fetchMessages, loadMore, t, tn } = await import('/js/i18n/messages.js');
		await loadMore("later", "staff");
		await chooseLocale(`+given(tag)+`);
		const all = Object.assign({}, ...await Promise.all(['parent', 'later', 'staff'].map((audience) => fetchMessages(audience, `+given(tag)+`))));
		return Object.fromEntries(Object.keys(all).map((id) => [id, [t(id, `+given(names)+`),
			...`+given(counted)+`.map((n) => tn(id, n, `+given(withoutCount)+`))]]));
	})()`)
}
