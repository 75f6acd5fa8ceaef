package push

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// limit bounds what one device asks for: so much at once, and as much within an
// hour. It remembers only devices that asked for something lately.
type limit struct {
	most int

	mu   sync.Mutex
	by   map[string]*rate.Limiter
	room int // how many devices it may grow to before it forgets some
}

func newLimit(most int) *limit {
	return &limit{most: most, by: map[string]*rate.Limiter{}, room: 1024}
}

// take takes one, or says how long to wait.
func (l *limit) take(device string, now time.Time) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	bucket, ok := l.by[device]
	if !ok {
		l.forget(now)
		bucket = rate.NewLimiter(rate.Every(time.Hour/time.Duration(l.most)), l.most)
		l.by[device] = bucket
	}
	if bucket.AllowN(now, 1) {
		return 0
	}
	missing := 1 - bucket.TokensAt(now)
	return max(time.Duration(missing/float64(bucket.Limit())*float64(time.Second)), time.Second)
}

// forget makes room by dropping devices that have nothing to answer for.
func (l *limit) forget(now time.Time) {
	if len(l.by) < l.room {
		return
	}
	for device, bucket := range l.by {
		if bucket.TokensAt(now) >= float64(l.most) {
			delete(l.by, device)
		}
	}
	l.room = max(1024, 2*len(l.by))
}
