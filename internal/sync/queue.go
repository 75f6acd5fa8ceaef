package sync

import (
	"sync/atomic"
	"time"

	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// Bounds of making answers to cursors.
const (
	// turns is how many are made at once: each takes some megabytes while it is
	// made, and a phone may ask from as many cursors as its group has numbers.
	turns = 2
	// mostWaiting is how many are made or wait for their turn. Whoever comes on
	// top is asked to come again, after soon.
	mostWaiting = 256
	soon        = 5 * time.Second
	// patient is how long one waits for its turn; then too it is asked to come
	// again.
	patient = 10 * time.Second
)

type queue struct {
	turns   chan struct{}
	waiting *atomic.Int64
	patient time.Duration
}

func newQueue() queue { return queue{make(chan struct{}, turns), new(atomic.Int64), patient} }

// inTurn makes an answer to a cursor when it is its turn, and any other at once:
// a whole feed of texts, which needs that of the records, holds no turn.
func (s *shelf) inTurn(app core.App, k streamKey, after int, at newest, day int) (*answer, error) {
	if after == whole || after >= at.stream {
		return s.make(app, k, after, at, day)
	}
	q := s.queue
	defer q.waiting.Add(-1)
	if q.waiting.Add(1) > mostWaiting {
		return nil, problem.TooMany("error.too_many_requests", soon)
	}
	timer := time.NewTimer(q.patient)
	defer timer.Stop()
	select {
	case q.turns <- struct{}{}:
	case <-timer.C:
		return nil, problem.TooMany("error.too_many_requests", soon)
	}
	defer func() { <-q.turns }()
	return s.make(app, k, after, at, day)
}
