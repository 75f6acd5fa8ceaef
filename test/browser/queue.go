package browser

import (
	"context"
	"sync"
)

// queue keeps events in order between the reader, which must never wait, and
// the handler, which may make calls of its own.
type queue struct {
	mu     sync.Mutex
	filled *sync.Cond
	items  []item
	closed bool
}

// item is an event, or the mark of somebody who waits for those before it.
type item struct {
	event   message
	reached chan struct{}
}

func newQueue() *queue {
	q := &queue{}
	q.filled = sync.NewCond(&q.mu)
	return q
}

func (q *queue) put(m message) { q.add(item{event: m}) }

func (q *queue) add(i item) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.items = append(q.items, i)
	q.filled.Signal()
}

func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.closed = true
	q.filled.Broadcast()
}

// run hands over events until the queue is closed and empty.
func (q *queue) run(handle func(message)) {
	for {
		batch, ok := q.take()
		if !ok {
			return
		}
		for _, i := range batch {
			if i.reached != nil {
				close(i.reached)
				continue
			}
			handle(i.event)
		}
	}
}

func (q *queue) take() ([]item, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		if q.closed {
			return nil, false
		}
		q.filled.Wait()
	}
	batch := q.items
	q.items = nil
	return batch, true
}

// flush returns when all that was put before has been handled.
func (q *queue) flush(ctx context.Context) error {
	reached := make(chan struct{})
	q.add(item{reached: reached})
	select {
	case <-reached:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
