package edge

import (
	"sync"
	"time"
)

// Bounds of what an edge answers without having heard of NATS.
const (
	// Aged is from when on an answer says how old it may be.
	Aged = 10 * time.Second
	// Stale is from when on no feed is answered.
	Stale = 40 * time.Second
)

// AgeHeader carries, in seconds, for how long the edge has not heard of NATS.
const AgeHeader = "Folje-Age"

// heard knows when everything that NATS has was known here the last time. It
// goes by two clocks and believes the one that says more: the first may be set,
// and the second stands still while a machine is suspended. The zero value has
// heard nothing.
type heard struct {
	now    func() time.Time
	steady func() time.Duration

	mu   sync.Mutex
	ever bool
	at   time.Time
	tick time.Duration
}

// moment is when something was asked.
type moment struct {
	at   time.Time
	tick time.Duration
}

func (h *heard) moment() moment { return moment{h.now().Round(0), h.steady()} }

// since notes that everything of that moment is known.
func (h *heard) since(m moment) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ever, h.at, h.tick = true, m.at, m.tick
}

// ago is how long ago that was: longer than anything counts where it never was.
func (h *heard) ago() time.Duration {
	now := h.moment()
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.ever {
		return 365 * 24 * time.Hour
	}
	return max(now.at.Sub(h.at), now.tick-h.tick, 0)
}
