package ticket

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// ID names a public key: the first bytes of its SHA-256.
type ID [8]byte

// String is the id in hexadecimal.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// IDOf is the key's id.
func IDOf(key ed25519.PublicKey) ID {
	sum := sha256.Sum256(key)
	return ID(sum[:len(ID{})])
}

// Keys are public keys by their id.
type Keys map[ID]ed25519.PublicKey

// Issuer signs tickets with the first of its keys. Those of the others, which
// it was rotated from, are still good. Its methods may be used from several
// goroutines.
type Issuer struct {
	private ed25519.PrivateKey
	id      ID
	public  Keys
	newest  atomic.Int64 // when the newest ticket was issued, in Unix milliseconds
}

// newIssuer makes one of seeds of which the first is current.
func newIssuer(seeds [][]byte) *Issuer {
	i := &Issuer{public: Keys{}}
	for n, seed := range seeds {
		private := ed25519.NewKeyFromSeed(seed)
		public := private.Public().(ed25519.PublicKey)
		i.public[IDOf(public)] = public
		if n == 0 {
			i.private, i.id = private, IDOf(public)
		}
	}
	return i
}

// Issue signs the ticket. Where it has more than [MostScopes] scopes only the
// first are in it, and the ticket given back says so.
func (i *Issuer) Issue(t Ticket) (text string, issued Ticket) {
	t.Scopes = t.Scopes[:min(len(t.Scopes), MostScopes)]
	t.Issued, t.Expires = t.Issued.Truncate(time.Millisecond), t.Expires.Truncate(time.Millisecond)
	at, before := t.Issued.UnixMilli(), i.newest.Load()
	for at > before && !i.newest.CompareAndSwap(before, at) {
		before = i.newest.Load()
	}
	signed := Prefix + encoding.EncodeToString(t.payload(i.id))
	return signed + "." + encoding.EncodeToString(ed25519.Sign(i.private, []byte(signed))), t
}

// Newest is the latest time at which a ticket was issued here: the clock may have
// been set back since. It is the zero of Unix time before the first.
func (i *Issuer) Newest() time.Time { return time.UnixMilli(i.newest.Load()) }

// Public are the keys that whoever verifies tickets must know.
func (i *Issuer) Public() Keys { return i.public }

// wireKeys is how public keys are told to others.
type wireKeys struct {
	Keys []string `json:"keys"`
}

// MarshalJSON gives {"keys": [base64url, …]}, in the order of their ids.
func (k Keys) MarshalJSON() ([]byte, error) {
	out := wireKeys{make([]string, 0, len(k))}
	for _, id := range k.sorted() {
		out.Keys = append(out.Keys, encoding.EncodeToString(k[id]))
	}
	return json.Marshal(out)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (k *Keys) UnmarshalJSON(raw []byte) error {
	var in wireKeys
	if err := json.Unmarshal(raw, &in); err != nil {
		return fmt.Errorf("read the keys of tickets: %w", err)
	}
	*k = Keys{}
	for _, text := range in.Keys {
		key, err := encoding.DecodeString(text)
		if err != nil || len(key) != ed25519.PublicKeySize {
			return fmt.Errorf("read the keys of tickets: one is no public key of Ed25519")
		}
		(*k)[IDOf(key)] = key
	}
	return nil
}

func (k Keys) sorted() []ID {
	ids := make([]ID, 0, len(k))
	for id := range k {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b ID) int { return strings.Compare(string(a[:]), string(b[:])) })
	return ids
}
