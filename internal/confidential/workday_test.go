package confidential

import (
	"testing"
	"time"

	"folje/internal/zone"
)

func TestAWholeWorkingDay(t *testing.T) {
	at := func(s string) time.Time {
		moment, err := time.ParseInLocation("2006-01-02 15:04", s, zone.Stockholm())
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	for _, c := range []struct {
		came, early, late string
	}{
		{"2026-11-18 10:30", "2026-11-19 10:29", "2026-11-19 10:30"}, // Wednesday
		{"2026-11-20 10:30", "2026-11-23 10:29", "2026-11-23 10:30"}, // Friday
		{"2026-11-21 10:30", "2026-11-23 23:59", "2026-11-24 00:00"}, // Saturday
		{"2026-12-23 12:00", "2026-12-28 11:59", "2026-12-28 12:00"}, // before Christmas
		{"2027-03-25 08:00", "2027-03-30 07:59", "2027-03-30 08:00"}, // Maundy Thursday, and the clocks change
		{"2026-07-03 23:00", "2026-07-06 22:59", "2026-07-06 23:00"}, // weeks in which all are away count
	} {
		if overdue(at(c.came), at(c.early)) || !overdue(at(c.came), at(c.late)) {
			t.Errorf("%s: %t at %s, %t at %s", c.came, overdue(at(c.came), at(c.early)), c.early, overdue(at(c.came), at(c.late)), c.late)
		}
	}
	if overdue(at("2026-11-18 10:30"), at("2026-11-18 10:30")) || overdue(at("2026-11-18 10:30"), at("2026-11-01 10:30")) {
		t.Error("at once, or before it came")
	}
}
