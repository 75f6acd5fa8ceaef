// Package zone is the time where the municipalities are that Följe is made for.
package zone

import (
	"fmt"
	"time"
	_ "time/tzdata" // the zone, also where the machine has none
)

// Name is the zone's, as the IANA database has it.
const Name = "Europe/Stockholm"

// Stockholm is the zone's location.
func Stockholm() *time.Location {
	z, err := time.LoadLocation(Name)
	if err != nil {
		panic(fmt.Sprintf("the program carries no %s: %v", Name, err)) // the import above gives it
	}
	return z
}

// Day is the calendar day of t there, as 2026-11-22.
func Day(t time.Time) string { return t.In(Stockholm()).Format(time.DateOnly) }
