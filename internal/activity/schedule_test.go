package activity_test

import (
	"testing"
	"time"

	"folje/internal/activity"
	"folje/internal/zone"

	"pgregory.net/rapid"
)

// at is a moment by the clock in Stockholm.
func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, zone.Stockholm())
	if err != nil {
		panic(err)
	}
	return t
}

func clocks(t *testing.T, s activity.Schedule, from, to string) (open, cancelled []string) {
	t.Helper()
	times, err := s.Times(at(from+" 00:00"), at(to+" 00:00"))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range times.Open {
		open = append(open, o[0].In(zone.Stockholm()).Format("Mon 2006-01-02 15:04")+"–"+o[1].In(zone.Stockholm()).Format("15:04"))
	}
	for _, c := range times.Cancelled {
		cancelled = append(cancelled, c.In(zone.Stockholm()).Format("2006-01-02 15:04"))
	}
	return open, cancelled
}

func equal(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%s: %q, not %q", what, got, want)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("%s: %q, not %q", what, got[i], want[i])
		}
	}
}

func openPreschool() activity.Schedule {
	return activity.Schedule{Starts: "2026-08-18T09:00", Ends: "2026-08-18T11:30", Rule: "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20271217T225959Z"}
}

// What begins at nine does so in summer and in winter.
func TestTheHourStaysWhenTheClockChanges(t *testing.T) {
	open, _ := clocks(t, openPreschool(), "2026-10-19", "2026-10-31")
	equal(t, "in autumn", open, "Tue 2026-10-20 09:00–11:30", "Thu 2026-10-22 09:00–11:30", "Tue 2026-10-27 09:00–11:30", "Thu 2026-10-29 09:00–11:30")
	open, _ = clocks(t, openPreschool(), "2027-03-22", "2027-04-03")
	equal(t, "in spring", open, "Tue 2027-03-23 09:00–11:30", "Thu 2027-03-25 09:00–11:30", "Tue 2027-03-30 09:00–11:30", "Thu 2027-04-01 09:00–11:30")

	nightly := activity.Schedule{Starts: "2026-10-24T01:30", Ends: "2026-10-24T04:00", Rule: "FREQ=DAILY"}
	times, err := nightly.Times(at("2026-10-24 00:00"), at("2026-10-27 00:00"))
	if err != nil || len(times.Open) != 3 {
		t.Fatalf("%v %v", times, err)
	}
	for i, want := range []time.Duration{150 * time.Minute, 210 * time.Minute, 150 * time.Minute} {
		if got := times.Open[i][1].Sub(times.Open[i][0]); got != want {
			t.Errorf("night %d lasts %v, not %v", i, got, want)
		}
	}
}

func TestTheLastDayIsOneOfThem(t *testing.T) {
	open, _ := clocks(t, openPreschool(), "2027-12-13", "2028-01-31")
	equal(t, "the end", open, "Tue 2027-12-14 09:00–11:30", "Thu 2027-12-16 09:00–11:30")
	if got := openPreschool().Until(); got != "2027-12-17" {
		t.Errorf("until %q", got)
	}
	counted := activity.Schedule{Starts: "2026-08-18T09:00", Ends: "2026-08-18T11:30", Rule: "FREQ=WEEKLY;INTERVAL=2;COUNT=3"}
	open, _ = clocks(t, counted, "2026-08-01", "2027-01-01")
	equal(t, "every other week, three times", open, "Tue 2026-08-18 09:00–11:30", "Tue 2026-09-01 09:00–11:30", "Tue 2026-09-15 09:00–11:30")
	monthly := activity.Schedule{Starts: "2026-09-01T18:00", Ends: "2026-09-01T20:00", Rule: "FREQ=MONTHLY;BYDAY=1TU"}
	open, _ = clocks(t, monthly, "2026-09-01", "2026-12-01")
	equal(t, "the first Tuesday", open, "Tue 2026-09-01 18:00–20:00", "Tue 2026-10-06 18:00–20:00", "Tue 2026-11-03 18:00–20:00")
	once := activity.Schedule{Starts: "2026-09-01T18:00", Ends: "2026-09-01T20:00"}
	open, _ = clocks(t, once, "2026-08-01", "2026-12-01")
	equal(t, "once", open, "Tue 2026-09-01 18:00–20:00")
}

func TestExceptionsCancelAndMove(t *testing.T) {
	s := openPreschool()
	s.Exceptions = []activity.Exception{
		{On: "2026-10-27", Cancelled: true},
		{On: "2026-10-29", Starts: "2026-10-30T13:00", Ends: "2026-10-30T15:00"},
	}
	open, cancelled := clocks(t, s, "2026-10-26", "2026-11-04")
	equal(t, "the week", open, "Fri 2026-10-30 13:00–15:00", "Tue 2026-11-03 09:00–11:30")
	equal(t, "what is off", cancelled, "2026-10-27 09:00")
}

func TestASchedulesFaults(t *testing.T) {
	for name, change := range map[string]func(*activity.Schedule){
		"no start":                 func(s *activity.Schedule) { s.Starts = "" },
		"a start with seconds":     func(s *activity.Schedule) { s.Starts = "2026-08-18T09:00:00" },
		"ends before":              func(s *activity.Schedule) { s.Ends = "2026-08-18T08:00" },
		"ends two days later":      func(s *activity.Schedule) { s.Ends = "2026-08-20T11:00" },
		"a Monday":                 func(s *activity.Schedule) { s.Starts, s.Ends = "2026-08-17T09:00", "2026-08-17T11:00" },
		"no rule":                  func(s *activity.Schedule) { s.Rule = "every Tuesday" },
		"every second":             func(s *activity.Schedule) { s.Rule = "FREQ=SECONDLY" },
		"every hour of the day":    func(s *activity.Schedule) { s.Rule = "FREQ=DAILY;BYHOUR=1,2,3" },
		"a day that never comes":   func(s *activity.Schedule) { s.Rule = "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30" },
		"the 30th by days":         func(s *activity.Schedule) { s.Rule = "FREQ=DAILY;BYMONTHDAY=30" },
		"every year":               func(s *activity.Schedule) { s.Rule = "FREQ=YEARLY" },
		"an empty part":            func(s *activity.Schedule) { s.Rule = "FREQ=WEEKLY;" },
		"the sixth-last Tuesday":   func(s *activity.Schedule) { s.Rule = "FREQ=MONTHLY;BYDAY=TU,-6TU" }, // the library falls in January
		"the 53rd Tuesday":         func(s *activity.Schedule) { s.Rule = "FREQ=MONTHLY;BYDAY=TU,53TU" },
		"every so many months":     func(s *activity.Schedule) { s.Rule = "FREQ=MONTHLY;INTERVAL=9223372036854775807" },
		"every so many days":       func(s *activity.Schedule) { s.Rule = "FREQ=DAILY;INTERVAL=10000" },
		"an exception on a Monday": func(s *activity.Schedule) { s.Exceptions = []activity.Exception{{On: "2026-10-26", Cancelled: true}} },
		"an exception twice": func(s *activity.Schedule) {
			s.Exceptions = []activity.Exception{{On: "2026-10-27", Cancelled: true}, {On: "2026-10-27", Cancelled: true}}
		},
		"moved to nowhere": func(s *activity.Schedule) { s.Exceptions = []activity.Exception{{On: "2026-10-27"}} },
		"moved to before it starts": func(s *activity.Schedule) {
			s.Exceptions = []activity.Exception{{On: "2026-10-27", Starts: "2026-10-27T10:00", Ends: "2026-10-27T09:00"}}
		},
	} {
		s := openPreschool()
		change(&s)
		if times, err := s.Times(at("2026-08-01 00:00"), at("2026-12-01 00:00")); err == nil {
			t.Errorf("%s gives %v", name, times.Open)
		}
	}
}

// Whenever it is asked, in whatever pieces, a rule gives the same clocks.
func TestTimesAreTheSameInPieces(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := activity.Schedule{Rule: "FREQ=WEEKLY;INTERVAL=" + rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "interval")}
		starts := at("2026-01-05 00:00").AddDate(0, 0, rapid.IntRange(0, 800).Draw(t, "day"))
		hour := rapid.IntRange(4, 21).Draw(t, "hour")
		s.Starts = starts.Format("2006-01-02") + "T" + time.Date(2000, 1, 1, hour, 0, 0, 0, time.UTC).Format("15:04")
		s.Ends = starts.Format("2006-01-02") + "T" + time.Date(2000, 1, 1, hour+2, 0, 0, 0, time.UTC).Format("15:04")
		from := starts.AddDate(0, 0, rapid.IntRange(-20, 300).Draw(t, "from"))
		middle := from.AddDate(0, 0, rapid.IntRange(1, 90).Draw(t, "middle"))
		to := middle.AddDate(0, 0, rapid.IntRange(1, 90).Draw(t, "to"))
		whole, err := s.Times(from, to)
		if err != nil {
			t.Fatal(err)
		}
		first, _ := s.Times(from, middle)
		second, _ := s.Times(middle, to)
		pieces := append(first.Open, second.Open...)
		if len(pieces) != len(whole.Open) {
			t.Fatalf("%d times in pieces, %d in one", len(pieces), len(whole.Open))
		}
		for i, o := range whole.Open {
			local := o[0].In(zone.Stockholm())
			if o != pieces[i] || local.Hour() != hour || local.Weekday() != starts.Weekday() {
				t.Fatalf("%v, in pieces %v", o, pieces[i])
			}
		}
	})
}
