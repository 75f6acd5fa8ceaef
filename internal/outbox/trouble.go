package outbox

import (
	"fmt"
	"log/slog"
	"time"
)

// Between two tries of what failed here, not at a push service.
const (
	firstPause = 10 * time.Second
	lastPause  = 10 * time.Minute
)

// trouble remembers what failed here (a feature's code for a row), so that it
// is tried again ever more seldom, is logged once, and holds up nothing else.
type trouble struct {
	logger func() *slog.Logger
	of     map[string]setback
}

type setback struct {
	times int
	again time.Time
}

func newTrouble(logger func() *slog.Logger) *trouble {
	return &trouble{logger: logger, of: map[string]setback{}}
}

// paused reports whether the row is left alone now.
func (t *trouble) paused(row string, now time.Time) bool { return t.of[row].again.After(now) }

// note says that something failed for the row, and until when it is left alone.
func (t *trouble) note(row, doing string, now time.Time, err error) time.Time {
	s := t.of[row]
	if s.times == 0 {
		t.logger().Error(doing, "row", row, "cause", err.Error())
	}
	s.again = now.Add(doubled(firstPause, lastPause, s.times))
	s.times++
	t.of[row] = s
	return s.again
}

func (t *trouble) over(row string) { delete(t.of, row) }

// next is the earliest end of a pause after now; zero for none.
func (t *trouble) next(now time.Time) (next time.Time) {
	for _, s := range t.of {
		if s.again.After(now) {
			next = earlier(next, s.again)
		}
	}
	return next
}

// doubled is first, doubled the given number of times, but at most last.
func doubled(first, last time.Duration, times int) time.Duration {
	for range times {
		if first *= 2; first >= last {
			return last
		}
	}
	return min(first, last)
}

// earlier is the earlier of two times, of which the zero one is never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// guarded calls a feature's code; a panic is an error.
func guarded[T any](call func() (T, error)) (result T, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return call()
}
