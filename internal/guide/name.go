package guide

import (
	"fmt"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"folje/internal/pattern"
)

// municipality is the placeholder of the municipality's name; no entry has this
// key.
const municipality = "municipality"

// placeSuffix makes the placeholder of an entry's place of the entry's key; no
// key ends in it.
const placeSuffix = "_place"

var placeholders = pattern.Of(`\{\{\.([a-z0-9_]+)\}\}`)

func placeholder(name string) string { return "{{." + name + "}}" }

// Names are what placeholders in texts stand for. The browser's twin is
// public/js/data/guidenames.js; both must say the same of
// testdata/names.json.
type Names struct {
	Municipality string           `json:"municipality"`
	Entries      map[string]Named `json:"entries"` // by key
}

// Named is an entry as texts name it. Title is in the reader's language, as it
// is stored.
type Named struct {
	Name  string `json:"name"`
	Place string `json:"place"`
	Title string `json:"title"`
}

// Put gives the text with names in the place of placeholders: an entry's name,
// or its title where it has none, or what the key says where there is no such
// entry; a place's name, or its entry's. In a text that runs right to left the
// names are isolated (U+2068 … U+2069), so that a Swedish name doesn't turn the
// sentence's order round.
func (n Names) Put(text string, rtl bool) string {
	return n.put(text, rtl, true)
}

func (n Names) put(text string, rtl, titles bool) string {
	if !strings.Contains(text, "{{") {
		return text
	}
	return placeholders.ReplaceAllStringFunc(text, func(found string) string {
		name := n.of(found[len("{{."):len(found)-len("}}")], titles)
		if rtl {
			return "\u2068" + name + "\u2069"
		}
		return name
	})
}

// of is what the placeholder stands for. A title may name others, which then go
// by their names only: two titles can't name each other for ever.
func (n Names) of(word string, titles bool) string {
	if word == municipality {
		return n.Municipality
	}
	key, place := strings.CutSuffix(word, placeSuffix)
	entry := n.Entries[key]
	switch {
	case place && entry.Place != "":
		return entry.Place
	case entry.Name != "":
		return entry.Name
	case titles && entry.Title != "":
		return n.put(entry.Title, false, false)
	}
	return strings.ReplaceAll(key, "_", " ")
}

// namesOf are the names of all entries, their titles as title gives them.
func namesOf(app core.App, all []Entry, town string, title func(Entry) string) (Names, error) {
	n := Names{Municipality: town, Entries: make(map[string]Named, len(all))}
	for _, e := range all {
		place, err := e.Place()
		if err != nil {
			return n, err
		}
		n.Entries[e.Key()] = Named{Name: e.Name(), Place: place.Name, Title: title(e)}
	}
	return n, nil
}

// townSays is what the municipality says of itself, "" for what it doesn't. Its
// numbers are those for urgent help; of a kind that is "other" only the name
// tells whose it is.
type townSays struct {
	Name, Mail, Phone string

	Numbers []struct{ Kind, Name, Number string }
}

// town reads what was set.
func town(app core.App) (says townSays, err error) {
	r, err := app.FindFirstRecordByData("settings", "name", municipality)
	if err != nil {
		return says, fmt.Errorf("find the municipality: %w", err)
	}
	if err := r.UnmarshalJSONField("value", &says); err != nil {
		return says, fmt.Errorf("read the municipality: %w", err)
	}
	return says, nil
}
