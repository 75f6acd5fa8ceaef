package shard

import (
	"log/slog"
	"sync"
	"time"
)

// Between two tries while nothing can be handed over.
const (
	firstPause = time.Second
	lastPause  = 30 * time.Second
)

// trouble is while nothing can be handed over to workers. It is logged once.
type trouble struct {
	log *slog.Logger

	mu    sync.Mutex
	why   error // nil while all is well
	times int
	until time.Time
}

// note says that something failed. What fails together counts once.
func (t *trouble) note(now time.Time, why error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now.Before(t.until) {
		return
	}
	if t.why == nil {
		t.log.Error("hand deliveries to workers", "cause", why.Error())
	}
	t.why, t.until = why, now.Add(min(firstPause<<min(t.times, 8), lastPause))
	t.times++
}

// wait is how long nothing is to be tried, and why.
func (t *trouble) wait(now time.Time) (time.Duration, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.why == nil {
		return 0, nil
	}
	return max(t.until.Sub(now), 0), t.why
}

func (t *trouble) over() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.why != nil {
		t.log.Info("hand deliveries to workers again")
	}
	t.why, t.times, t.until = nil, 0, time.Time{}
}

func (t *trouble) cause() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.why
}
