package service

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
)

// Phone is a subscription that no browser holds.
type Phone struct {
	Endpoint string
	services *Services
	private  *ecdh.PrivateKey
	auth     []byte
}

// A Maker is whose push service a phone uses.
type Maker string

// The makers.
const (
	Google  Maker = "https://" + googleHost + "/fcm/send/"
	Mozilla Maker = "https://" + mozillaHost + "/wpush/v2/"
	Apple   Maker = "https://" + appleHost + "/"
)

// Subscribe makes a phone that whoever has the VAPID key may send to.
func (s *Services) Subscribe(by Maker, vapid string) *Phone {
	s.reporter.Helper()
	private, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		s.reporter.Fatalf("make a phone's key: %v", err)
	}
	p := &Phone{services: s, private: private, auth: make([]byte, 16)}
	_, _ = rand.Read(p.auth) // never fails
	p.Endpoint = s.box.open(string(by), vapid, nil).endpoint
	return p
}

// Unsubscribe ends the subscription.
func (p *Phone) Unsubscribe() { p.services.box.close(p.Endpoint) }

// Refuse makes the service take the subscription for one of another sender's.
func (p *Phone) Refuse() {
	p.services.box.mu.Lock()
	defer p.services.box.mu.Unlock()
	p.services.box.boxes[p.Endpoint].key = ""
}

// Keys are the subscription's keys as browsers write them.
func (p *Phone) Keys() map[string]string {
	return map[string]string{
		"p256dh": base64.RawURLEncoding.EncodeToString(p.private.PublicKey().Bytes()),
		"auth":   base64.RawURLEncoding.EncodeToString(p.auth),
	}
}

// Messages are those that came for the phone.
func (p *Phone) Messages() (own []*Message) {
	for _, m := range p.services.Messages() {
		if m.Endpoint == p.Endpoint {
			own = append(own, m)
		}
	}
	return own
}

// Open decrypts a body that was meant for the phone.
func (p *Phone) Open(body []byte) ([]byte, error) { return Open(p.private, p.auth, body) }

// Open decrypts a body that was meant for a subscription, with the half of it
// that phones keep: one record of RFC 8188 with the keys of RFC 8291.
func Open(private *ecdh.PrivateKey, auth, body []byte) ([]byte, error) {
	const header = 16 + 4 + 1
	if len(body) < header || len(body) < header+int(body[header-1]) {
		return nil, errors.New("a body without a whole header")
	}
	salt, size := body[:16], binary.BigEndian.Uint32(body[16:20])
	sender, sealed := body[header:header+int(body[20])], body[header+int(body[20]):]
	if uint64(len(sealed)) > uint64(size) {
		return nil, fmt.Errorf("%d bytes in a record of %d", len(sealed), size)
	}
	key, nonce, err := derive(private, auth, salt, sender)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return nil, err
	}
	plain, err := gcm.Open(nil, nonce, sealed, nil)
	if err != nil {
		return nil, err
	}
	return unpad(plain)
}

func derive(private *ecdh.PrivateKey, auth, salt, sender []byte) (key, nonce []byte, err error) {
	public, err := ecdh.P256().NewPublicKey(sender)
	if err != nil {
		return nil, nil, err
	}
	shared, err := private.ECDH(public)
	if err != nil {
		return nil, nil, err
	}
	info := "WebPush: info\x00" + string(private.PublicKey().Bytes()) + string(sender)
	secret, err := hkdf.Key(sha256.New, shared, auth, info, 32)
	if err != nil {
		return nil, nil, err
	}
	if key, err = hkdf.Key(sha256.New, secret, salt, "Content-Encoding: aes128gcm\x00", 16); err != nil {
		return nil, nil, err
	}
	nonce, err = hkdf.Key(sha256.New, secret, salt, "Content-Encoding: nonce\x00", 12)
	return key, nonce, err
}

// unpad takes the padding of a last record off: a 2, then zeros.
func unpad(plain []byte) ([]byte, error) {
	for i := len(plain) - 1; i >= 0; i-- {
		switch plain[i] {
		case 0:
		case 2:
			return plain[:i], nil
		default:
			return nil, fmt.Errorf("a last record that ends with %d", plain[i])
		}
	}
	return nil, errors.New("a record without an end")
}
