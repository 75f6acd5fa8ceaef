package ticket

import (
	"crypto/ed25519"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// remembers is how many tickets a [Verifier] knows again without their
// signature: a phone shows the same one for each of its feeds. Twice as many
// are held, of some 600 bytes each.
const remembers = 4096

// Verifier holds tickets against public keys. The zero value knows none, and
// takes every ticket for forged. Its methods may be used from several
// goroutines.
type Verifier struct {
	keys atomic.Pointer[Keys]

	mu         sync.RWMutex
	seen, past map[string]Ticket // signed by one of the keys, by their text
}

// NewVerifier makes one that knows the keys.
func NewVerifier(keys Keys) *Verifier {
	v := &Verifier{}
	v.Set(keys)
	return v
}

// Set replaces the keys, which must not be changed afterwards.
func (v *Verifier) Set(keys Keys) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.keys.Store(&keys)
	v.seen, v.past = nil, nil
}

// Ready reports whether there is a key to hold tickets against.
func (v *Verifier) Ready() bool {
	keys := v.keys.Load()
	return keys != nil && len(*keys) > 0
}

// Verify reads the ticket. It fails with [ErrForged], and with [ErrExpired] and
// the ticket where it is ours but not good at the time now, give or take [Skew].
// It does not know what was announced since: ask [Word.Void] too.
func (v *Verifier) Verify(text string, now time.Time) (Ticket, error) {
	t, known := v.recall(text)
	if !known {
		keys := v.keys.Load()
		var err error
		if t, err = keys.open(text); err != nil {
			return Ticket{}, err
		}
		v.remember(keys, strings.Clone(text), t)
	}
	if now.Before(t.Issued.Add(-Skew)) || !now.Before(t.Expires.Add(Skew)) {
		return t, ErrExpired
	}
	return t, nil
}

// open reads a ticket that one of the keys signed.
func (k *Keys) open(text string) (Ticket, error) {
	dot := strings.LastIndexByte(text, '.')
	if k == nil || len(text) > most || !Is(text) || dot < len(Prefix) {
		return Ticket{}, ErrForged
	}
	payload, err := encoding.DecodeString(text[len(Prefix):dot])
	if err != nil || len(payload) < len(ID{}) {
		return Ticket{}, ErrForged
	}
	signature, err := encoding.DecodeString(text[dot+1:])
	if err != nil {
		return Ticket{}, ErrForged
	}
	key, ok := (*k)[ID(payload[:len(ID{})])]
	if !ok || !ed25519.Verify(key, []byte(text[:dot]), signature) {
		return Ticket{}, ErrForged
	}
	t, err := open(payload)
	if err != nil {
		return Ticket{}, ErrForged
	}
	return t, nil
}

func (v *Verifier) recall(text string) (t Ticket, ok bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	if t, ok = v.seen[text]; !ok {
		t, ok = v.past[text]
	}
	return t, ok
}

// remember keeps the ticket, unless the keys it was held against have been
// replaced meanwhile. Of two generations the older goes when the other is full.
func (v *Verifier) remember(under *Keys, text string, t Ticket) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.keys.Load() != under {
		return
	}
	if v.seen == nil || len(v.seen) >= remembers {
		v.seen, v.past = map[string]Ticket{}, v.seen
	}
	v.seen[text] = t
}

// Word is what is announced of a device: every ticket of it that was issued At
// that time or before is void, and so is every one that was issued in an earlier
// Term: that was another machine, whose clock may differ. Ended says that the
// device itself is shut out; without it the phone is to ask for another ticket,
// and learns from the writer what it may read now.
type Word struct {
	At    time.Time `json:"at"`
	Term  uint64    `json:"term,omitempty"`
	Ended bool      `json:"ended,omitempty"`
}

// Void reports whether the word makes the ticket void. A word that says ended
// makes all of them void.
func (w Word) Void(t Ticket) bool { return w.Ended || t.Term < w.Term || !t.Issued.After(w.At) }
