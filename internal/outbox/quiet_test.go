package outbox

import (
	"testing"
	"time"

	"folje/internal/zone"
)

func TestQuietEnds(t *testing.T) {
	for _, c := range []struct{ quiet, now, want string }{
		{"", "2026-11-24T20:59:59", ""},
		{"", "2026-11-24T21:00:00", "2026-11-25T07:00:00+01:00"},
		{"", "2026-11-24T23:30:00", "2026-11-25T07:00:00+01:00"},
		{"", "2026-11-24T06:59:59", "2026-11-24T07:00:00+01:00"},
		{"", "2026-11-24T07:00:00", ""},
		{"off", "2026-11-24T23:30:00", ""},
		{"13-15", "2026-11-24T13:10:00", "2026-11-24T15:00:00+01:00"},
		{"13-15", "2026-11-24T23:30:00", ""},
		{"0-5", "2026-11-24T00:00:00", "2026-11-24T05:00:00+01:00"},
		{"8-8", "2026-11-24T08:00:00", ""},
		{"nonsense", "2026-11-24T22:00:00", "2026-11-25T07:00:00+01:00"},
		{"25-7", "2026-11-24T22:00:00", "2026-11-25T07:00:00+01:00"},
		// The night of 29 March has no hour from 2 to 3.
		{"", "2026-03-28T22:00:00", "2026-03-29T07:00:00+02:00"},
		{"22-2", "2026-03-29T01:59:59", "2026-03-29T03:00:00+02:00"},
		{"22-3", "2026-03-29T01:59:59", "2026-03-29T03:00:00+02:00"},
		{"2-3", "2026-03-29T03:00:00", ""},
		// That of 25 October has it twice.
		{"", "2026-10-24T22:00:00", "2026-10-25T07:00:00+01:00"},
		{"22-3", "2026-10-25T01:30:00", "2026-10-25T03:00:00+01:00"},
		{"1-2", "2026-10-25T01:30:00", "2026-10-25T02:00:00+02:00"},
	} {
		now, err := time.ParseInLocation("2006-01-02T15:04:05", c.now, zone.Stockholm())
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if ends := QuietEnds(c.quiet, now); !ends.IsZero() {
			got = ends.In(zone.Stockholm()).Format(time.RFC3339)
		}
		if got != c.want {
			t.Errorf("QuietEnds(%q, %s) is %q, want %q", c.quiet, c.now, got, c.want)
		}
	}
}

func TestQuietHoursAreWaitedFor(t *testing.T) {
	w := newWorld(t)
	evening := time.Date(2026, 11, 24, 20, 30, 0, 0, time.UTC) // half past nine there
	w.clock.set(evening)
	w.phone(w.app, service, "sv", "")
	w.phone(w.app, service, "sv", "off")
	w.phone(w.app, service, "sv", "21-22")
	row := w.add(w.letter("abc"))
	if next := w.round(); !next.Equal(evening.Add(30 * time.Minute)) {
		t.Errorf("the next round is at %v", next)
	}
	w.want(row, map[string]int{"sent": 1, "waiting": 2})
	w.live(evening.Add(time.Hour))
	w.want(row, map[string]int{"sent": 2, "waiting": 1})
	w.live(time.Date(2026, 11, 25, 5, 59, 0, 0, time.UTC))
	w.want(row, map[string]int{"sent": 2, "waiting": 1})
	w.live(time.Date(2026, 11, 25, 6, 1, 0, 0, time.UTC))
	w.want(row, map[string]int{"sent": 3})
}

// A service that was dead in the evening is not tried with a phone that sleeps.
func TestATryAgainWaitsForQuietHoursToo(t *testing.T) {
	w := newWorld(t)
	w.phones(1, service)
	dead := true
	w.sender.answer = deadWhile(&dead)
	w.clock.set(time.Date(2026, 11, 24, 19, 59, 50, 0, time.UTC))
	row := w.add(w.letter("abc"))
	w.round()
	dead = false
	w.live(time.Date(2026, 11, 25, 5, 59, 0, 0, time.UTC))
	if w.want(row, map[string]int{"waiting": 1}); w.sender.count() != 1 {
		t.Errorf("%d tries", w.sender.count())
	}
	w.live(time.Date(2026, 11, 25, 6, 1, 0, 0, time.UTC))
	w.want(row, map[string]int{"sent": 1})
}

func TestATestRingsAtNight(t *testing.T) {
	w := newWorld(t)
	w.clock.set(time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC))
	w.phones(1, service)
	sub := w.phone(w.app, service, "en", "")
	for range 2 {
		if err := AddTest(w.app, sub.GetString("device"), "one", w.clock.now()); err != nil {
			t.Fatal(err)
		}
	}
	w.round()
	if w.sender.count() != 1 || w.sender.got[0].to.ID != sub.Id {
		t.Fatalf("%d messages", w.sender.count())
	}
	if n := payload(t, w.sender.got[0].m).Notification; n.Title != "Notifications work" || n.Tag != "test" || w.sender.got[0].m.TTL != testLife {
		t.Errorf("the test says %+v", n)
	}
}
