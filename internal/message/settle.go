package message

import (
	"sync"
	"time"
)

// rests is how many times the settling time lies between two builds, and the
// longest that edits wait while somebody goes on editing: phones fetch each
// build's texts anew, and many read on prepaid data.
const rests = 20

// settling calls do when edits have settled: once nothing was edited for the
// settling time, or at the latest a rest after the first edit; and no sooner
// than a rest after the last call.
type settling struct {
	settle  time.Duration
	do      func()
	reading sync.Mutex // of the edits

	mu          sync.Mutex
	timer       *time.Timer
	first, done time.Time // zero for none
	ended       bool
}

func newSettling(settle time.Duration, do func()) *settling {
	return &settling{settle: settle, do: do}
}

// edited says that something was edited just now.
func (s *settling) edited() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return
	}
	if s.settle == 0 {
		s.do()
		return
	}
	now, rest := time.Now(), rests*s.settle
	if s.first.IsZero() {
		s.first = now
	}
	due := now.Add(s.settle)
	if latest := s.first.Add(rest); due.After(latest) {
		due = latest
	}
	if soonest := s.done.Add(rest); !s.done.IsZero() && due.Before(soonest) {
		due = soonest
	}
	if s.timer != nil {
		s.timer.Stop()
	}
	s.timer = time.AfterFunc(due.Sub(now), s.settled)
}

func (s *settling) settled() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended || s.first.IsZero() {
		return
	}
	s.first, s.done = time.Time{}, time.Now()
	s.do()
}

// end calls do no more.
func (s *settling) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = true
	if s.timer != nil {
		s.timer.Stop()
	}
}
