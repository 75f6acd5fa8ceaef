package confidential

import (
	"bytes"
	"encoding/base64"
	"strconv"

	"folje/internal/pattern"
	"folje/internal/problem"
)

// Size is how many bytes every request has when it is encrypted: 6000 bytes of
// text, padded, in the age format to one X25519 recipient.
const (
	Size   = header + nonce + Plain + tag
	Plain  = 6000
	header = 168
	nonce  = 16
	tag    = 16 // of the one chunk that so much text is
)

// hardest is the least work that a passphrase's guess must cost: scrypt's N as a
// power of two.
const hardest = 15

var (
	recipientForm = pattern.Of(`^age1[02-9ac-hj-np-z]{58}$`)
	digestForm    = pattern.Of(`^[0-9a-f]{64}$`)

	// The beginnings of age files: to public keys, and to a passphrase.
	toKey        = pattern.Of(`^age-encryption\.org/v1\n-> X25519 [A-Za-z0-9+/]{43}\n[A-Za-z0-9+/]{43}\n`)
	toPassphrase = pattern.Of(`^age-encryption\.org/v1\n-> scrypt [A-Za-z0-9+/]{22} ([0-9]{1,2})\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n`)
	// oneRecipient is the whole header of a file to one public key.
	oneRecipient = pattern.Of(`^age-encryption\.org/v1\n-> X25519 [A-Za-z0-9+/]{43}\n[A-Za-z0-9+/]{43}\n--- [A-Za-z0-9+/]{43}\n`)
)

// decode reads base64 as the standard has it, with padding; nil where it isn't.
func decode(s string) []byte {
	raw, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil {
		return nil
	}
	return raw
}

// isRequest reports whether s is a request as phones make it.
func isRequest(s string) bool {
	raw := decode(s)
	return len(raw) == Size && len(oneRecipient.Find(raw)) == header
}

// isSealed reports whether s is an age file to a public key.
func isSealed(s string) bool { return toKey.Match(decode(s)) }

// isLocked reports whether s is an age file to a passphrase, with enough work in
// it.
func isLocked(s string) bool {
	m := toPassphrase.FindSubmatch(decode(s))
	if m == nil {
		return false
	}
	work, err := strconv.Atoi(string(bytes.TrimSpace(m[1])))
	return err == nil && work >= hardest
}

// fields collects what is wrong with a body.
type fields map[string]problem.Field

// need notes the field as wrong unless it is right; an empty one is missing.
func (f fields) need(name, value string, right bool) {
	switch {
	case value == "":
		f[name] = problem.Field{Code: "error.field_required"}
	case !right:
		f[name] = problem.Field{Code: "error.field_invalid"}
	}
}

func (f fields) wrong(name string, wrong bool) {
	if wrong {
		f[name] = problem.Field{Code: "error.field_invalid"}
	}
}

// err is a problem where some field is wrong.
func (f fields) err() error {
	if len(f) == 0 {
		return nil
	}
	return problem.Invalid(f)
}
