package operation

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// allowance is how many operations a device may send: this many at once, and
// as many within an hour. A phone that sends again what it did in 30 days needs
// far fewer.
const allowance = 2000

// limit bounds what one device sends. It remembers only devices that have sent
// something lately.
type limit struct {
	mu   sync.Mutex
	by   map[string]*rate.Limiter
	room int // how many devices it may grow to before it forgets some
}

func newLimit() *limit { return &limit{by: map[string]*rate.Limiter{}, room: 1024} }

// take takes n of the device's operations at the time now, or none of them and
// says how long to wait. n is at most [allowance].
func (l *limit) take(device string, n int, now time.Time) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	bucket, ok := l.by[device]
	if !ok {
		l.forget(now)
		bucket = rate.NewLimiter(rate.Every(time.Hour/allowance), allowance)
		l.by[device] = bucket
	}
	if bucket.AllowN(now, n) {
		return 0
	}
	missing := float64(n) - bucket.TokensAt(now)
	return max(time.Duration(missing/float64(bucket.Limit())*float64(time.Second)), time.Second)
}

// forget makes room by dropping devices that have nothing to answer for.
func (l *limit) forget(now time.Time) {
	if len(l.by) < l.room {
		return
	}
	for device, bucket := range l.by {
		if bucket.TokensAt(now) >= allowance {
			delete(l.by, device)
		}
	}
	l.room = max(1024, 2*len(l.by))
}
