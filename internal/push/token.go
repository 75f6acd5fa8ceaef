package push

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"
)

// A token is good for 12 hours (RFC 8292 allows 24, and clocks differ) and is
// made anew in its last one. So many are kept: services are few, but which
// hosts there are is what phones say.
const (
	tokenValid  = 12 * time.Hour
	tokenSpare  = time.Hour
	tokensKept  = 256
	coordinates = 32 // bytes of each half of an ES256 signature
)

var errKey = errors.New("the key that the subscription was made with is gone")

// keyRing finds the private key by its id. It is asked once for a signature.
type keyRing interface {
	Find(id string) (*ecdsa.PrivateKey, bool)
}

// tokens tells push services who we are (VAPID, RFC 8292). Each service gets
// one token for each of our keys, which serves until its last hour: one
// signature, however many ask at once.
type tokens struct {
	keys    keyRing
	contact string
	now     func() time.Time

	mu  sync.Mutex
	all map[tokenOf]token
}

type tokenOf struct{ key, service string }

type token struct {
	header  string
	expires time.Time
}

// Header is the value of Authorization for messages to the service that are
// sent in the name of the key.
func (t *tokens) Header(key, service string) (string, error) {
	// Held while signing, so that whoever asks meanwhile gets the same one.
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	of := tokenOf{key, service}
	if kept, ok := t.all[of]; ok && kept.good(now) {
		return kept.header, nil
	}
	private, ok := t.keys.Find(key)
	if !ok {
		return "", errKey
	}
	expires := now.Add(tokenValid)
	header, err := sign(private, claims{Audience: service, Expires: expires.Unix(), Subject: t.contact})
	if err != nil {
		return "", err
	}
	t.keep(of, token{header, expires}, now)
	return header, nil
}

// good: not in its last hour, and not from a time that a clock set back has
// made the future, when a service would find it valid for too long.
func (t token) good(now time.Time) bool {
	left := t.expires.Sub(now)
	return left > tokenSpare && left <= tokenValid
}

func (t *tokens) keep(of tokenOf, made token, now time.Time) {
	if len(t.all) >= tokensKept {
		for other, kept := range t.all {
			if !kept.good(now) {
				delete(t.all, other)
			}
		}
	}
	if t.all == nil || len(t.all) >= tokensKept {
		t.all = map[tokenOf]token{}
	}
	t.all[of] = made
}

type claims struct {
	Audience string `json:"aud"`
	Expires  int64  `json:"exp"`
	Subject  string `json:"sub"`
}

// sign writes the JWT with ES256 (RFC 7518, section 3.4: the two numbers of the
// signature side by side) and the public key beside it.
func sign(private *ecdsa.PrivateKey, c claims) (string, error) {
	said, err := json.Marshal(c)
	if err != nil {
		return "", fmt.Errorf("encode a token: %w", err)
	}
	public, err := private.PublicKey.Bytes()
	if err != nil {
		return "", fmt.Errorf("encode the public key: %w", err)
	}
	encode := base64.RawURLEncoding.EncodeToString
	text := encode([]byte(`{"typ":"JWT","alg":"ES256"}`)) + "." + encode(said)
	hash := sha256.Sum256([]byte(text))
	r, s, err := ecdsa.Sign(rand.Reader, private, hash[:])
	if err != nil {
		return "", fmt.Errorf("sign a token: %w", err)
	}
	var signature [2 * coordinates]byte
	r.FillBytes(signature[:coordinates])
	s.FillBytes(signature[coordinates:])
	return "vapid t=" + text + "." + encode(signature[:]) + ", k=" + encode(public), nil
}
