package theme

import (
	"testing"
	"time"

	"folje/internal/zone"

	"pgregory.net/rapid"
)

func day(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func autumn(free ...Free) span { return span{day("2027-08-17"), day("2027-12-17"), free} }

func TestADayKeepsItsWeekAndWeekday(t *testing.T) {
	for _, c := range []struct {
		name, from string
		s          span
		want       Placed
	}{
		{"a Thursday in week 46", "2026-11-12", autumn(), Placed{Day: "2027-11-18"}},
		{"in the autumn holidays", "2026-10-28", autumn(Free{"2027-11-01", "2027-11-05", "Höstlov"}),
			Placed{Day: "2027-11-10", Why: movedFree, Name: "Höstlov"}},
		{"before the term", "2026-08-05", autumn(), Placed{Day: "2027-08-18", Why: movedOutside}},
		{"a holiday", "2026-05-07", span{day("2027-01-08"), day("2027-06-11"), nil}, Placed{Day: "2027-05-13"}},
		{"Ascension Day", "2026-05-07", span{day("2027-01-08"), day("2027-05-06"), nil}, Placed{Day: "2027-04-29", Why: movedOutside}},
		{"week 53", "2026-12-31", span{day("2027-08-17"), day("2027-12-30"), nil}, Placed{Day: "2027-12-30"}},
		{"all Thursdays are taken", "2026-11-12", span{day("2027-11-18"), day("2027-11-19"), []Free{{"2027-11-18", "2027-11-18", "Studiedag"}}},
			Placed{Day: "2027-11-19", Why: movedFree, Name: "Studiedag"}},
		{"there is no day", "2026-11-12", span{day("2027-11-18"), day("2027-11-19"), []Free{{"2027-11-15", "2027-11-19", "Lov"}}},
			Placed{Why: movedNowhere}},
	} {
		if got := c.s.place(day(c.from), 1); got != c.want {
			t.Errorf("%s: %s becomes %+v, not %+v", c.name, c.from, got, c.want)
		}
	}
}

// drawTerm is a term of the school year, with free days here and there.
func drawTerm(t *rapid.T, year int, isAutumn bool) span {
	s := span{day("2000-01-08").AddDate(year+1-2000, 0, rapid.IntRange(0, 6).Draw(t, "spring starts")), time.Time{}, nil}
	if isAutumn {
		s.starts = day("2000-08-14").AddDate(year-2000, 0, rapid.IntRange(0, 8).Draw(t, "autumn starts"))
	}
	s.ends = s.starts.AddDate(0, 0, rapid.IntRange(110, 155).Draw(t, "days"))
	for range rapid.IntRange(0, 6).Draw(t, "holidays") {
		from := s.starts.AddDate(0, 0, rapid.IntRange(0, 100).Draw(t, "from"))
		to := from.AddDate(0, 0, rapid.IntRange(0, 9).Draw(t, "to"))
		s.free = append(s.free, Free{from.Format(time.DateOnly), to.Format(time.DateOnly), "Lov"})
	}
	return s
}

// Whatever the terms and their free days, a day lands on a school day of the
// term, on the same weekday where there is one, in the week it was in unless it
// says why not.
func TestCopiedDaysAreNeverFreeAndNeverLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		year, years := rapid.IntRange(2024, 2060).Draw(t, "year"), rapid.IntRange(1, 5).Draw(t, "years")
		isAutumn := rapid.Bool().Draw(t, "autumn")
		from, to := drawTerm(t, year, isAutumn), drawTerm(t, year+years, isAutumn)
		was := from.starts.AddDate(0, 0, rapid.IntRange(0, 109).Draw(t, "day"))
		for !isWeekday(was) {
			was = was.AddDate(0, 0, 1)
		}
		got := to.place(was, years)
		if got.Day == "" {
			t.Fatalf("%s is lost in %+v", was, to)
		}
		at := day(got.Day)
		if _, is := closed(at, to.free); is || zone.Holiday(at) || !to.has(at) {
			t.Fatalf("%s becomes %s, on which there is no school", was, got.Day)
		}
		if at.Weekday() != was.Weekday() {
			t.Fatalf("%s %s becomes %s %s", was.Weekday(), was, at.Weekday(), got.Day)
		}
		wanted := sameWeek(was, years)
		if (got.Why == "") != at.Equal(wanted) {
			t.Fatalf("%s becomes %+v, the week's day is %s", was, got, wanted)
		}
		if got.Why == "" {
			oldYear, oldWeek := was.ISOWeek()
			newYear, newWeek := at.ISOWeek()
			if newYear != oldYear+years || newWeek != oldWeek && oldWeek != 53 {
				t.Fatalf("%s of week %d becomes %s of week %d", was, oldWeek, at, newWeek)
			}
		}
	})
}
