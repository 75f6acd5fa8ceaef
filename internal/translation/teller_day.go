package translation

import (
	"time"

	"folje/internal/zone"
)

// The hours of the day in which translators get e-mail.
const (
	morning = 7
	evening = 21
)

func isDay(t time.Time) bool {
	hour := t.In(zone.Stockholm()).Hour()
	return hour >= morning && hour < evening
}

// daytime is how much of the time between two moments was day, up to that of
// two days: whoever asks wants to know of a few hours.
func daytime(from, to time.Time) time.Duration {
	const enough = 2 * (evening - morning) * time.Hour
	if to.Sub(from) > 3*24*time.Hour {
		return enough
	}
	var sum time.Duration
	y, m, d := from.In(zone.Stockholm()).Date()
	for day := d; ; day++ {
		begins := time.Date(y, m, day, morning, 0, 0, 0, zone.Stockholm())
		if !begins.Before(to) {
			return sum
		}
		ends := time.Date(y, m, day, evening, 0, 0, 0, zone.Stockholm())
		sum += max(0, earlier(ends, to).Sub(later(begins, from)))
	}
}

func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// nearest is the first day, from now on, on which one of the tasks is needed;
// "" where nobody knows one.
func nearest(tasks []Task, now time.Time) string {
	today, first := zone.Day(now), ""
	for _, t := range tasks {
		needed, err := time.Parse(time.RFC3339, t.Needed)
		if err != nil {
			continue
		}
		if day := zone.Day(needed); day >= today && (first == "" || day < first) {
			first = day
		}
	}
	return first
}
