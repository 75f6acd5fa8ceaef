package text

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
	"golang.org/x/text/unicode/norm"
)

// Break divides a text into its sentences, folded (Fold) and in order; a
// sentence with nothing to see is left out, and nil means there is none.
//
// A newline always ends a sentence. Otherwise the breaks are Unicode's (UAX
// 29), corrected for Swedish: abbreviations, initials, dates and list numbers
// don't end a sentence, a quoted question in the middle of one doesn't either,
// and emoji stay with what they follow. Staff have the last word: Joiner just
// after the end of a sentence takes that break away, Splitter between two words
// makes one. A Splitter inside a word or an address is taken for an accident of
// pasting.
func Break(s string) []string {
	var out []string
	for _, l := range strings.FieldsFunc(s, isNewline) {
		out = append(out, newLine(l).sentences()...)
	}
	return out
}

// line is one line of a block without its marks, and the byte offsets in it
// where they stood.
type line struct {
	text          string
	joins, splits []int
}

func newLine(s string) line {
	var l line
	var b strings.Builder
	for _, r := range norm.NFC.String(clean(s, true)) {
		switch r {
		case Joiner:
			l.joins = append(l.joins, b.Len())
		case Splitter:
			l.splits = append(l.splits, b.Len())
		default:
			b.WriteRune(r)
		}
	}
	l.text = b.String()
	return l
}

func (l line) sentences() []string {
	var out []string
	start := 0
	for _, end := range append(l.breaks(), len(l.text)) {
		if s := Fold(l.text[start:end]); !Blank(s) {
			out = append(out, s)
		}
		start = end
	}
	return out
}

// breaks returns the offsets at which the line is divided, ascending.
func (l line) breaks() []int {
	var out []int
	start := 0
	for _, at := range l.candidates() {
		if at <= start || at >= len(l.text) {
			continue
		}
		if !l.splitAt(at) {
			if l.joined(at) || !endsSentence(l.text[start:at], l.text[at:]) {
				continue
			}
			if at = skipDecoration(l.text, at); l.joined(at) {
				continue
			}
		}
		out = append(out, at)
		start = at
	}
	return out
}

// candidates returns every offset that may divide the line, ascending: the
// breaks of UAX 29, what it overlooks (a full stop before a digit, a dash or an
// emoticon after the end, an ellipsis written as one character), and the splits
// of staff.
func (l line) candidates() []int {
	var out []int
	for it := sentences.FromString(l.text); it.Next(); {
		out = append(out, it.End())
	}
	for i, r := range l.text {
		if !isTerminator(r) {
			continue
		}
		rest := l.text[i+utf8.RuneLen(r):]
		trimmed := strings.TrimLeft(strings.TrimLeftFunc(rest, isCloser), " ")
		at := len(l.text) - len(trimmed)
		if at > 0 && l.text[at-1] == ' ' {
			out = append(out, at)
		}
	}
	for _, at := range l.splits {
		if l.splitAt(at) {
			out = append(out, at)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// splitAt reports whether staff divided the line at this offset: next to a
// space, or right after the end of a sentence.
func (l line) splitAt(at int) bool {
	if _, found := slices.BinarySearch(l.splits, at); !found || at == 0 || at == len(l.text) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(l.text[:at])
	after, _ := utf8.DecodeRuneInString(l.text[at:])
	if unicode.Is(unicode.M, after) {
		return false
	}
	if before == ' ' || after == ' ' {
		return true
	}
	return (isTerminator(before) || isCloser(before)) && !isAddress(around(l.text, at))
}

// joined reports whether a Joiner stands between the sentence that ends before
// this offset and the next one.
func (l line) joined(at int) bool {
	from := len(strings.TrimRight(l.text[:at], " "))
	i, _ := slices.BinarySearch(l.joins, from)
	return i < len(l.joins) && l.joins[i] <= at
}
