package locale

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Coverage counts a locale's messages. Outdated are those whose source has
// changed since they were translated; a reviewed one among them isn't counted as
// reviewed.
type Coverage struct {
	Tag, Name                                   string
	Total, Missing, Machine, Outdated, Reviewed int
}

// CoverageOf counts how far the catalog has come with the source's messages.
func CoverageOf(source, c *Catalog) Coverage {
	n := Coverage{Tag: c.Tag, Name: c.Messages[keyName].Forms["other"]}
	for id, from := range source.Messages {
		if AboutItself(id) {
			continue
		}
		n.Total++
		m, ok := c.Messages[id]
		switch {
		case c.Tag == Source:
			n.Reviewed++
		case !ok:
			n.Missing++
		case m.Hash != SourceHash(from.Forms):
			n.Outdated++
		case m.State == Reviewed:
			n.Reviewed++
		default:
			n.Machine++
		}
	}
	return n
}

// CoverageTable is a Markdown table of all locales.
func CoverageTable(catalogs map[string]*Catalog) string {
	var b strings.Builder
	b.WriteString("| locale | name | messages | reviewed by a person | machine-made | outdated | missing |\n|---|---|---|---|---|---|---|\n")
	source := catalogs[Source]
	tags := slices.SortedFunc(maps.Keys(catalogs), func(x, y string) int {
		if rank(x) != rank(y) {
			return rank(x) - rank(y)
		}
		return strings.Compare(x, y)
	})
	for _, tag := range tags {
		n := CoverageOf(source, catalogs[tag])
		reviewed := fmt.Sprint(n.Reviewed)
		if tag == Source {
			reviewed = "the source"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %d | %s | %d | %d | %d |\n", tag, n.Name, n.Total, reviewed, n.Machine, n.Outdated, n.Missing)
	}
	return b.String()
}
