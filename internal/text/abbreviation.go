package text

import (
	_ "embed"
	"strings"
	"unicode"
)

//go:embed swedish.txt
var swedishFile string

// class says what a full stop after a word can mean.
type class string

const (
	noAbbreviation class = ""
	insideOnly     class = "inside" // never the end of a sentence
	mayEnd         class = "end"    // the end, unless a digit or a small letter follows
)

// words is what the sentence breaker knows about Swedish; see swedish.txt.
type words struct {
	abbreviations    map[string]class
	months, starters map[string]bool
}

// swedish is made once from the file in the program, and only read.
var swedish = parseWords(swedishFile)

func parseWords(file string) words {
	w := words{map[string]class{}, map[string]bool{}, map[string]bool{}}
	for l := range strings.Lines(file) {
		l, _, _ = strings.Cut(l, "#")
		list, entries, _ := strings.Cut(l, ":")
		for _, entry := range strings.Split(entries, ",") {
			w.add(strings.TrimSpace(list), strings.TrimSpace(entry))
		}
	}
	return w
}

func (w words) add(list, entry string) {
	switch {
	case entry == "":
	case list == "month":
		w.months[entry] = true
	case list == "starter":
		w.starters[entry] = true
	default:
		w.abbreviations[strings.Join(parts(entry), ".")] = class(list)
	}
}

func isMonth(word string) bool { return swedish.months[strings.ToLower(word)] }

func isStarter(word string) bool { return swedish.starters[word] }

// longest abbreviation, in parts (o.s.v) and in bytes with room for spaces.
const (
	maxParts = 3
	maxTail  = 32
)

// abbreviationAtEnd classifies the abbreviation that stem, up to its full stop,
// ends in. "t.ex", "t. ex" and "t ex" are the same; a capital letter in the list
// is meant ("St" is Sankt, "st" pieces), a small one is either, but for single
// letters ("5 g.", "Anna G. Berg").
func abbreviationAtEnd(stem string) class {
	if len(stem) > maxTail {
		stem = stem[len(stem)-maxTail:]
	}
	found := parts(stem)
	for n := min(maxParts, len(found)); n > 0; n-- {
		key := strings.Join(found[len(found)-n:], ".")
		if c := swedish.abbreviations[key]; c != noAbbreviation {
			return c
		}
		if c := swedish.abbreviations[strings.ToLower(key)]; c != noAbbreviation && len(key) > 1 {
			return c
		}
	}
	return noAbbreviation
}

// parts returns the words in s, whatever stands between them.
func parts(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
