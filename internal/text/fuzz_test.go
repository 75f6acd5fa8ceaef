package text_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"folje/internal/text"
)

var segmentID = regexp.MustCompile(`^[a-z2-7]{32}$`)

// FuzzBreak holds what must be true of every text there is: nothing that can be
// seen is lost or changed by Break, and what comes out is safe to store, hash and draw.
func FuzzBreak(f *testing.F) {
	for _, c := range breakCases {
		f.Add(c)
	}
	f.Add("Hej!\u2060 Vi ses,\u200b kanske.\u200b\u2060\n\u200b")
	f.Add("a\u200b\u030a.\u200b\u030a A\n\u0308b \u0301")
	f.Add("\x00\u202eabc\u2066\ufeff\xff\xed\xa0\x80\U000E0041")
	f.Add(strings.Repeat("\u0301\u0327", 40) + ". A" + strings.Repeat("\u0327", 70))
	f.Add(strings.Repeat("A.\u2060 ", 300))
	f.Fuzz(func(t *testing.T, s string) {
		folded := text.Fold(s)
		if again := text.Fold(folded); again != folded {
			t.Errorf("Fold is not idempotent: %q, then %q", folded, again)
		}
		sentences := text.Break(s)
		if got, want := visible(strings.Join(sentences, "\n")), visible(s); got != want {
			t.Errorf("text lost or changed\n got %q\nwant %q", got, want)
		}
		for _, sentence := range sentences {
			checkSentence(t, sentence)
		}
		if !slices.Equal(text.Break(s), sentences) {
			t.Error("Break gave two answers")
		}
	})
}

func checkSentence(t *testing.T, s string) {
	t.Helper()
	if s == "" || s != text.Fold(s) || !utf8.ValidString(s) {
		t.Errorf("a sentence is not folded: %q", s)
	}
	if i := strings.IndexFunc(s, forbidden); i >= 0 {
		t.Errorf("a sentence holds %U: %q", []rune(s[i:])[0], s)
	}
	id := text.SegmentID("sv", s)
	if !segmentID.MatchString(id) || id != text.SegmentID("sv", " "+s+"\u2060\n") || id == text.SegmentID("en", s) {
		t.Errorf("the id %q of %q is malformed, unstable or the same in two locales", id, s)
	}
}

// forbidden tells what must never reach a screen: controls, overrides, isolates, marks.
func forbidden(r rune) bool {
	return unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 ||
		r == text.Joiner || r == text.Splitter
}

// visible reduces a text to what can be seen of it, so that two texts are the
// same when no reader could tell them apart but for white space. It decomposes,
// since a break may stand between a letter and an accent typed after a newline;
// the grapheme joiner that normalisation may put into a heap of accents goes.
func visible(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == ' ' || r == '\u034f' || r == '\u200c' || r == '\u200d' || r == '\u200e' || r == '\u200f' || r == '\u061c' {
			return -1
		}
		return r
	}, text.Fold(s))
	return norm.NFD.String(s)
}
