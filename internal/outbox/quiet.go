package outbox

import (
	"strconv"
	"strings"
	"time"

	"folje/internal/zone"
)

// The usual quiet hours, in Stockholm.
const quietFrom, quietTo = 21, 7

// QuietEnds is when a phone may ring that has these quiet hours, which it is in
// at the time now: a whole hour in Stockholm. It is the zero time where the
// phone may ring already. Quiet is as a device has it: hours such as "21-7",
// "off" for none, "" for the usual ones; what can't be read is the usual ones.
func QuietEnds(quiet string, now time.Time) time.Time {
	from, to := quietHours(quiet)
	in := func(t time.Time) bool {
		hour := t.In(zone.Stockholm()).Hour()
		if from <= to {
			return from <= hour && hour < to
		}
		return hour >= from || hour < to
	}
	if !in(now) {
		return time.Time{}
	}
	// Stepping through the hours is right also in the night that has one of
	// them twice, or not at all.
	end := now.UTC().Truncate(time.Hour).Add(time.Hour)
	for in(end) {
		end = end.Add(time.Hour)
	}
	return end
}

// quietAt is when phones may ring that are all asked about at one time: each
// kind of quiet hours is looked at once, for the zone takes its time.
type quietAt struct {
	now  time.Time
	ends map[string]time.Time
}

func (q *quietAt) end(quiet string) time.Time {
	end, known := q.ends[quiet]
	if !known {
		end = QuietEnds(quiet, q.now)
		if q.ends == nil {
			q.ends = map[string]time.Time{}
		}
		q.ends[quiet] = end
	}
	return end
}

// quietHours gives the same hour twice where there are none.
func quietHours(quiet string) (from, to int) {
	if quiet == "off" {
		return 0, 0
	}
	first, last, _ := strings.Cut(quiet, "-")
	from, errFrom := strconv.Atoi(first)
	to, errTo := strconv.Atoi(last)
	if errFrom != nil || errTo != nil || from < 0 || from > 23 || to < 0 || to > 23 {
		return quietFrom, quietTo
	}
	return from, to
}
