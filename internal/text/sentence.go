package text

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

var (
	listMarker = lazy(`^[^\p{L}\p{N}]*(\d{1,3}|\p{L})$`)
	initials   = lazy(`(?:^|[\s("”'’«»-])(\p{Lu}(?:[.-]+\p{Lu})*)$`)
	number     = lazy(`^[(+§]?\d[\d.,:/–-]*$`)
	emoticon   = lazy(`^(?:[:;=8]-?[)(DPpOo/|*]+|<3|\^\^)$`)
)

// lazy compiles the expression when it is first needed: those with classes of
// Unicode take half a millisecond, which a start that breaks nothing can spare.
func lazy(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}

// endsSentence reports whether sentence, which begins where the last one ended,
// really is one, given what follows it in the line.
func endsSentence(sentence, rest string) bool {
	next := firstWordRune(rest)
	if next == 0 || unicode.IsLower(next) {
		return false
	}
	core := strings.TrimRight(sentence, " ")
	if core == "" {
		return false
	}
	if core == sentence && !endsWithoutSpace(sentence, rest, next) {
		return false
	}
	stem := strings.TrimRightFunc(core, isCloser)
	bracketed := strings.ContainsAny(core[len(stem):], ")]}")
	switch {
	case strings.HasSuffix(stem, "…"), strings.HasSuffix(stem, ".."):
		return !unicode.IsDigit(next)
	case strings.HasSuffix(stem, "."):
		return fullStop(strings.TrimSuffix(stem, "."), rest, next, bracketed)
	}
	return true
}

// maxLook bounds how far back, in bytes, a full stop's meaning is looked for.
const maxLook = 64

// fullStop reports whether a full stop after stem ends the sentence.
func fullStop(stem, rest string, next rune, bracketed bool) bool {
	switch abbreviationAtEnd(stem) {
	case insideOnly:
		return false
	case mayEnd:
		return !bracketed && !unicode.IsDigit(next)
	}
	stem = stem[max(0, len(stem)-maxLook):]
	last := stem[strings.LastIndexByte(stem, ' ')+1:]
	switch {
	case listMarker().MatchString(stem):
		return false
	case number().MatchString(last):
		return !unicode.IsDigit(next) && !isMonth(firstWord(rest))
	}
	return !initialsOfName(stem, rest)
}

// initialsOfName reports whether stem ends in initials that a surname follows:
// "Anna B", "J.K", but not "grupp B".
func initialsOfName(stem, rest string) bool {
	m := initials().FindStringSubmatchIndex(stem)
	if m == nil || isStarter(firstWord(rest)) {
		return false
	}
	found := stem[m[2]:m[3]]
	if utf8.RuneCountInString(found) > 1 {
		return true
	}
	before := strings.Fields(stem[:m[2]])
	return len(before) == 0 || unicode.IsUpper(firstWordRune(before[len(before)-1]))
}

// endsWithoutSpace judges a break with no space at it: "Hej!Vi ses" has one, an
// address has none.
func endsWithoutSpace(sentence, rest string, next rune) bool {
	if unicode.IsDigit(next) || isAddress(around(sentence+rest, len(sentence))) {
		return false
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(sentence, isCloser))
	return isTerminator(last) && last != '.'
}

// skipDecoration moves a break behind the emoji and emoticons that follow it, so
// that they stay with the sentence they were added to.
func skipDecoration(s string, at int) int {
	for at < len(s) {
		word, _, _ := strings.Cut(s[at:], " ")
		if !isDecoration(word) {
			break
		}
		at = min(at+len(word)+1, len(s))
	}
	return at
}

func isDecoration(word string) bool {
	if emoticon().MatchString(word) {
		return true
	}
	emoji := false
	for _, r := range word {
		emoji = emoji || unicode.Is(unicode.So, r) && r >= 0x2190
		if !unicode.In(r, unicode.So, unicode.Sk, unicode.Mn, unicode.Me) && !isShaping(r) {
			return false
		}
	}
	return emoji
}

// around returns the word of s, from space to space, that the offset is in.
func around(s string, at int) string {
	from := strings.LastIndexByte(s[:at], ' ') + 1
	to := strings.IndexByte(s[at:], ' ')
	if to < 0 {
		return s[from:]
	}
	return s[from : at+to]
}

// isAddress reports whether a word looks like a link or an e-mail address.
func isAddress(word string) bool {
	return strings.ContainsAny(word, `/@=\`) || strings.HasPrefix(word, "www.")
}

func isTerminator(r rune) bool {
	return unicode.Is(unicode.Sentence_Terminal, r) || r == '…'
}

// isCloser tells what may stand between a sentence's end and the next space.
func isCloser(r rune) bool {
	return strings.ContainsRune(`)]}"'”’»›`, r) || isShaping(r)
}

// placeholder is what a service's name begins with in a text of the guide:
// "{{.steget}} är gratis."
const placeholder = "{{."

// firstWordRune returns the first letter or digit of s, 0 if it has none. A
// placeholder stands for a name, and so for a capital letter.
func firstWordRune(s string) rune {
	for i, r := range s {
		if r == '{' && strings.HasPrefix(s[i:], placeholder) {
			return 'X'
		}
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
	}
	return 0
}

func firstWord(s string) string {
	notWord := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	s = strings.TrimLeftFunc(s, notWord)
	if end := strings.IndexFunc(s, notWord); end >= 0 {
		return s[:end]
	}
	return s
}
