// Package inventory compares what the app stores in a browser with what it says
// that it stores: the list that the page about the app shows
// (public/js/data/inventory.js).
package inventory

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"

	"folje/test/browser"
)

// Kinds of what is stored.
const (
	Store = "store" // of IndexedDB
	Key   = "key"   // of localStorage
	Tab   = "tab"   // a key of sessionStorage
	Cache = "cache"
)

// Kept is one row of the list. Its name may have a * for whatever follows.
type Kept struct{ Kind, Name, Why, Who string }

// row is how one is written, on a line of its own.
var row = regexp.MustCompile(`(?m)^  \{ kind: '(\w+)', name: '([^']+)', why: '([^']+)', who: '(\w+)' \},$`)

// Read gives the list of the web app in the repository's root.
func Read(root string) ([]Kept, error) {
	text, err := os.ReadFile(filepath.Join(root, "public", "js", "data", "inventory.js"))
	if err != nil {
		return nil, fmt.Errorf("read the inventory: %w", err)
	}
	var all []Kept
	for _, m := range row.FindAllStringSubmatch(string(text), -1) {
		all = append(all, Kept{m[1], m[2], m[3], m[4]})
	}
	return all, nil
}

// Has tells whether the list has something of a kind by its name.
func Has(list []Kept, kind, name string) bool {
	for _, k := range list {
		if fits, err := path.Match(k.Name, name); err == nil && fits && k.Kind == kind {
			return true
		}
	}
	return false
}

// Unlisted gives what a browser keeps and the list doesn't have. The app has no
// cookies, so every one is among them.
func Unlisted(list []Kept, found browser.Stored) []string {
	var missing []string
	for kind, names := range map[string][]string{Store: found.Stores, Key: found.Keys, Tab: found.Tab, Cache: found.Caches} {
		for _, name := range names {
			if !Has(list, kind, name) {
				missing = append(missing, kind+" "+name)
			}
		}
	}
	for _, cookie := range found.Cookies {
		missing = append(missing, "cookie "+cookie)
	}
	return missing
}
