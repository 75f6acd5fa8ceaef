// Package wording compares a translation with its source and names what a
// reader would be misled by: a number that is gone, a time that is another one,
// a telephone number with a wrong digit, a placeholder that was lost.
//
// The browser's twin is public/js/translate/check.js; both must find the same
// in testdata/vectors.json.
package wording

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Codes of faults; each has a message, translate.check.<code>.
const (
	Empty       = "empty"       // nothing where the source says something
	Placeholder = "placeholder" // {{.Name}} lost, doubled or invented
	Link        = "link"        // a web or e-mail address lost or changed
	Phone       = "phone"       // a telephone number lost or changed
	Date        = "date"        // a date in figures lost or changed
	Time        = "time"        // a time of day lost or changed
	Number      = "number"      // another number lost, or one added
	Script      = "script"      // not in the script that the locale is written in
	Punctuation = "punctuation" // ends otherwise, or with another script's marks
	Swedish     = "swedish"     // Swedish words left over
	Length      = "length"      // much longer or much shorter
)

// Fault is one thing that is wrong. A Hard one misleads: a text that has one is
// never called reviewed. At is what it is about, as it stands in the source, or
// in the target where it doesn't stand in the source.
type Fault struct {
	Code string `json:"code"`
	Hard bool   `json:"hard"`
	At   string `json:"at,omitempty"`
}

// Check gives the faults of a target in a locale, hard ones first. Source is
// Swedish. Digits of any script count as 0–9, and the order of things is free.
func Check(source, target, locale string) []Fault {
	if strings.TrimSpace(target) == "" {
		if strings.TrimSpace(source) == "" {
			return nil
		}
		return []Fault{{Code: Empty, Hard: true}}
	}
	faults := checkFigures(source, target)
	faults = append(faults, checkScript(target, locale)...)
	faults = append(faults, checkPunctuation(source, target, locale)...)
	faults = append(faults, checkLeftOver(source, target, locale)...)
	faults = append(faults, checkLength(source, target)...)
	slices.SortStableFunc(faults, func(a, b Fault) int {
		switch {
		case a.Hard == b.Hard:
			return 0
		case a.Hard:
			return -1
		}
		return 1
	})
	return faults
}

// Hard reports whether one of the faults is.
func Hard(faults []Fault) bool {
	return slices.ContainsFunc(faults, func(f Fault) bool { return f.Hard })
}

// Bounds of a text's length in runes: languages differ by less than this.
const (
	longer  = 3  // times the source
	slack   = 20 // more than that
	shorter = 5  // a part of the source
)

func checkLength(source, target string) []Fault {
	from, to := utf8.RuneCountInString(source), utf8.RuneCountInString(target)
	if to > longer*from+slack || to*shorter < from-slack {
		return []Fault{{Code: Length}}
	}
	return nil
}
