package pack

import (
	"time"
)

// Clock is a time of day, "17:30".
type Clock string

// Moment is a time after a meeting: so many working days later, at Clock.
type Moment struct {
	After int   `json:"after"`
	Clock Clock `json:"clock"`
}

// Times returns when the meeting starts and ends, in today's location, for a
// pack that is put to use today: Day days away, or the nearest Tuesday,
// Wednesday or Thursday. It fails with [ErrGap].
func (m Meeting) Times(today time.Time) (starts, ends time.Time, err error) {
	day := meetingDay(today, m.Day)
	if starts, err = m.Start.on(day); err != nil {
		return starts, ends, err
	}
	ends, err = m.End.on(day)
	return starts, ends, err
}

// Later returns the moment x after the meeting, never on a Saturday or Sunday.
// It fails with [ErrGap].
func (m Meeting) Later(today time.Time, x Moment) (time.Time, error) {
	day := meetingDay(today, m.Day)
	for range x.After {
		day = day.AddDate(0, 0, 1)
		for isWeekend(day) {
			day = day.AddDate(0, 0, 1)
		}
	}
	return x.Clock.on(day)
}

// meetingDay is noon of the day nearest to offset days from today on which
// parents' meetings are held.
func meetingDay(today time.Time, offset int) time.Time {
	year, month, day := today.Date()
	noon := time.Date(year, month, day+offset, 12, 0, 0, 0, today.Location())
	switch noon.Weekday() {
	case time.Monday:
		return noon.AddDate(0, 0, 1)
	case time.Friday:
		return noon.AddDate(0, 0, -1)
	case time.Saturday:
		return noon.AddDate(0, 0, -2)
	case time.Sunday:
		return noon.AddDate(0, 0, 2)
	}
	return noon
}

func isWeekend(day time.Time) bool {
	return day.Weekday() == time.Saturday || day.Weekday() == time.Sunday
}

// parse returns the clock's hour and minute; ok is false when it isn't one.
func (c Clock) parse() (hour, minute int, ok bool) {
	t, err := time.Parse("15:04", string(c))
	return t.Hour(), t.Minute(), err == nil && len(c) == len("15:04")
}
