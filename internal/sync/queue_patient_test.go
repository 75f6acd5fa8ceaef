package sync

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"folje/internal/problem"
)

// Nobody waits for ever for a turn.
func TestAWaitForATurnEnds(t *testing.T) {
	s := newShelf(&Feeds{}, nil, time.Now)
	s.queue.patient = time.Millisecond
	for range turns {
		s.queue.turns <- struct{}{}
	}
	_, err := s.inTurn(nil, streamKey{Public, Records}, 1, newest{stream: 2, scope: 2}, 0)
	var p *problem.Problem
	if !errors.As(err, &p) || p.Status != http.StatusTooManyRequests || p.RetryAfter == 0 {
		t.Error(err)
	}
	if n := s.queue.waiting.Load(); n != 0 {
		t.Errorf("%d still wait", n)
	}
}
