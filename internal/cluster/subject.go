package cluster

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// The streams of a cluster, and the bucket of the lease.
const (
	Feeds   = "FOLJE_FEEDS"   // what phones read: the last message of each subject
	Revoked = "FOLJE_REVOKED" // devices whose tickets are void
	Pushes  = "FOLJE_PUSH"    // shards of deliveries, each for one worker
	Answers = "FOLJE_ANSWERS" // what became of them, for the writer
	Erased  = "FOLJE_ERASED"  // marks of what was erased, for the next writer
	Lease   = "FOLJE_LEASE"   // key-value bucket: who writes
)

// The subjects that have no variable part.
const (
	Hello   = "folje.feed.hello"
	Site    = "folje.feed.site"
	Tickets = "folje.feed.tickets" // the public keys of the writer's tickets
)

// The subjects of whole streams, as filters.
const (
	EveryPage    = "folje.feed.page.>"
	EveryRevoked = "folje.revoked.*"
	EveryPush    = "folje.push.*"
	EveryAnswer  = "folje.answer.*"
	EveryErased  = "folje.erased.>"
)

// Page is the subject of what a scope's stream holds.
func Page(scope, stream string) string {
	return "folje.feed.page." + Token(scope) + "." + Token(stream)
}

// PageOf gives the scope and the stream of such a subject; ok is false for
// another subject.
func PageOf(subject string) (scope, stream string, ok bool) {
	rest, found := strings.CutPrefix(subject, "folje.feed.page.")
	first, second, two := strings.Cut(rest, ".")
	if !found || !two || strings.Contains(second, ".") {
		return "", "", false
	}
	scope, err := Word(first)
	stream, other := Word(second)
	return scope, stream, errors.Join(err, other) == nil
}

// RevokedOf is the subject of the word that a device's tickets are void.
func RevokedOf(device string) string { return "folje.revoked." + Token(device) }

// PushTo is the subject of shards for a push service, such as a host name.
func PushTo(service string) string { return "folje.push." + Token(service) }

// AnswerTo is the subject of answers for a writer, by a name of its choice.
func AnswerTo(writer string) string { return "folje.answer." + Token(writer) }

// ErasedOf is the subject of an erasure's mark.
func ErasedOf(mark string) string { return "folje.erased." + Token(mark) }

// Token writes a word as one token of a subject: what NATS may not have in one
// becomes = and two hexadecimal digits. The empty word is a lone =.
func Token(word string) string {
	if word == "" {
		return "="
	}
	var b strings.Builder
	for _, c := range []byte(word) {
		if plain(c) {
			b.WriteByte(c)
			continue
		}
		fmt.Fprintf(&b, "=%02X", c)
	}
	return b.String()
}

// ErrToken says that no word is written like this.
var ErrToken = errors.New("not a token of ours")

// Word reads what Token wrote. It fails with [ErrToken].
func Word(token string) (string, error) {
	if token == "=" {
		return "", nil
	}
	var word []byte
	for rest := token; rest != ""; {
		if plain(rest[0]) {
			word, rest = append(word, rest[0]), rest[1:]
			continue
		}
		if rest[0] != '=' || len(rest) < 3 {
			return "", fmt.Errorf("%w: %q", ErrToken, token)
		}
		c, err := hex.DecodeString(rest[1:3])
		if err != nil {
			return "", fmt.Errorf("%w: %q", ErrToken, token)
		}
		word, rest = append(word, c...), rest[3:]
	}
	if word == nil {
		return "", fmt.Errorf("%w: %q", ErrToken, token)
	}
	return string(word), nil
}

func plain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_'
}
