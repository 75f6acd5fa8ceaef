package confidential

import (
	"time"

	"folje/internal/zone"
)

// overdue reports whether a request that came then has waited for a whole
// working day: 24 hours that lie on working days. Days on which the channel is
// away count as any other: parents were told, but a child may be behind it, and
// somebody must know that it waits.
func overdue(since, now time.Time) bool {
	waited := time.Duration(0)
	for at := since.In(zone.Stockholm()); at.Before(now); {
		y, m, d := at.Date()
		midnight := time.Date(y, m, d+1, 0, 0, 0, 0, zone.Stockholm())
		if zone.Workday(at) {
			waited += earlier(midnight, now).Sub(at)
		}
		if waited >= 24*time.Hour {
			return true
		}
		at = midnight
	}
	return false
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
