package access

import (
	"crypto/rand"
	"errors"
	"log/slog"
	"strings"
	"unicode"
)

// Code is an invite's or a handover's code in its plain form: [CodeLength]
// characters of Crockford's alphabet, about 50 bits. It is a secret: show it
// to those who may see it, and never log it.
type Code string

// CodeLength is how many characters a code has.
const CodeLength = 10

// crockford is the alphabet of codes: digits and capitals without I, L, O and
// U, which are taken for others or spell words
// (https://www.crockford.com/base32.html).
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// maxCodeInput bounds what [ParseCode] looks at; a code with a space between
// any two characters fits.
const maxCodeInput = 100

var errNotACode = errors.New("not a code")

// NewCode makes a code from the operating system's randomness.
func NewCode() Code {
	b := make([]byte, CodeLength)
	rand.Read(b) // never fails
	for i := range b {
		b[i] = crockford[b[i]%byte(len(crockford))] // 256 is a multiple of 32: no bias
	}
	return Code(b)
}

// ParseCode reads what a person typed or scanned: any case, I and L for 1, O
// for 0, digits of the Arabic and Persian keyboards, and spaces, dashes and
// invisible marks anywhere. It says nothing about whether the code lets
// anybody in.
func ParseCode(s string) (Code, error) {
	if len(s) > maxCodeInput {
		return "", errNotACode
	}
	var b strings.Builder
	for _, r := range s {
		if skipped(r) {
			continue
		}
		c := folded(r)
		if !strings.ContainsRune(crockford, c) {
			return "", errNotACode
		}
		b.WriteRune(c)
	}
	if b.Len() != CodeLength {
		return "", errNotACode
	}
	return Code(b.String()), nil
}

// String is the code as it is shown and printed: XXXXX-XXXXX.
func (c Code) String() string {
	if len(c) != CodeLength {
		return string(c)
	}
	return string(c[:CodeLength/2] + "-" + c[CodeLength/2:])
}

// LogValue keeps a code out of the log, whoever tries.
func (Code) LogValue() slog.Value { return slog.StringValue("(a code)") }

// skipped reports spaces, dashes and invisible marks (a chat app may add a
// direction mark when a code is copied).
func skipped(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) || r == '−'
}

func folded(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return '0' + r - '٠'
	case r >= '۰' && r <= '۹':
		return '0' + r - '۰'
	}
	if r >= 'a' && r <= 'z' { // ASCII only: Unicode would make S of the long ſ
		r += 'A' - 'a'
	}
	switch r {
	case 'I', 'L':
		return '1'
	case 'O':
		return '0'
	}
	return r
}
