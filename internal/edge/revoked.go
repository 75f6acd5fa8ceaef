package edge

import (
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"folje/internal/ticket"
)

// revocations are the words that devices' tickets are void. They are kept for as
// long as a ticket that they are about could live.
type revocations struct {
	mu    sync.RWMutex
	words map[string]word
}

// word is what was announced of a device: tickets issued at or before At are
// void. Ended says that the device is shut out for good, and not only from a
// group.
type word struct {
	At    time.Time `json:"at"`
	Ended bool      `json:"ended"`
}

func newRevocations() *revocations { return &revocations{words: map[string]word{}} }

func (r *revocations) take(device string, body []byte) error {
	var w word
	if err := json.Unmarshal(body, &w); err != nil {
		return fmt.Errorf("read a revocation: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.words[device] = w
	return nil
}

// of gives the word that makes the ticket void; ok is false for none.
func (r *revocations) of(t ticket.Ticket) (w word, ok bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	w, ok = r.words[t.Device]
	return w, ok && (w.Ended || !t.Issued.After(w.At))
}

// prune forgets words about tickets that have expired.
func (r *revocations) prune(now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for device, w := range r.words {
		if now.Sub(w.At) > 2*ticket.Life+2*ticket.Skew {
			delete(r.words, device)
		}
	}
}
