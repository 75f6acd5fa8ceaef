package push

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"testing"
)

// receiver is a browser's half of a subscription, with a decryption of its own:
// from RFC 8291, section 3.4, and RFC 8188, section 2, with HMAC spelt out.
type receiver struct {
	key  *ecdh.PrivateKey
	auth []byte
}

func newReceiver(t testing.TB) receiver {
	t.Helper()
	key, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	auth := make([]byte, secretSize)
	_, _ = rand.Read(auth) // never fails
	return receiver{key, auth}
}

func (p receiver) subscription(id, endpoint string) Subscription {
	return Subscription{ID: id, Endpoint: endpoint, P256dh: p.key.PublicKey().Bytes(), Auth: p.auth, Key: "current"}
}

func (p receiver) open(body []byte) ([]byte, error) {
	if len(body) < headerSize || body[20] != pointSize {
		return nil, errors.New("no header")
	}
	salt, record, sender := body[:16], body[headerSize:], body[21:headerSize]
	if size := binary.BigEndian.Uint32(body[16:20]); uint32(len(record)) >= size {
		return nil, fmt.Errorf("a record of %d bytes where they are said to be below %d", len(record), size)
	}
	public, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		return nil, err
	}
	shared, err := p.key.ECDH(public)
	if err != nil {
		return nil, err
	}
	info := bytes.Join([][]byte{[]byte("WebPush: info\x00"), p.key.PublicKey().Bytes(), sender, {1}}, nil)
	ikm := mac(mac(p.auth, shared), info)
	prk := mac(salt, ikm)
	block, err := aes.NewCipher(mac(prk, []byte("Content-Encoding: aes128gcm\x00\x01"))[:16])
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	padded, err := gcm.Open(nil, mac(prk, []byte("Content-Encoding: nonce\x00\x01"))[:12], record, nil)
	if err != nil {
		return nil, err
	}
	text := bytes.TrimRight(padded, "\x00")
	if len(text) == 0 || text[len(text)-1] != 2 {
		return nil, errors.New("no mark of a last record")
	}
	return text[:len(text)-1], nil
}

func mac(key, text []byte) []byte {
	m := hmac.New(sha256.New, key)
	m.Write(text)
	return m.Sum(nil)
}

func decoded(t testing.TB, text string) []byte {
	t.Helper()
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
