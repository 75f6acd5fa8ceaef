package locale

import (
	"strconv"
	"time"

	"github.com/nicksnyder/go-i18n/v2/i18n"

	"folje/internal/zone"
)

// Style is how much of a moment a date says. The browser has the same ones
// (public/js/i18n/format.js), and testdata/dates.json holds for both.
type Style string

// The styles.
const (
	DayMonth    Style = "date"     // 26 November
	ShortDay    Style = "day"      // 26 Nov
	WeekdayDay  Style = "weekday"  // Thursday 26 November
	Clock       Style = "time"     // 17:30
	WeekdayTime Style = "datetime" // Thursday 26 November at 17:30
	Heard       Style = "heard"    // Clock on the day of now, otherwise WeekdayTime
)

// ours is text of the message's own language: unlike a string that comes from
// elsewhere it needs no isolating.
type ours string

// Date says a moment in a locale: Stockholm's time, the Gregorian calendar, a
// 24-hour clock and the digits of Swedish signs, with the names and the order
// that the locale's messages date.* have. Another year than now's is named.
func (b *Bundle) Date(locale string, at time.Time, style Style, now time.Time) string {
	at, now = at.In(zone.Stockholm()), now.In(zone.Stockholm())
	clock := at.Format("15:04")
	if style == Clock || style == Heard && zone.Day(at) == zone.Day(now) {
		return clock
	}
	date := b.part(locale, "date.day_month", map[string]any{"Day": at.Day(), "Month": b.month(locale, at.Month(), style)})
	if at.Year() != now.Year() {
		date = b.part(locale, "date.with_year", map[string]any{"Date": date, "Year": at.Year()})
	}
	if style == DayMonth || style == ShortDay {
		return string(date)
	}
	weekday := b.part(locale, "date.weekday."+strconv.Itoa((int(at.Weekday())+6)%7+1), nil)
	date = b.part(locale, "date.weekday_day_month", map[string]any{"Weekday": weekday, "Date": date})
	if style == WeekdayDay {
		return string(date)
	}
	return string(b.part(locale, "date.and_time", map[string]any{"Date": date, "Time": ours(clock)}))
}

func (b *Bundle) month(locale string, month time.Month, style Style) ours {
	if style == ShortDay {
		return b.part(locale, "date.month_short."+strconv.Itoa(int(month)), nil)
	}
	return b.part(locale, "date.month."+strconv.Itoa(int(month)), nil)
}

func (b *Bundle) part(locale, id string, params map[string]any) ours {
	return ours(b.say(locale, i18n.LocalizeConfig{MessageID: id}, params))
}
