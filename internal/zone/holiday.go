package zone

import (
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/se"
)

// Holiday reports whether the calendar day of t is a public holiday in Sweden, or
// one of the eves that everything is closed on (midsummer, Christmas, New Year).
// Only the date that t shows counts, whatever its location.
func Holiday(t time.Time) bool {
	holidays := &cal.Calendar{Name: "Sweden", Holidays: se.Holidays}
	actual, observed, _ := holidays.IsHoliday(t)
	return actual || observed
}

// Workday reports whether the calendar day of t is a Monday to Friday and no
// [Holiday].
func Workday(t time.Time) bool {
	return t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && !Holiday(t)
}
