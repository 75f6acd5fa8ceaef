package municipality

import (
	"regexp"
	"strings"

	"folje/internal/locale"
)

// languages are the locales that somebody may translate to, by what a sheet may
// call them, in lower case.
type languages map[string]string

// called are languages' names in Swedish and English, besides the name that each
// has for itself and its tag.
var called = map[string][]string{
	"sv-simple": {"lätt svenska", "lättläst svenska", "lättläst", "easy swedish", "simple swedish"},
	"en":        {"engelska", "english"},
	"ar":        {"arabiska", "arabic"},
	"fa":        {"persiska", "farsi", "persian"},
	"fa-AF":     {"dari"},
	"so":        {"somaliska", "somali"},
	"ti":        {"tigrinska", "tigrinja", "tigrinya"},
	"uk":        {"ukrainska", "ukrainian"},
	"ckb":       {"sorani", "centralkurdiska", "kurdiska sorani", "kurdiska (sorani)"},
	"ku":        {"kurmanji", "kurmandji", "nordkurdiska", "kurdiska kurmanji", "kurdiska (kurmanji)"},
	"ps":        {"pashto", "pashtu"},
	"tr":        {"turkiska", "turkish"},
	"pl":        {"polska", "polish"},
	"fi":        {"finska", "finnish"},
}

// languagesOf gives what a sheet may call the bundle's locales. Nobody
// translates to the source.
func languagesOf(b *locale.Bundle) languages {
	all := languages{}
	for _, info := range b.Locales() {
		if info.Tag == locale.Source {
			continue
		}
		for _, name := range append([]string{info.Tag, info.Name}, called[info.Tag]...) {
			all[strings.ToLower(folded(name))] = info.Tag
		}
	}
	return all
}

// between is what stands between two languages of a cell.
var between = regexp.MustCompile(`[,;/+&،]|\s(?:och|and|samt)\s`)

// read gives the tags of the languages that a cell names, and what of it is none.
func (all languages) read(cell string) (tags, unknown []string) {
	for _, word := range between.Split(cell, -1) {
		word = folded(word)
		switch tag, ok := all[strings.ToLower(word)]; {
		case word == "":
		case ok:
			tags = append(tags, tag)
		default:
			unknown = append(unknown, word)
		}
	}
	return tags, unknown
}
