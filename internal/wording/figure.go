package wording

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"folje/internal/pattern"
)

// figure is a kind of thing that must say the same in every language.
type figure struct {
	code string
	find *pattern.Pattern
	same func(string) string // what makes two of them the same
	is   func(string) bool   // nil: all that is found is one
	// A lost one is only pointed at: it may be a slip of the source's.
	unsure bool
}

// figures in the order in which they are taken out of a text, so that the
// digits of a date aren't numbers as well.
var figures = []figure{
	{code: Placeholder, find: pattern.Of(`\{\{[^{}]*\}\}`), same: func(s string) string { return s }},
	{code: Link, find: links, same: address},
	{code: Link, find: bare, same: address, is: isDomain, unsure: true},
	{code: Date, find: pattern.Of(`\b\d{4}-\d{2}-\d{2}\b`), same: digits},
	{code: Time, find: pattern.Of(`\b(?:[01]?\d|2[0-3])[:.][0-5]\d\b`), same: minutes},
	{code: Phone, find: phones, same: digits},
	{code: Phone, find: helps, same: digits, is: help.MatchString},
	{code: Number, find: pattern.Of(`\d+(?:[ \x{00a0}\x{202f}.,]\d{3})+\b|\d+[.,]\d+|\d+`), same: amount},
}

// checkFigures compares what must be the same, kind by kind.
func checkFigures(source, target string) []Fault {
	source, target = latinDigits(source), latinDigits(target)
	var faults []Fault
	var hours []string // full hours of the target that no time of the source asked for
	for _, kind := range figures {
		var from, to []string
		from, source = kind.take(source)
		to, target = kind.take(target)
		lost, added := kind.compare(from, to)
		switch kind.code {
		case Time:
			hours, added = fullHours(added)
			lost, added = halfDays(lost, added)
		case Number:
			lost = slices.DeleteFunc(lost, func(n string) bool { return slices.Contains(hours, amount(n)) })
		}
		for _, at := range lost {
			faults = append(faults, Fault{kind.code, !kind.unsure, at})
		}
		for _, at := range added {
			// A number word may have become a figure: that is pointed at only.
			faults = append(faults, Fault{kind.code, kind.code != Number, at})
		}
	}
	return faults
}

// take gives what the text has of a kind, and the text without it.
func (k figure) take(text string) (found []string, rest string) {
	rest = k.find.ReplaceAllStringFunc(text, func(s string) string {
		if k.is != nil && !k.is(s) {
			return s
		}
		found = append(found, s)
		return " "
	})
	return found, rest
}

// compare gives what only one side has, once for each time it is missing in the other.
func (k figure) compare(from, to []string) (lost, added []string) {
	left := slices.Clone(to)
	for _, f := range from {
		i := slices.IndexFunc(left, func(t string) bool { return k.same(t) == k.same(f) })
		if i < 0 {
			lost = append(lost, f)
			continue
		}
		left = slices.Delete(left, i, i+1)
	}
	return lost, left
}

// fullHours splits the times into those at a full hour, as the hour's number,
// and the others: "kl. 11" may become "11:00".
func fullHours(times []string) (hours, others []string) {
	for _, t := range times {
		if hour, full := strings.CutSuffix(minutes(t), ":00"); full {
			hours = append(hours, hour)
		} else {
			others = append(others, t)
		}
	}
	return hours, others
}

// halfDays takes out the pairs that are the same on a clock of twelve hours.
func halfDays(lost, added []string) (stillLost, stillAdded []string) {
	onTwelve := figure{same: func(s string) string {
		hour, minute, _ := strings.Cut(minutes(s), ":")
		n, _ := strconv.Atoi(hour) // one or two digits, or none for midnight
		return strconv.Itoa(n%12) + ":" + minute
	}}
	return onTwelve.compare(lost, added)
}

// digits are the digits of s alone.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// minutes writes a time of day as 9:05.
func minutes(s string) string {
	return strings.TrimLeft(strings.Replace(s[:len(s)-2], ".", ":", 1), "0") + s[len(s)-2:]
}

// amount writes a number without the marks between its thousands, and with a
// point before its decimals.
func amount(s string) string {
	if thousands.MatchString(s) {
		return digits(s)
	}
	return strings.TrimLeft(strings.Replace(s, ",", ".", 1), "0")
}

var thousands = pattern.Of(`^\d+(?:[ \x{00a0}\x{202f}.,]\d{3})+$`)

// latinDigits writes the digits of every script as 0–9.
func latinDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 || !unicode.Is(unicode.Nd, r) {
			return r
		}
		zero := r
		for unicode.Is(unicode.Nd, zero-1) && r-zero < 9 {
			zero--
		}
		return '0' + (r-zero)%10
	}, s)
}
