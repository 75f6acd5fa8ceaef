package wording

import (
	"cmp"
	"slices"
	"strings"
)

// Find gives where in a Swedish text stands what reads the same in every
// language, as pairs of byte offsets in their order: placeholders, links, dates
// in figures, times of day and telephone numbers. Other numbers aren't among
// them, because a sentence's grammar goes by them.
func Find(text string) [][2]int {
	var found [][2]int
	for _, kind := range figures {
		if kind.code == Number {
			continue
		}
		for _, at := range kind.find.FindAllStringIndex(text, -1) {
			if kind.is != nil && !kind.is(text[at[0]:at[1]]) {
				continue
			}
			found = append(found, [2]int{at[0], at[1]})
			text = text[:at[0]] + strings.Repeat(" ", at[1]-at[0]) + text[at[1]:]
		}
	}
	slices.SortFunc(found, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	return found
}
