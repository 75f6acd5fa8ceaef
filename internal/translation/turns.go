package translation

import (
	"context"
	"sync"
	"time"

	"folje/internal/problem"
)

// turns lets work that takes the processor be done for a few people at a time,
// and for each of them one thing after the other. It may be used by many
// goroutines.
type turns struct {
	all     chan struct{} // one for each that is at work
	waiting int           // the most of one person, with the one at work

	mu sync.Mutex
	by map[string]*line
}

// line is what one person waits for.
type line struct {
	turn   chan struct{}
	people int // requests of hers in it
}

func newTurns(atOnce, waiting int) *turns {
	return &turns{all: make(chan struct{}, atOnce), waiting: waiting, by: map[string]*line{}}
}

// take waits for the person's turn; done ends it. It fails with 429 where she
// has too many waiting already, and with 503 where ctx ends before.
func (t *turns) take(ctx context.Context, person string) (done func(), err error) {
	hers := t.join(person)
	if hers == nil {
		return nil, problem.TooMany("error.too_many_requests", time.Second)
	}
	if err := enter(ctx, hers.turn); err != nil {
		t.leave(person)
		return nil, err
	}
	if err := enter(ctx, t.all); err != nil {
		<-hers.turn
		t.leave(person)
		return nil, err
	}
	return func() {
		<-t.all
		<-hers.turn
		t.leave(person)
	}, nil
}

func enter(ctx context.Context, at chan<- struct{}) error {
	select {
	case at <- struct{}{}:
		return nil
	case <-ctx.Done():
		return problem.Busy(ctx.Err())
	}
}

// join gives the person's line with one more in it, nil where it is too long.
func (t *turns) join(person string) *line {
	t.mu.Lock()
	defer t.mu.Unlock()
	hers := t.by[person]
	if hers == nil {
		hers = &line{turn: make(chan struct{}, 1)}
		t.by[person] = hers
	}
	if hers.people == t.waiting {
		return nil
	}
	hers.people++
	return hers
}

func (t *turns) leave(person string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.by[person].people--; t.by[person].people == 0 {
		delete(t.by, person)
	}
}
