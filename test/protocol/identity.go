package protocol

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"testing"
)

// Identity is what a phone makes of itself.
type Identity struct{ ID, Secret string }

// NewIdentity makes an id and a secret as a phone does.
func NewIdentity() Identity {
	secret := make([]byte, 32)
	rand.Read(secret)
	return Identity{ID: NewUUID(), Secret: base64.RawURLEncoding.EncodeToString(secret)}
}

// NewUUID is a random UUID of version 4.
func NewUUID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// wish is an operation as a phone sends it.
func wish(group, text string) map[string]any {
	return map[string]any{"op": NewUUID(), "seq": 1, "kind": "wish", "v": 1, "body": map[string]any{"group": group, "text": text}}
}

// field is a text in the answer's object.
func field(tb testing.TB, r Reply, name string) string {
	tb.Helper()
	var body map[string]any
	if err := json.Unmarshal(r.Body, &body); err != nil {
		tb.Fatalf("%s: %v", r.Body, err)
	}
	text, _ := body[name].(string)
	return text
}
