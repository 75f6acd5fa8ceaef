package edge

import (
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"folje/internal/ticket"
)

// revocations are the words that devices' tickets are void. They are kept for as
// long as a ticket that they are about could live, by a clock that nobody sets.
type revocations struct {
	steady func() time.Duration

	mu    sync.RWMutex
	words map[string]word
}

// word is a word, and when it came.
type word struct {
	ticket.Word
	came time.Duration
}

func newRevocations(steady func() time.Duration) *revocations {
	return &revocations{steady: steady, words: map[string]word{}}
}

func (r *revocations) take(device string, body []byte) error {
	var w ticket.Word
	if err := json.Unmarshal(body, &w); err != nil {
		return fmt.Errorf("read a revocation: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.words[device] = word{w, r.steady()}
	return nil
}

// doubt makes the device's tickets void that were issued by then: a word about
// it came that can't be read.
func (r *revocations) doubt(device string, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if before := r.words[device]; at.After(before.At) {
		r.words[device] = word{ticket.Word{At: at, Term: before.Term}, r.steady()}
	}
}

// of gives the word that makes the ticket void; ok is false for none.
func (r *revocations) of(t ticket.Ticket) (w ticket.Word, ok bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	known, ok := r.words[t.Device]
	return known.Word, ok && known.Void(t)
}

// prune forgets words about tickets that have expired.
func (r *revocations) prune() {
	now := r.steady()
	r.mu.Lock()
	defer r.mu.Unlock()
	for device, w := range r.words {
		if now-w.came > 2*ticket.Life+2*ticket.Skew {
			delete(r.words, device)
		}
	}
}
