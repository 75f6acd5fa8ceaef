// Package ticket is what a phone shows instead of its secret where the secret
// can't be checked: a short statement, signed by the writer (Ed25519), of which
// phone it is and whose feeds it may read, and until when. Whoever has the
// public keys can hold it against them without asking anybody.
//
// A ticket says what was true when it was issued. That it became untrue since
// (the phone was shut out, left a group) is announced; whoever accepts tickets
// must hear those announcements ([Word]), or else stop accepting.
package ticket

import (
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"
	"time"
)

const (
	// Life is for how long a ticket is good.
	Life = time.Hour
	// Skew is how far the clocks of who issues and who verifies may differ.
	Skew = time.Minute
	// MostScopes is how many scopes a ticket has at most.
	MostScopes = 64
)

// Prefix begins every ticket, and no phone's secret.
const Prefix = "folje1."

// most is far more than a ticket of [MostScopes] can need, in characters.
const most = 4096

// The errors of [Verifier.Verify].
var (
	// ErrForged says that none of the known keys signed the text, or that it is
	// no ticket at all.
	ErrForged = errors.New("the ticket is not ours")
	// ErrExpired says that the ticket is ours and not good now: it is too old,
	// or from the future.
	ErrExpired = errors.New("the ticket has expired")
)

// Ticket says that the device may read the scopes from Issued to Expires. Both
// are kept to the millisecond. Term is the lease's term of the writer that issued
// it, 0 where there is no lease.
type Ticket struct {
	Device  string
	Scopes  []string
	Issued  time.Time
	Expires time.Time
	Term    uint64
}

// Covers reports whether the ticket names the scope. One that doesn't says
// nothing about the scope: the phone may have joined since, so it is to ask for
// another ticket, and not to be told that it may not read.
func (t Ticket) Covers(scope string) bool {
	for _, s := range t.Scopes {
		if s == scope {
			return true
		}
	}
	return false
}

// Is reports whether the text of an Authorization: Bearer is meant as a ticket.
func Is(text string) bool { return strings.HasPrefix(text, Prefix) }

// errShort is what is wrong with a payload that [open] can't read.
var errShort = errors.New("the ticket's payload ends early")

// payload is the ticket as bytes: the key's id, then each part with its length.
func (t Ticket) payload(key ID) []byte {
	b := append(make([]byte, 0, 64+16*len(t.Scopes)), key[:]...)
	b = binary.AppendUvarint(b, t.Term)
	b = binary.AppendVarint(b, t.Issued.UnixMilli())
	b = binary.AppendVarint(b, t.Expires.Sub(t.Issued).Milliseconds())
	b = appendText(b, t.Device)
	b = binary.AppendUvarint(b, uint64(len(t.Scopes)))
	for _, s := range t.Scopes {
		b = appendText(b, s)
	}
	return b
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// open reads what payload wrote.
func open(b []byte) (t Ticket, err error) {
	r := reader{b[len(ID{}):], nil}
	t.Term = r.uint()
	t.Issued = time.UnixMilli(r.int())
	t.Expires = t.Issued.Add(time.Duration(r.int()) * time.Millisecond)
	t.Device = r.text()
	scopes := r.uint()
	if scopes > MostScopes {
		return t, errShort
	}
	t.Scopes = make([]string, scopes)
	for i := range t.Scopes {
		t.Scopes[i] = r.text()
	}
	return t, r.err
}

// reader reads one part after another; after an error all are empty.
type reader struct {
	rest []byte
	err  error
}

func (r *reader) take(n int) {
	if n <= 0 || n > len(r.rest) {
		r.rest, r.err = nil, errShort
		return
	}
	r.rest = r.rest[n:]
}

func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.rest)
	r.take(n)
	return v
}

func (r *reader) int() int64 {
	v, n := binary.Varint(r.rest)
	r.take(n)
	return v
}

func (r *reader) text() string {
	n := r.uint()
	if n > uint64(len(r.rest)) {
		r.rest, r.err = nil, errShort
		return ""
	}
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}

var encoding = base64.RawURLEncoding.Strict()
