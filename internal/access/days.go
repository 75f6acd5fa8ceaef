package access

import (
	"time"

	"folje/internal/zone"
)

// inAYear and inDays count days of the calendar where the parents live, so
// that a poster ends at the hour it was made, also across a change of clocks.
func inAYear(now time.Time) time.Time { return now.In(zone.Stockholm()).AddDate(1, 0, 0) }

func inDays(now time.Time, days int) time.Time { return now.In(zone.Stockholm()).AddDate(0, 0, days) }
