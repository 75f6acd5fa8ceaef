package translation

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"folje/internal/zone"
)

// Task is what waits for a translator in one record and one locale, or is
// finished since not long ago (Open is false). The counts are of places, by
// state; Readers is how many phones of its groups read the locale, rounded down
// to whole steps of five. Needed and Published are RFC 3339, "" for none.
type Task struct {
	Collection string   `json:"collection"`
	ID         string   `json:"id"`
	Locale     string   `json:"locale"`
	Title      string   `json:"title"`
	Groups     []string `json:"groups"` // their names
	Needed     string   `json:"needed"`
	Published  string   `json:"published"`
	Readers    int      `json:"readers"`
	Total      int      `json:"total"`
	Missing    int      `json:"missing"`
	Machine    int      `json:"machine"`
	Draft      int      `json:"draft"`
	Reused     int      `json:"reused"`
	Reviewed   int      `json:"reviewed"`
	Reports    int      `json:"reports"`
	Claim      *Claim   `json:"claim"`
	Open       bool     `json:"open"`

	changed time.Time
}

// fresh is for how long after it was needed a text that parents lack comes
// before those that are not published yet, in days.
const fresh = 30

// never is further away than any day.
const never = 1 << 30

// today measures how far away from the day of a moment others are.
type today struct {
	zone *time.Location
	day  time.Time
}

func newToday(now time.Time) today {
	t := today{zone: zone.Stockholm()}
	t.day = t.midnight(now)
	return t
}

// midnight is the calendar day of t as a moment of UTC, for counting days.
func (d today) midnight(t time.Time) time.Time {
	y, m, day := t.In(d.zone).Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.UTC)
}

// away is how many days lie between today and when something is needed, whichever
// comes first: what was needed yesterday is as urgent as what is needed tomorrow.
func (d today) away(needed time.Time) int {
	if needed.IsZero() {
		return never
	}
	days := int(d.midnight(needed).Sub(d.day).Hours()) / 24
	return max(days, -days)
}

// lot is a task of which only what it is sorted by is known: of thousands, few
// are shown. Same is what the record's tasks have in common; counts is nil where
// that is the whole task.
type lot struct {
	same             *Task
	counts           *Readiness
	readers, reports int
	rank, away       int
	nth              int // keeps the order of what is alike
}

// rank puts first what readers complained of, or can't read though it is out;
// then what is missing, what is to be looked through, what is finished.
func rank(t *Task, open bool, missing, reports, away int) int {
	switch {
	case !open:
		return finished
	case reports > 0, missing > 0 && t.Published != "" && away <= fresh:
		return 0
	case missing > 0:
		return 1
	}
	return 2
}

// sortLots puts first what comes first: by urgency, by the day it is needed, by
// how many read it. Where all that is alike it keeps the order.
func sortLots(lots []lot) {
	slices.SortFunc(lots, func(a, b lot) int {
		return cmp.Or(a.rank-b.rank, a.away-b.away, b.readers-a.readers, strings.Compare(a.same.Needed, b.same.Needed), a.nth-b.nth)
	})
}

// isOpen reports whether somebody has something to do.
func (l lot) isOpen() bool { return l.rank < finished }

// finished is the rank of what nobody has to do anything in.
const finished = 3
