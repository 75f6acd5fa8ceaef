package text

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Marks that staff's editor puts into a block's text. They are not part of any
// segment.
const (
	// Joiner (U+2060, word joiner) just after the end of a sentence means "do not break here".
	Joiner = '\u2060'
	// Splitter (U+200B, zero width space) between two words means "break here".
	Splitter = '\u200B'
)

// Fold returns the canonical form of a text: Unicode NFC, each run of white
// space one space, none at the ends, without Joiner, Splitter, control
// characters, bidirectional overrides and other characters that can't be seen.
// Invalid UTF-8 becomes U+FFFD. Fold(Fold(s)) == Fold(s).
//
// Segment ids are made from folded text, so Fold is frozen like SegmentID.
func Fold(s string) string {
	return norm.NFC.String(clean(s, false))
}

// clean folds white space and drops what can't be seen; marks stay if asked for.
func clean(s string, marks bool) string {
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case isSpace(r):
			space = true
			continue
		case marks && (r == Joiner || r == Splitter):
		case isHidden(r):
			continue
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// isSpace is Unicode's White_Space, written out because a later Unicode or Go
// must not change ids.
func isSpace(r rune) bool {
	switch {
	case r >= 0x09 && r <= 0x0D, r == 0x20, r == 0x85, r == 0xA0:
		return true
	case r >= 0x2000 && r <= 0x200A, r == 0x2028, r == 0x2029, r == 0x202F:
		return true
	case r == 0x1680, r == 0x205F, r == 0x3000:
		return true
	}
	return false
}

// isNewline tells the white space that always ends a segment.
func isNewline(r rune) bool {
	return r >= 0x0A && r <= 0x0D || r == 0x85 || r == 0x2028 || r == 0x2029
}

// isHidden tells the characters Fold drops: controls, and the format characters
// that show nothing. The five that shape a text by standing in it stay: ZWNJ,
// ZWJ, LRM, RLM and ALM (see isShaping). Written out for the same reason as
// isSpace.
func isHidden(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7F && r <= 0x9F, r == 0xAD: // controls, soft hyphen
		return true
	case r == Splitter, r >= 0x202A && r <= 0x202E: // bidirectional embeddings and overrides
		return true
	case r >= 0x2060 && r <= 0x206F: // Joiner, invisible operators, isolates, deprecated formats
		return true
	case r == 0x180E, r == 0xFEFF, r >= 0xFFF9 && r <= 0xFFFB, r == 0xFFFE, r == 0xFFFF:
		return true
	case r >= 0xE0000 && r <= 0xE007F: // tags, used to hide text
		return true
	}
	return false
}

// isShaping tells the characters that can't be seen but change how others are drawn.
func isShaping(r rune) bool {
	return r == 0x200C || r == 0x200D || r == 0x200E || r == 0x200F || r == 0x061C
}

// Blank reports whether a folded text shows nothing.
func Blank(folded string) bool {
	return strings.IndexFunc(folded, func(r rune) bool { return !isShaping(r) && !isSpace(r) }) < 0
}
