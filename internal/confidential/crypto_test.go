package confidential_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"testing"

	"filippo.io/age"
)

func newIdentity(t testing.TB) *age.X25519Identity {
	t.Helper()
	identity, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return identity
}

// seal encrypts to a recipient, as base64.
func seal(t testing.TB, recipient age.Recipient, plain string) string {
	t.Helper()
	var out bytes.Buffer
	in, err := age.Encrypt(&out, recipient)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(in, plain); err != nil {
		t.Fatal(err)
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(out.Bytes())
}

// unseal is what the identity reads of it.
func unseal(t testing.TB, identity age.Identity, sealed string) string {
	t.Helper()
	raw, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		t.Fatal(err)
	}
	out, err := age.Decrypt(bytes.NewReader(raw), identity)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

// locked is the identity under the passphrase.
func locked(t testing.TB, identity *age.X25519Identity, passphrase string, work int) string {
	t.Helper()
	recipient, err := age.NewScryptRecipient(passphrase)
	if err != nil {
		t.Fatal(err)
	}
	recipient.SetWorkFactor(work)
	return seal(t, recipient, identity.String())
}

// proofOf is what shows that somebody has the recovery key, and what that hashes
// to.
func proofOf(recovery *age.X25519Identity) (proof, check string) {
	p := sha256.Sum256([]byte("folje recovery v1\n" + recovery.String()))
	c := sha256.Sum256(p[:])
	return hex.EncodeToString(p[:]), hex.EncodeToString(c[:])
}
