package text

import (
	"crypto/sha256"
	"encoding/base32"
)

const (
	segmentIDLength = 32
	contextLength   = 16
)

var lowerBase32 = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// SegmentID returns the id of the segment with this text, written in locale:
// the first 32 characters (160 bits) of the lower-case base32 (RFC 4648, no
// padding) of SHA-256(locale + "\x00" + Fold(text)). It matches ^[a-z2-7]{32}$.
//
// FROZEN FOR EVER. Translations, phones and exported memories are keyed by it:
// a change would make every sentence ever written untranslated. A golden test
// holds it.
func SegmentID(locale, text string) string {
	return digest(locale+"\x00"+Fold(text), segmentIDLength)
}

// Contexts returns, for each position in ids, what stands around it: the first
// 16 characters of the lower-case base32 of SHA-256(previous + "\x00" + next),
// where an end of the record counts as an empty id. A wording that fits in one
// place only is kept under its context. Frozen like SegmentID.
func Contexts(ids []string) []string {
	out := make([]string, len(ids))
	for i := range ids {
		var previous, next string
		if i > 0 {
			previous = ids[i-1]
		}
		if i < len(ids)-1 {
			next = ids[i+1]
		}
		out[i] = digest(previous+"\x00"+next, contextLength)
	}
	return out
}

func digest(s string, length int) string {
	sum := sha256.Sum256([]byte(s))
	return lowerBase32.EncodeToString(sum[:])[:length]
}
