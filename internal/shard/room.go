package shard

import (
	"context"
	"sync"
	"time"
)

// share is how many times the room that is left one service may take: two
// thirds of all where it is alone, and there is always room for one more. A
// service that doesn't answer holds up no other.
const share = 2

// parked is how many shards of one service wait here for room.
const parked = 2

// room is what a worker has under way.
type room struct {
	size int

	mu      sync.Mutex
	total   int
	of      map[string]int // by service
	waiting map[string]int // shards
	gave    map[string]time.Time
	freed   chan struct{} // closed when there is more room
}

func newRoom(size int) *room {
	return &room{size: size, of: map[string]int{}, waiting: map[string]int{}, gave: map[string]time.Time{}, freed: make(chan struct{})}
}

// take takes room for n messages to the service, if there is.
func (r *room) take(service string, n int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	left := r.size - r.total - n
	if left < 0 || r.of[service] > 0 && r.of[service]+n > share*left {
		return false
	}
	r.total += n
	r.of[service] += n
	return true
}

// give gives it back.
func (r *room) give(service string, n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.total -= n
	r.gave[service] = time.Now()
	if r.of[service] -= n; r.of[service] == 0 {
		delete(r.of, service)
		delete(r.gave, service)
	}
	r.broadcast()
}

// moving is how lately a service has to have answered to be worth waiting for.
const moving = time.Second

// moves reports whether there will soon be room for more to the service: it
// answers.
func (r *room) moves(service string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return time.Since(r.gave[service]) < moving
}

// soon waits until there is more room, or nothing moves.
func (r *room) soon(freed <-chan struct{}) {
	timer := time.NewTimer(moving)
	defer timer.Stop()
	select {
	case <-freed:
	case <-timer.C:
	}
}

// park reports whether a shard of the service may wait.
func (r *room) park(service string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.waiting[service] >= parked {
		return false
	}
	r.waiting[service]++
	return true
}

func (r *room) unpark(service string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.waiting[service]--; r.waiting[service] == 0 {
		delete(r.waiting, service)
	}
}

// wait waits until any service's shard may find room, or ctx ends.
func (r *room) wait(ctx context.Context) {
	for ctx.Err() == nil {
		r.mu.Lock()
		enough, freed := r.size-r.total >= most, r.freed
		r.mu.Unlock()
		if enough {
			return
		}
		select {
		case <-freed:
		case <-ctx.Done():
		}
	}
}

// next is closed when there is more room.
func (r *room) next() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.freed
}

func (r *room) wake() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.broadcast()
}

func (r *room) broadcast() {
	close(r.freed)
	r.freed = make(chan struct{})
}

func (r *room) taken() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.total
}
