package pack

import (
	"errors"
	"testing"
	"time"
)

// stockholm is where the pack's clocks are.
func stockholm(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Skipf("no time zones on this machine: %v", err)
	}
	return zone
}

func TestMeetingsAreHeldFromTuesdayToThursday(t *testing.T) {
	zone := stockholm(t)
	m := Meeting{Day: -3, Start: "17:30", End: "19:00"}
	for _, c := range []struct{ today, want string }{
		{"2026-03-02", "2026-02-26"}, // Friday, back one
		{"2026-03-03", "2026-02-26"}, // Saturday, back two
		{"2026-03-04", "2026-03-03"}, // Sunday, on two
		{"2026-03-05", "2026-03-03"}, // Monday, on one
		{"2026-03-06", "2026-03-03"},
		{"2026-03-07", "2026-03-04"},
		{"2026-03-08", "2026-03-05"},
	} {
		today, err := time.ParseInLocation(time.DateOnly, c.today, zone)
		if err != nil {
			t.Fatal(err)
		}
		starts, ends, err := m.Times(today)
		if err != nil {
			t.Fatal(err)
		}
		if got := starts.Format("2006-01-02 15:04"); got != c.want+" 17:30" {
			t.Errorf("on %s the meeting starts %s, not %s 17:30", c.today, got, c.want)
		}
		if got := ends.Format("2006-01-02 15:04"); got != c.want+" 19:00" {
			t.Errorf("on %s the meeting ends %s", c.today, got)
		}
	}
}

// The clock is kept over a change to summer time (29 March 2026).
func TestClocksAreKeptOverSummerTime(t *testing.T) {
	today := time.Date(2026, time.April, 8, 8, 0, 0, 0, stockholm(t))
	starts, _, err := Meeting{Day: -14, Start: "17:30", End: "19:00"}.Times(today)
	if err != nil {
		t.Fatal(err)
	}
	if got := starts.UTC().Format(time.RFC3339); got != "2026-03-25T16:30:00Z" {
		t.Errorf("the meeting starts %s", got)
	}
}

// On 29 March 2026 the clocks go from 02:00 to 03:00; on 25 October 02:30 comes
// twice.
func TestATimeThatTheClocksSkipIsRefused(t *testing.T) {
	today := time.Date(2026, time.March, 31, 8, 0, 0, 0, stockholm(t)) // a Tuesday
	m := Meeting{}
	if at, err := m.Earlier(today, Before{Before: 2, Clock: "02:30"}); !errors.Is(err, ErrGap) {
		t.Errorf("02:30 is taken for %v, %v", at, err)
	}
	for clock, want := range map[Clock]string{"01:59": "2026-03-29T00:59:00Z", "03:00": "2026-03-29T01:00:00Z"} {
		if at, err := m.Earlier(today, Before{Before: 2, Clock: clock}); err != nil || at.UTC().Format(time.RFC3339) != want {
			t.Errorf("%s is %v, %v; want %s", clock, at.UTC(), err, want)
		}
	}
	autumn := time.Date(2026, time.October, 27, 8, 0, 0, 0, stockholm(t))
	if at, err := m.Earlier(autumn, Before{Before: 2, Clock: "02:30"}); err != nil || at.UTC().Format(time.RFC3339) != "2026-10-25T00:30:00Z" {
		t.Errorf("the first 02:30 is %v, %v", at.UTC(), err)
	}
}

func TestLaterSkipsWeekends(t *testing.T) {
	today := time.Date(2026, time.March, 5, 8, 0, 0, 0, stockholm(t)) // a Thursday
	for after, want := range map[int]string{
		0: "2026-03-05 09:20", 1: "2026-03-06 09:20", 2: "2026-03-09 09:20", 6: "2026-03-13 09:20", 7: "2026-03-16 09:20",
	} {
		at, err := Meeting{}.Later(today, Moment{After: after, Clock: "09:20"})
		if got := at.Format("2006-01-02 15:04"); err != nil || got != want {
			t.Errorf("%d working days later is %v, not %s; %v", after, at, want, err)
		}
	}
}

func TestDaysAreWrittenInEachLanguage(t *testing.T) {
	const source = "Vi ses {day:7}"
	p := &Pack{Entries: []Entry{{Letter: &Letter{Title: []string{source}}}}}
	for tag, s := range map[string]string{"sv-simple": source, "en": "See you on {day:7}", "ar": "نلتقي يوم {day:7}", "fi": "Nähdään {day:7}"} {
		p.Locales = append(p.Locales, Locale{Tag: tag, Sentences: map[string]string{source: s}})
	}
	today := time.Date(2026, time.October, 28, 8, 0, 0, 0, time.UTC) // a Wednesday
	on := p.On(today, func(tag string, day time.Time) string { return tag + day.Format(" 01-02") })
	want := map[string]string{"sv-simple": "Vi ses sv-simple 11-04", "en": "See you on en 11-04", "ar": "نلتقي يوم ar 11-04", "fi": "Nähdään fi 11-04"}
	for _, x := range on.Translations() {
		if x.Source != "Vi ses sv 11-04" || x.Text != want[x.Locale] {
			t.Errorf("%s: %q for %q, not %q", x.Locale, x.Text, x.Source, want[x.Locale])
		}
		delete(want, x.Locale)
	}
	if len(want) > 0 {
		t.Errorf("nothing in %v", want)
	}
	if left := p.Entries[0].Letter.Title[0]; left != source || p.Locales[0].Sentences[source] == "" {
		t.Errorf("the pack itself was changed: %q %v", left, p.Locales[0])
	}
}
