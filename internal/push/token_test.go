package push

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// ring is a key ring that counts how often it is asked, which is once for each
// signature.
type ring struct {
	keys  map[string]*ecdsa.PrivateKey
	asked atomic.Int64
}

func (r *ring) Find(id string) (*ecdsa.PrivateKey, bool) {
	r.asked.Add(1)
	key, ok := r.keys[id]
	return key, ok
}

func newRing(t testing.TB, ids ...string) *ring {
	t.Helper()
	r := &ring{keys: map[string]*ecdsa.PrivateKey{}}
	for _, id := range ids {
		key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		r.keys[id] = key
	}
	return r
}

var midday = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// verified is what a push service reads: it checks the signature with the key
// that stands beside the token (RFC 8292, sections 2 and 3).
func verified(t testing.TB, header string, key *ecdsa.PrivateKey) claims {
	t.Helper()
	rest, ok := strings.CutPrefix(header, "vapid t=")
	jwt, k, found := strings.Cut(rest, ", k=")
	parts := strings.Split(jwt, ".")
	if !ok || !found || len(parts) != 3 {
		t.Fatalf("not a header of RFC 8292: %q", header)
	}
	public, err := ecdsa.ParseUncompressedPublicKey(elliptic.P256(), decoded(t, k))
	if err != nil || !public.Equal(key.Public()) {
		t.Fatalf("the key beside the token is another: %v", err)
	}
	signature := decoded(t, parts[2])
	hash := sha256.Sum256([]byte(parts[0] + "." + parts[1]))
	if len(signature) != 64 || !ecdsa.Verify(public, hash[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])) {
		t.Fatal("the signature is not of this key")
	}
	if head := string(decoded(t, parts[0])); head != `{"typ":"JWT","alg":"ES256"}` {
		t.Fatalf("the token's head is %s", head)
	}
	var c claims
	if err := json.Unmarshal(decoded(t, parts[1]), &c); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestToken(t *testing.T) {
	keys := newRing(t, "current")
	made := &tokens{keys: keys, contact: "mailto:ops@folje.example", now: func() time.Time { return midday }}
	for range 20 { // a number of a signature may begin with zeros
		header, err := made.Header("current", "https://push.example")
		if err != nil {
			t.Fatal(err)
		}
		c := verified(t, header, keys.keys["current"])
		if c != (claims{"https://push.example", midday.Add(12 * time.Hour).Unix(), "mailto:ops@folje.example"}) {
			t.Fatalf("%+v", c)
		}
		made.all = nil
	}
}

// One signature for a service, a key and a period.
func TestOneSignature(t *testing.T) {
	keys := newRing(t, "current", "old")
	now := midday
	made := &tokens{keys: keys, contact: "https://folje.example", now: func() time.Time { return now }}
	ask := func(key, service string) string {
		t.Helper()
		header, err := made.Header(key, service)
		if err != nil {
			t.Fatal(err)
		}
		return header
	}
	signatures := func(want int64, when string) {
		t.Helper()
		if got := keys.asked.Load(); got != want {
			t.Errorf("%s: %d signatures, want %d", when, got, want)
		}
	}
	var together sync.WaitGroup
	for range 100 {
		together.Go(func() { _, _ = made.Header("current", "https://a.example") })
	}
	together.Wait()
	signatures(1, "a hundred at once")
	first := ask("current", "https://a.example")
	ask("current", "https://b.example")
	ask("old", "https://a.example")
	signatures(3, "another service, another key")
	now = midday.Add(11*time.Hour - time.Second)
	if ask("current", "https://a.example") != first {
		t.Error("a new token before the last hour")
	}
	signatures(3, "before the last hour")
	now = midday.Add(11 * time.Hour)
	second := ask("current", "https://a.example")
	if second == first || verified(t, second, keys.keys["current"]).Expires != now.Add(12*time.Hour).Unix() {
		t.Error("the token isn't renewed when an hour is left")
	}
	signatures(4, "in the last hour")
	now = midday.Add(-time.Hour) // the clock was wrong, and is set back
	if got := verified(t, ask("current", "https://a.example"), keys.keys["current"]).Expires; got != now.Add(12*time.Hour).Unix() {
		t.Error("after the clock is set back, a token is valid for too long")
	}
}

func TestTokenOfGoneKey(t *testing.T) {
	made := &tokens{keys: newRing(t), contact: "https://folje.example", now: func() time.Time { return midday }}
	if _, err := made.Header("gone", "https://push.example"); !errors.Is(err, errKey) {
		t.Errorf("%v", err)
	}
}

// Whoever makes up services doesn't fill the memory.
func TestTokensAreBounded(t *testing.T) {
	keys := newRing(t, "current")
	made := &tokens{keys: keys, contact: "https://folje.example", now: func() time.Time { return midday }}
	for i := range 3 * tokensKept {
		if _, err := made.Header("current", fmt.Sprintf("https://%d.example", i)); err != nil {
			t.Fatal(err)
		}
		if len(made.all) > tokensKept {
			t.Fatalf("%d tokens are kept", len(made.all))
		}
	}
}
