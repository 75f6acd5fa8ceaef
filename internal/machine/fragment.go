package machine

import (
	"errors"
	"fmt"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"folje/internal/pattern"
	"folje/internal/wording"
)

// fragment is a sentence as an engine gets it, and what stands in it that the
// engine must leave alone.
type fragment struct {
	source string
	html   string
	kept   []kept
	plain  bool // there is something to translate
}

// kept is one such thing, and on which sides of it stood a letter or a digit.
type kept struct {
	text          string
	before, after bool
}

// newFragment makes the sentence ready. Names are those of places that are
// called the same in every language.
func newFragment(sentence string, names []string) fragment {
	f := fragment{source: sentence}
	var out strings.Builder
	at := 0
	plain := func(s string) {
		f.plain = f.plain || strings.ContainsFunc(s, unicode.IsLetter)
		out.WriteString(html.EscapeString(s))
	}
	for _, span := range spans(sentence, names) {
		plain(sentence[at:span[0]])
		text := sentence[span[0]:span[1]]
		before, _ := utf8.DecodeLastRuneInString(sentence[:span[0]])
		after, _ := utf8.DecodeRuneInString(sentence[span[1]:])
		fmt.Fprintf(&out, keptForm, len(f.kept), html.EscapeString(text))
		f.kept = append(f.kept, kept{text, wordy(before), wordy(after)})
		at = span[1]
	}
	plain(sentence[at:])
	f.html = out.String()
	return f
}

// keptForm is how engines are told to leave something alone.
const keptForm = `<span translate="no" id="k%d">%s</span>`

var (
	keptBack = pattern.Of(`(?s)<span\b[^>]*\bid="k(\d+)"[^>]*>.*?</span>`)
	tags     = pattern.Of(`</?[a-zA-Z][^>]*>`)
)

// spans gives what is kept, in order and without overlaps: what [wording.Find]
// finds, names, and what looks like a tag.
func spans(sentence string, names []string) [][2]int {
	found := wording.Find(sentence)
	for _, at := range tags.FindAllStringIndex(sentence, -1) {
		found = append(found, [2]int{at[0], at[1]})
	}
	for _, name := range names {
		found = append(found, occurrences(sentence, name)...)
	}
	slices.SortFunc(found, func(a, b [2]int) int {
		if a[0] != b[0] {
			return a[0] - b[0]
		}
		return b[1] - a[1] // the longer name first
	})
	end := 0
	return slices.DeleteFunc(found, func(at [2]int) bool {
		overlaps := at[0] < end
		end = max(end, at[1])
		return overlaps
	})
}

// occurrences finds a name as a word of its own, or several.
func occurrences(sentence, name string) (found [][2]int) {
	if utf8.RuneCountInString(name) < 2 {
		return nil
	}
	for at := 0; ; {
		i := strings.Index(sentence[at:], name)
		if i < 0 {
			return found
		}
		from, to := at+i, at+i+len(name)
		before, _ := utf8.DecodeLastRuneInString(sentence[:from])
		after, _ := utf8.DecodeRuneInString(sentence[to:])
		if !wordy(before) && !wordy(after) {
			found = append(found, [2]int{from, to})
		}
		at = to
	}
}

func wordy(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// errLost says that an engine didn't give back what it was to leave alone.
var errLost = errors.New("what was to stay as it is didn't")

// restore gives the text of what the engine answered. It fails where something
// that was to be kept is missing or doubled, where markup is left that wasn't
// ours, and where the text would mislead in the locale.
func (f fragment) restore(answer, locale string) (string, error) {
	seen := make([]bool, len(f.kept))
	var out strings.Builder
	at := 0
	for _, m := range keptBack.FindAllStringSubmatchIndex(answer, -1) {
		i := number(answer[m[2]:m[3]])
		if i < 0 || i >= len(seen) || seen[i] {
			return "", errLost
		}
		seen[i] = true
		if err := plainInto(&out, answer[at:m[0]]); err != nil {
			return "", err
		}
		f.kept[i].put(&out, answer[m[1]:])
		at = m[1]
	}
	if err := plainInto(&out, answer[at:]); err != nil {
		return "", err
	}
	if slices.Contains(seen, false) {
		return "", errLost
	}
	text := strings.TrimSpace(out.String())
	return text, f.misleads(text, locale)
}

func plainInto(out *strings.Builder, s string) error {
	if tags.MatchString(s) {
		return fmt.Errorf("markup that wasn't ours: %w", errLost)
	}
	out.WriteString(html.UnescapeString(s))
	return nil
}

// put writes the kept thing with the spaces around it that engines lose: only
// where it stood against a letter does it stand against one again.
func (k kept) put(out *strings.Builder, rest string) {
	last, _ := utf8.DecodeLastRuneInString(out.String())
	if wordy(last) && !k.before {
		out.WriteByte(' ')
	}
	out.WriteString(k.text)
	if next, _ := utf8.DecodeRuneInString(rest); wordy(next) && !k.after {
		out.WriteByte(' ')
	}
}

// misleads holds the text to the checks that a translator's is held to. A
// machine's must also be in the locale's script, and about as long as its source.
func (f fragment) misleads(text, locale string) error {
	for _, fault := range wording.Check(f.source, text, locale) {
		if fault.Hard || fault.Code == wording.Script || fault.Code == wording.Length {
			return fmt.Errorf("the text fails the check %s", fault.Code)
		}
	}
	return nil
}

// number reads a small number; -1 for what is none.
func number(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 1000 {
			return -1
		}
		n = 10*n + int(r-'0')
	}
	return n
}
