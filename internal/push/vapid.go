package push

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Key is a VAPID key pair without its secret half. Public is what a phone
// subscribes with: an uncompressed point of P-256, 65 bytes, in unpadded
// base64url. Replaced is the day on which another took its place; "" for the
// current one.
type Key struct {
	ID       string
	Public   string
	Replaced string
}

// VAPID is who we are to push services (RFC 8292): a current key, which phones
// subscribe with, and earlier ones, for phones that have not come back since.
// A subscription works only with the key it was made with. Its methods may be
// used from several goroutines.
type VAPID struct {
	path string

	mu   sync.RWMutex
	keys []pair // the current one first, then the latest
}

type pair struct {
	Key
	private *ecdsa.PrivateKey
}

func newPair() (pair, error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return pair{}, fmt.Errorf("make a VAPID key: %w", err)
	}
	return pairOf(private)
}

func pairOf(private *ecdsa.PrivateKey) (pair, error) {
	public, err := private.PublicKey.Bytes()
	if err != nil {
		return pair{}, fmt.Errorf("encode a VAPID key: %w", err)
	}
	sum := sha256.Sum256(public)
	return pair{Key{
		ID: hex.EncodeToString(sum[:8]), Public: base64.RawURLEncoding.EncodeToString(public),
	}, private}, nil
}

// Current is the key that phones subscribe with.
func (v *VAPID) Current() Key {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.keys[0].Key
}

// Keys are all that are alive, the current one first.
func (v *VAPID) Keys() []Key {
	v.mu.RLock()
	defer v.mu.RUnlock()
	keys := make([]Key, len(v.keys))
	for i, k := range v.keys {
		keys[i] = k.Key
	}
	return keys
}

// Find gives the secret half of the key with the id, if it is alive.
func (v *VAPID) Find(id string) (*ecdsa.PrivateKey, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	for _, k := range v.keys {
		if k.ID == id {
			return k.private, true
		}
	}
	return nil, false
}

// Alive gives the key whose public half this is, padded or not, if it is alive.
func (v *VAPID) Alive(public string) (Key, bool) {
	raw, err := decode(public)
	if err != nil {
		return Key{}, false
	}
	public = base64.RawURLEncoding.EncodeToString(raw)
	for _, k := range v.Keys() {
		if k.Public == public {
			return k, true
		}
	}
	return Key{}, false
}

// Rotate makes a new current key. The others stay alive.
func (v *VAPID) Rotate(now time.Time) (Key, error) {
	made, err := newPair()
	if err != nil {
		return Key{}, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	keys := slices.Concat([]pair{made}, v.keys)
	keys[1].Replaced = day(now)
	if err := writeVAPID(v.path, keys); err != nil {
		return Key{}, err
	}
	v.keys = keys
	return made.Key, nil
}

// keptFor is for how many days a key stays alive at least once another took its
// place: a phone that nobody opens is not told of the new one.
const keptFor = 30

// Retire drops the keys that were replaced 30 days ago or more and that used
// doesn't report, and gives their ids.
func (v *VAPID) Retire(used func(id string) bool, now time.Time) ([]string, error) {
	before := day(now.AddDate(0, 0, -keptFor))
	v.mu.Lock()
	defer v.mu.Unlock()
	var dropped []string
	kept := slices.DeleteFunc(slices.Clone(v.keys), func(k pair) bool {
		drop := k.Replaced != "" && k.Replaced <= before && !used(k.ID)
		if drop {
			dropped = append(dropped, k.ID)
		}
		return drop
	})
	if len(dropped) == 0 {
		return nil, nil
	}
	if err := writeVAPID(v.path, kept); err != nil {
		return nil, err
	}
	v.keys = kept
	return dropped, nil
}

// TopicKey is a secret for [Topic]. A rotation changes it.
func (v *VAPID) TopicKey() ([]byte, error) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	secret, err := v.keys[0].private.Bytes()
	if err != nil {
		return nil, fmt.Errorf("encode a VAPID key: %w", err)
	}
	key, err := hkdf.Key(sha256.New, secret, nil, "folje push topics v1", sha256.Size)
	if err != nil {
		return nil, fmt.Errorf("derive the topics' key: %w", err)
	}
	return key, nil
}
