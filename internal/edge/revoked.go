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
	words map[string]ticket.Word
}

func newRevocations() *revocations { return &revocations{words: map[string]ticket.Word{}} }

func (r *revocations) take(device string, body []byte) error {
	var w ticket.Word
	if err := json.Unmarshal(body, &w); err != nil {
		return fmt.Errorf("read a revocation: %w", err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.words[device] = w
	return nil
}

// doubt makes the device's tickets void that were issued by then: a word about
// it came that can't be read.
func (r *revocations) doubt(device string, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if at.After(r.words[device].At) {
		r.words[device] = ticket.Word{At: at}
	}
}

// of gives the word that makes the ticket void; ok is false for none.
func (r *revocations) of(t ticket.Ticket) (w ticket.Word, ok bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	w, ok = r.words[t.Device]
	return w, ok && w.Void(t)
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
