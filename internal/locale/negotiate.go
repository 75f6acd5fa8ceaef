package locale

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// maxRanges bounds how many languages of a header are looked at.
const maxRanges = 20

// aliases are tags that browsers send for locales that go under another here,
// because CLDR has plural rules for that one only.
var aliases = map[string]string{"prs": "fa-AF", "kmr": "ku"}

// FromRequest returns the locale that the caller of r wants; see Negotiate.
func (b *Bundle) FromRequest(r *http.Request) string {
	return b.Negotiate(strings.Join(r.Header.Values("Accept-Language"), ","))
}

// Negotiate returns the tag of the locale that suits an Accept-Language header
// best. Each language in it, most wanted first, is looked up as RFC 4647 says:
// as it is, then with its last subtag taken away, until one is there. The
// result is always one of Locales: where nothing suits, en for somebody who
// asked for other languages, and Source for somebody who asked for none.
//
// It is not golang.org/x/text's matcher, which takes sv-simple for sv.
func (b *Bundle) Negotiate(acceptLanguage string) string {
	wanted := parseRanges(acceptLanguage)
	for _, r := range wanted {
		if r == "*" {
			return Source
		}
		if tag, ok := b.lookup(r); ok {
			return tag
		}
	}
	if len(wanted) > 0 && b.files["en"] != nil {
		return "en"
	}
	return Source
}

func (b *Bundle) lookup(wanted string) (string, bool) {
	subtags := strings.Split(wanted, "-")
	if alias, ok := aliases[strings.ToLower(subtags[0])]; ok {
		subtags = append(strings.Split(alias, "-"), subtags[1:]...)
	}
	// sv-SE-simple is sv-simple, however many subtags stand between.
	if i := slices.IndexFunc(subtags, func(s string) bool { return strings.EqualFold(s, "simple") }); i > 0 {
		if tag, ok := b.findFold(subtags[0] + "-simple"); ok {
			return tag, true
		}
	}
	for n := len(subtags); n > 0; n-- {
		if tag, ok := b.findFold(strings.Join(subtags[:n], "-")); ok {
			return tag, true
		}
	}
	return "", false
}

func (b *Bundle) findFold(tag string) (string, bool) {
	for _, known := range b.tags {
		if strings.EqualFold(known, tag) {
			return known, true
		}
	}
	return "", false
}

// parseRanges returns the languages of an Accept-Language header, most wanted
// first, those with q=0 and what can't be read left out.
func parseRanges(header string) []string {
	type weighted struct {
		tag string
		q   float64
	}
	var ranges []weighted
	for part := range strings.SplitSeq(header, ",") {
		tag, parameter, _ := strings.Cut(part, ";")
		tag = strings.TrimSpace(tag)
		if q := quality(parameter); tag != "" && q > 0 {
			ranges = append(ranges, weighted{tag, q})
		}
		if len(ranges) == maxRanges {
			break
		}
	}
	slices.SortStableFunc(ranges, func(x, y weighted) int { return cmp.Compare(y.q, x.q) })
	tags := make([]string, len(ranges))
	for i, r := range ranges {
		tags[i] = r.tag
	}
	return tags
}

// quality reads a range's weight: 1 when there is none, 0 when it is malformed.
func quality(parameter string) float64 {
	parameter = strings.ReplaceAll(parameter, " ", "")
	if parameter == "" {
		return 1
	}
	value, ok := strings.CutPrefix(strings.ToLower(parameter), "q=")
	q, err := strconv.ParseFloat(value, 64)
	if !ok || err != nil || q > 1 {
		return 0
	}
	return q
}
