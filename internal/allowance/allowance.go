// Package allowance bounds how often each of many callers may do something.
package allowance

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// room is how many callers are remembered before some are forgotten.
const room = 1024

// Hourly lets each caller do so much at once, and as much within an hour. It
// remembers only callers that did something lately, and may be used by many
// goroutines.
type Hourly struct {
	most int

	mu   sync.Mutex
	by   map[string]*rate.Limiter
	room int
}

// NewHourly allows each caller most, at least 1.
func NewHourly(most int) *Hourly {
	return &Hourly{most: max(most, 1), by: map[string]*rate.Limiter{}, room: room}
}

// Take takes n from the caller's allowance at the time now, or nothing of it and
// says how long to wait until there is so much, at least a second. More than
// the whole allowance there never is.
func (h *Hourly) Take(caller string, n int, now time.Time) (wait time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	bucket, ok := h.by[caller]
	if !ok {
		h.forget(now)
		bucket = rate.NewLimiter(rate.Every(time.Hour/time.Duration(h.most)), h.most)
		h.by[caller] = bucket
	}
	if bucket.AllowN(now, n) {
		return 0
	}
	missing := float64(n) - bucket.TokensAt(now)
	return max(time.Duration(missing/float64(bucket.Limit())*float64(time.Second)), time.Second)
}

// forget makes room by dropping callers that have nothing to answer for.
func (h *Hourly) forget(now time.Time) {
	if len(h.by) < h.room {
		return
	}
	for caller, bucket := range h.by {
		if bucket.TokensAt(now) >= float64(h.most) {
			delete(h.by, caller)
		}
	}
	h.room = max(room, 2*len(h.by))
}
