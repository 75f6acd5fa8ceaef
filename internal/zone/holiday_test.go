package zone_test

import (
	"testing"
	"time"

	"folje/internal/zone"
)

// Holidays are those of the act 1989:253, and the eves when nothing is open.
func TestHolidaysAreTheSwedishOnes(t *testing.T) {
	for day, want := range map[string]bool{
		"2026-12-24": true, "2026-12-25": true, "2026-12-31": true, "2027-01-01": true, "2027-01-06": true,
		"2027-03-26": true, "2027-03-29": true, "2027-05-06": true, "2027-06-25": true, "2026-10-31": true,
		"2027-06-06": true, "2028-06-06": true,
		"2026-11-12": false, "2027-01-07": false, "2027-03-25": false, "2026-12-23": false, "2027-06-07": false,
	} {
		at, err := time.ParseInLocation(time.DateOnly, day, zone.Stockholm())
		if err != nil {
			t.Fatal(err)
		}
		if got := zone.Holiday(at); got != want {
			t.Errorf("%s is a holiday: %v", day, got)
		}
		if utc, _ := time.Parse(time.DateOnly, day); zone.Holiday(utc) != want {
			t.Errorf("%s in UTC is no holiday as it is here", day)
		}
	}
}

func TestWorkdaysAreNeitherWeekendsNorHolidays(t *testing.T) {
	for day, want := range map[string]bool{"2026-11-20": true, "2026-11-21": false, "2026-11-22": false, "2027-05-06": false, "2027-05-07": true} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if got := zone.Workday(at); got != want {
			t.Errorf("%s is a working day: %v", day, got)
		}
	}
}
