package sync

import (
	"slices"
	"sync"
)

// worker does one piece of work after another, beside the requests. Work that
// waits is not taken twice under the same key. The zero value is ready.
type worker struct {
	mu      sync.Mutex
	waiting []streamKey
	jobs    map[streamKey]func()
	running sync.WaitGroup
	busy    bool
	ended   bool
}

// add has the job done soon; after end it does nothing.
func (w *worker) add(k streamKey, job func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended || slices.Contains(w.waiting, k) {
		return
	}
	if w.jobs == nil {
		w.jobs = map[streamKey]func(){}
	}
	w.waiting = append(w.waiting, k)
	w.jobs[k] = job
	if !w.busy {
		w.busy = true
		w.running.Go(w.run)
	}
}

func (w *worker) run() {
	for job := w.next(); job != nil; job = w.next() {
		job()
	}
}

// next takes a job; nil ends the run.
func (w *worker) next() func() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended || len(w.waiting) == 0 {
		w.busy = false
		return nil
	}
	k := w.waiting[0]
	w.waiting = w.waiting[1:]
	job := w.jobs[k]
	delete(w.jobs, k)
	return job
}

// end lets the job under way end, and no other begin.
func (w *worker) end() {
	w.mu.Lock()
	w.ended = true
	w.mu.Unlock()
	w.running.Wait()
}
