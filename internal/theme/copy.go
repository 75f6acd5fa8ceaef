package theme

import (
	"time"
)

// Why a row's day is not in the week it was.
const (
	movedFree    = "free"    // there is no school on that day
	movedOutside = "outside" // it is not in the term
	movedNowhere = "nowhere" // the term has no day for it: somebody must say one
)

// Placed is a day in the next school year. Why says what moved it, "" where
// nothing did; Name is what the free days are called that it had to leave, "" for
// a holiday. Without a day, Day is "".
type Placed struct {
	Day  string `json:"day"`
	Why  string `json:"why"`
	Name string `json:"name"`
}

// span is a term's days.
type span struct {
	starts, ends time.Time
	free         []Free
}

func spanOf(t Term) (span, error) {
	starts, err := parseDay(t.Starts())
	if err != nil {
		return span{}, err
	}
	ends, err := parseDay(t.Ends())
	if err != nil {
		return span{}, err
	}
	free, err := t.Free()
	return span{starts, ends, free}, err
}

func (s span) has(day time.Time) bool { return !day.Before(s.starts) && !day.After(s.ends) }

func (s span) open(day time.Time) bool {
	_, is := closed(day, s.free)
	return s.has(day) && !is
}

// place finds the day in the term that stands where the given one stood some
// school years before: the same week of the year and the same weekday, where
// that is a school day of the term; otherwise the same weekday in the nearest
// week, the later one first; otherwise the nearest weekday. It is lost nowhere:
// a term without any day gives an empty one.
func (s span) place(day time.Time, years int) Placed {
	wanted := sameWeek(day, years)
	name, is := closed(wanted, s.free)
	switch {
	case s.open(wanted):
		return Placed{Day: wanted.Format(time.DateOnly)}
	case !s.has(wanted):
		return s.near(wanted, Placed{Why: movedOutside})
	case is:
		return s.near(wanted, Placed{Why: movedFree, Name: name})
	}
	return Placed{Why: movedNowhere}
}

// near gives the nearest open day to the one that was wanted.
func (s span) near(wanted time.Time, p Placed) Placed {
	reach := int(s.ends.Sub(s.starts)/(24*time.Hour)) + 400 // the wanted day may lie outside the term
	for _, step := range []int{7, 1} {
		for n := step; n <= reach; n += step {
			for _, day := range []time.Time{wanted.AddDate(0, 0, n), wanted.AddDate(0, 0, -n)} {
				if s.open(day) && (step == 7 || isWeekday(day)) {
					p.Day = day.Format(time.DateOnly)
					return p
				}
			}
		}
	}
	return Placed{Why: movedNowhere}
}

func isWeekday(day time.Time) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// sameWeek is the day with the same number of its week (ISO 8601) and the same
// weekday, years later; week 53 is week 52 where a year has no more.
func sameWeek(day time.Time, years int) time.Time {
	year, week := day.ISOWeek()
	weekday := (int(day.Weekday()) + 6) % 7
	return firstMonday(year+years).AddDate(0, 0, (min(week, weeksIn(year+years))-1)*7+weekday)
}

// firstMonday begins week 1 of the year, the week that has 4 January.
func firstMonday(year int) time.Time {
	fourth := time.Date(year, time.January, 4, 0, 0, 0, 0, time.UTC)
	return fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7)
}

func weeksIn(year int) int {
	_, week := time.Date(year, time.December, 28, 0, 0, 0, 0, time.UTC).ISOWeek()
	return week
}
