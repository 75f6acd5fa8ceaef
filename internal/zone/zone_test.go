package zone_test

import (
	"testing"
	"time"

	"folje/internal/zone"
)

func TestDayIsTheParents(t *testing.T) {
	for utc, want := range map[string]string{
		"2026-11-21T22:59:59Z": "2026-11-21", "2026-11-21T23:00:00Z": "2026-11-22", // winter: an hour ahead
		"2026-06-30T21:59:59Z": "2026-06-30", "2026-06-30T22:00:00Z": "2026-07-01", // summer: two
	} {
		at, err := time.Parse(time.RFC3339, utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := zone.Day(at); got != want {
			t.Errorf("%s is on %s, not %s", utc, got, want)
		}
	}
}
