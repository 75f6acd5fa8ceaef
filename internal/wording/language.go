package wording

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"folje/internal/pattern"
)

// written says how a locale is written, where that isn't with Latin letters.
type written struct {
	script *unicode.RangeTable
	ends   map[rune]string // what a sentence's last mark becomes
	wrong  string          // marks of another script
}

var arabic = written{unicode.Arabic, map[rune]string{'?': "؟?", '.': ".۔", '!': "!"}, ",;?"}

var scripts = map[string]written{
	"ar": arabic, "fa": arabic, "fa-AF": arabic, "ckb": arabic, "ps": arabic,
	"ti": {unicode.Ethiopic, map[rune]string{'?': "?፧", '.': "።.", '!': "!"}, ""},
	"uk": {unicode.Cyrillic, nil, ""},
}

// checkScript looks for a text that isn't in the locale's script at all. Names
// may stay as they are.
func checkScript(target, locale string) []Fault {
	w, other := scripts[locale]
	if !other {
		w.script = unicode.Latin
	}
	letters, right := 0, 0
	for _, r := range placeholders.ReplaceAllString(withoutLinks(target, ""), "") {
		if unicode.IsLetter(r) {
			letters++
			if unicode.Is(w.script, r) {
				right++
			}
		}
	}
	if letters >= 12 && right*3 < letters {
		return []Fault{{Code: Script}}
	}
	return nil
}

var placeholders = figures[0].find

// checkPunctuation compares how the texts end, and finds marks of another script.
func checkPunctuation(source, target, locale string) []Fault {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(source, closing))
	ends, _ := utf8.DecodeLastRuneInString(strings.TrimRight(target, closing))
	w := scripts[locale]
	want := string(last)
	if own := w.ends[last]; own != "" {
		want = own
	}
	if strings.ContainsRune(".?!", last) && !strings.ContainsRune(want, ends) {
		return []Fault{{Code: Punctuation, At: string(last)}}
	}
	plain := withoutLinks(placeholders.ReplaceAllString(target, ""), "")
	for i, r := range plain {
		if strings.ContainsRune(w.wrong, r) && !betweenDigits(plain, i) {
			return []Fault{{Code: Punctuation, At: string(r)}}
		}
	}
	return nil
}

// closing may stand behind a sentence's last mark.
const closing = " \u00a0\u2066\u2067\u2068\u2069\u200e\u200f)\"'»«”“’"

func betweenDigits(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	return unicode.IsDigit(before) && unicode.IsDigit(after)
}

var words = pattern.Of(`[\p{L}\p{M}]{4,}`)

// checkLeftOver finds words that the target took over from the source: written
// small, so that names may stay.
func checkLeftOver(source, target, locale string) []Fault {
	if strings.HasPrefix(locale, "sv") {
		return nil
	}
	ours := words.FindAllString(withoutLinks(source, " "), -1)
	var left []string
	for _, w := range words.FindAllString(withoutLinks(target, " "), -1) {
		if w == strings.ToLower(w) && slices.Contains(ours, w) && !slices.Contains(left, w) {
			left = append(left, w)
		}
	}
	_, other := scripts[locale]
	swedish := slices.ContainsFunc(left, func(w string) bool { return strings.ContainsAny(w, "åäö") && locale != "fi" })
	if other && len(left) > 0 || swedish || len(left) > 1 {
		return []Fault{{Code: Swedish, At: left[0]}}
	}
	return nil
}
