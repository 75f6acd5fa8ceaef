package calendar_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestTimezoneIsStockholms reads the two rules of the VTIMEZONE and compares
// the moments they give with those of the IANA database, for every year that a
// meeting of ours can be in.
func TestTimezoneIsStockholms(t *testing.T) {
	w := newTown(t, "sv")
	tz := w.feed(w.address()).all("VTIMEZONE")[0]
	zone, err := time.LoadLocation("Europe/Stockholm")
	if err != nil {
		t.Fatal(err)
	}
	for year := 2026; year <= 2036; year++ {
		for _, c := range tz.parts {
			at := changeOf(t, c, year)
			_, before := at.Add(-time.Second).In(zone).Zone()
			name, after := at.In(zone).Zone()
			if before != offset(t, c.value("TZOFFSETFROM")) || after != offset(t, c.value("TZOFFSETTO")) || name != c.value("TZNAME") {
				t.Errorf("%d %s: at %s the zone goes from %d to %d (%s)", year, c.name, at, before, after, name)
			}
		}
	}
}

// changeOf is when the rule's clock changes in the year, in UTC.
func changeOf(t *testing.T, c component, year int) time.Time {
	t.Helper()
	month, ok := map[string]time.Month{
		"FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU": time.March, "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU": time.October,
	}[c.value("RRULE")]
	first, err := time.Parse("20060102T150405", c.value("DTSTART"))
	if !ok || err != nil || first.Month() != month || first.Weekday() != time.Sunday || first.AddDate(0, 0, 7).Month() == month {
		t.Fatalf("%s begins at %s with the rule %s", c.name, c.value("DTSTART"), c.value("RRULE"))
	}
	last := time.Date(year, month+1, 0, first.Hour(), 0, 0, 0, time.UTC)
	last = last.AddDate(0, 0, -int(last.Weekday()))
	return last.Add(-time.Duration(offset(t, c.value("TZOFFSETFROM"))) * time.Second)
}

// offset is the seconds that +0100 stands for.
func offset(t *testing.T, s string) int {
	t.Helper()
	at, err := time.Parse("-0700", s)
	if err != nil {
		t.Fatal(err)
	}
	_, seconds := at.Zone()
	return seconds
}

func TestMeetingsKeepTheirHourAcrossTheChangeOfClocks(t *testing.T) {
	w := newTown(t, "sv")
	for _, clock := range []string{
		"2026-10-24 18:00", "2026-10-25 18:00", // the night between is an hour longer
		"2027-03-27 18:00", "2027-03-28 18:00", // and this one an hour shorter
	} {
		w.meeting(in(t, clock), map[string]any{"ends": ""}, w.granen)
	}
	var got []string
	for _, e := range w.feed(w.address()).all("VEVENT") {
		got = append(got, e.value("DTSTART;TZID=Europe/Stockholm")+"–"+e.value("DTEND;TZID=Europe/Stockholm"))
	}
	const want = "20261024T180000–20261024T193000 20261025T180000–20261025T193000 " +
		"20270327T180000–20270327T193000 20270328T180000–20270328T193000"
	if strings.Join(got, " ") != want {
		t.Errorf("the meetings are at %s", got)
	}
}

func TestHourThatComesTwiceIsSaidExactly(t *testing.T) {
	w := newTown(t, "sv")
	once := time.Date(2026, 10, 25, 0, 30, 0, 0, time.UTC) // 02:30 in summer time, and an hour later 02:30 again
	w.meeting(once, map[string]any{"ends": once.Add(time.Hour)}, w.granen)
	e := w.feed(w.address()).all("VEVENT")[0]
	if e.value("DTSTART;TZID=Europe/Stockholm") != "20261025T023000" || e.value("DTEND") != "20261025T013000Z" {
		t.Errorf("the event is %v", e.lines)
	}
}

// TestNothingThatStaffWriteBreaksTheFile has places with what RFC 5545 gives a
// meaning, of every length around a fold, in characters of one to four bytes.
func TestNothingThatStaffWriteBreaksTheFile(t *testing.T) {
	w := newTown(t, "ar")
	w.meeting(in(t, "2026-10-22 18:00"), nil, w.granen)
	path := w.address()
	for _, place := range []string{
		`Stora rummet; vägg i vägg, "köket" \ trapphus: B`, "END:VEVENT", `a\nb`,
	} {
		w.placed(path, place, place)
	}
	w.placed(path, "Rum 1\r\nATTENDEE:x\tB\u0085C\x00D", "Rum 1 ATTENDEE:x B C D")
	for n := range 160 {
		for _, c := range []string{"a", "ö", "ش", "🌲"} {
			long := strings.Repeat(c, n+1)
			w.placed(path, long, long)
		}
	}
}

// placed stores the place as it is, past what a save would do to it.
func (w *town) placed(path, place, want string) {
	w.Helper()
	if _, err := w.app.DB().NewQuery("UPDATE meetings SET place = {:p}").Bind(map[string]any{"p": place}).Execute(); err != nil {
		w.Fatal(err)
	}
	if got := w.feed(path).all("VEVENT")[0].value("LOCATION"); got != want {
		w.Errorf("the place is %q, want %q", got, want)
	}
}

// TestFileIsTheGoldenOne keeps the form, line by line, that calendar programs
// have read.
func TestFileIsTheGoldenOne(t *testing.T) {
	w := newTown(t, "sv")
	m := w.meeting(in(t, "2026-10-22 18:00"), map[string]any{"sequence": 3}, w.granen)
	_, err := w.app.DB().NewQuery("UPDATE meetings SET id = 'meeting00000001', updated = '2026-09-01 12:00:00.000Z' WHERE id = {:id}").
		Bind(map[string]any{"id": m.Id}).Execute()
	if err != nil {
		t.Fatal(err)
	}
	got := w.expect(w.ask("", "GET", w.address(), nil), 200).Body
	golden := filepath.Join("testdata", "one.ics")
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the file is\n%s\nand not %s", got, golden)
	}
}
