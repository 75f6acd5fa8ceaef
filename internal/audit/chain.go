package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Row is one row of the log. At is the moment as the database has it, Hash 64
// hexadecimal characters.
type Row struct {
	ID      string `db:"id"`
	Seq     int    `db:"seq"`
	Actor   string `db:"actor"`
	Action  string `db:"action"`
	Subject string `db:"subject"`
	At      string `db:"at"`
	Hash    string `db:"hash"`
}

// Digest is SHA-256 over the row's fields, each with its length before it, in
// hexadecimal: number, id, actor, action, subject, moment. The id is random, so
// that nobody who has the digest alone can find the fields by trying.
func (r Row) Digest() string {
	var b strings.Builder
	for _, field := range []string{strconv.Itoa(r.Seq), r.ID, r.Actor, r.Action, r.Subject, r.At} {
		fmt.Fprintf(&b, "%d:%s", len(field), field)
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:])
}

// link is the hash of a row with the digest after one with the hash before:
// SHA-256 over the bytes of both. Before the first row there are 32 zero bytes.
func link(before, digest string) string {
	if before == "" {
		before = strings.Repeat("0", hex.EncodedLen(sha256.Size))
	}
	b, _ := hex.DecodeString(before) // of a hash that is none, as far as it is one: the result is wrong then, too
	d, _ := hex.DecodeString(digest)
	sum := sha256.Sum256(append(b, d...))
	return hex.EncodeToString(sum[:])
}

// Head is where the chain ends, or where somebody knows that it once ended.
type Head struct {
	Seq  int    `db:"seq" json:"seq"`
	Hash string `db:"hash" json:"hash"`
}

// String writes the head as number and hash, with a space between.
func (h Head) String() string { return strconv.Itoa(h.Seq) + " " + h.Hash }

// ParseHead reads what [Head.String] wrote; a colon serves as well as the space.
func ParseHead(s string) (Head, error) {
	number, hash, ok := strings.Cut(strings.Replace(s, ":", " ", 1), " ")
	seq, err := strconv.Atoi(number)
	raw, wrong := hex.DecodeString(hash)
	if !ok || err != nil || seq < 1 || wrong != nil || len(raw) != sha256.Size {
		return Head{}, errors.New("a head is a number and 64 hexadecimal characters")
	}
	return Head{Seq: seq, Hash: hash}, nil
}
