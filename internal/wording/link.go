package wording

import (
	"slices"
	"strings"

	"folje/internal/pattern"
)

// What becomes a link when a text is drawn (public/js/lib/linkify.js) must be
// found here, whole, and what people type into a browser by themselves too. All
// three are held to testdata/links.json.
var (
	// White space is what a browser's \s is.
	links = pattern.Of(`(?i)(?:https?://|www\.)[^.,;:!?)\s\x{0b}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{2068}\x{2069}<>"'][^\s\x{0b}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{2068}\x{2069}<>"']*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+`)
	// bare may be a domain without anything that says so: isDomain decides.
	bare = pattern.Of(`[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:[/?#][^\s\x{0b}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}\x{2068}\x{2069}<>"']*)?`)
	// A telephone number, and the shorter ones that are drawn as links.
	phones = pattern.Of(`\+?\d(?:[ \x{00a0}\x{2011}–/()-]{0,2}\d){6,}|(?:\+\d{1,3}|\b0\d{1,3})(?:\s?[-–/]\s?|\s)?\d{2,3}(?:[\s-]?\d{2,3}){1,3}\b`)
	// helps are the numbers of help, which no part of another number is.
	helps = pattern.Of(`\d+(?:[ \x{00a0}\x{202f}.,]\d{3})+\b|\d+[.,]\d+|114 14\b|\d+`)
	help  = pattern.Of(`^(?:112|1177|114 ?14|116 ?111)$`)

	host   = pattern.Of(`(?i)^(?:https?://)?[^/?#]*`)
	ending = pattern.Of(`^(?:[a-z]{2,}|[A-Z]{2,})$`)
	worded = pattern.Of(`\p{L}`)
)

// tail are the marks that end a sentence rather than an address.
const tail = ".,;:!?)]»”\"'،؛؟።፧۔"

// address is what makes two links the same: a host may be in capitals, a path not.
func address(s string) string {
	return host.ReplaceAllStringFunc(strings.TrimRight(s, tail), strings.ToLower)
}

// known end domains that have a name of figures or of one letter.
var known = []string{"com", "net", "org", "se", "nu", "co", "io", "me"}

// isDomain tells a domain from figures, abbreviations and a full stop without a
// space behind it.
func isDomain(s string) bool {
	labels := strings.Split(host.FindString(s), ".")
	end, name := labels[len(labels)-1], labels[len(labels)-2]
	if !ending.MatchString(end) {
		return false
	}
	return len([]rune(name)) > 1 && worded.MatchString(name) || slices.Contains(known, strings.ToLower(end))
}

// withoutLinks puts something else in the place of links.
func withoutLinks(text, instead string) string {
	return bare.ReplaceAllStringFunc(links.ReplaceAllString(text, instead), func(s string) string {
		if isDomain(s) {
			return instead
		}
		return s
	})
}
