package erasure

import (
	"encoding/json"
	"slices"
)

// Merge gives the entries of all the journals, each erasure once, in the order
// in which they come.
func Merge(journals ...[]Entry) []Entry {
	seen := map[key]bool{}
	return slices.DeleteFunc(slices.Concat(journals...), func(e Entry) bool {
		known := seen[key{e.Kind, e.Mark}]
		seen[key{e.Kind, e.Mark}] = true
		return known
	})
}

// Format gives the entries as a journal has them.
func Format(entries []Entry) []byte {
	var journal []byte
	for _, e := range entries {
		line, _ := json.Marshal(e) // strings only: it can't fail
		journal = append(append(journal, line...), '\n')
	}
	return journal
}
