package backup_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"folje/internal/backup"
)

func TestBackupIsDueOnceADay(t *testing.T) {
	at := func(s string) time.Time {
		m, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, c := range []struct {
		last, now string
		want      bool
	}{
		{"0001-01-01T00:00:00Z", "2026-03-02T12:00:00+01:00", true},
		{"2026-03-01T03:30:10+01:00", "2026-03-02T03:29:59+01:00", false},
		{"2026-03-01T03:30:10+01:00", "2026-03-02T03:30:00+01:00", true},
		{"2026-03-02T03:30:10+01:00", "2026-03-02T23:59:00+01:00", false},
		{"2026-03-02T02:00:00+01:00", "2026-03-02T12:00:00+01:00", true},  // a missed one
		{"2026-03-28T03:30:00+01:00", "2026-03-29T03:29:00+02:00", false}, // the clocks go forward
		{"2026-03-28T03:30:00+01:00", "2026-03-29T03:30:00+02:00", true},
		{"2026-10-24T03:30:00+02:00", "2026-10-25T02:30:00+01:00", false}, // and back
		{"2026-10-24T03:30:00+02:00", "2026-10-25T03:30:00+01:00", true},
		{"2036-01-01T00:00:00Z", "2026-03-02T12:00:00+01:00", true}, // made under a wrong clock
	} {
		if got := backup.Due(at(c.last), at(c.now)); got != c.want {
			t.Errorf("last %s, now %s: %v", c.last, c.now, got)
		}
	}
}

func TestScheduleMakesUpForWhatFailed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now() // midnight, 2000-01-01, UTC
		full := errors.New("the disk is full")
		var tried []time.Duration
		var told []error
		copies := 0
		s := backup.Schedule{
			Now: time.Now,
			Make: func(_ context.Context, now time.Time) (*backup.Made, error) {
				tried = append(tried, now.Sub(start).Truncate(time.Minute))
				if len(tried) <= 2 {
					return nil, full
				}
				var after error
				if len(tried) == 4 {
					after = full // made all the same
				}
				return &backup.Made{Archive: backup.Archive{Made: now}}, after
			},
			Copy: func() error { copies++; return nil },
			Told: func(_ *backup.Made, err error) { told = append(told, err) },
		}
		ctx, cancel := context.WithTimeout(t.Context(), 49*time.Hour)
		defer cancel()
		s.Run(ctx, time.Time{})
		want := []time.Duration{0, 15 * time.Minute, 30 * time.Minute, 2*time.Hour + 30*time.Minute, 26*time.Hour + 30*time.Minute}
		if !slices.Equal(tried, want) {
			t.Errorf("tried after %v, want %v", tried, want)
		}
		if !slices.Equal(told, []error{full, full, nil, full, nil}) {
			t.Errorf("told %v", told)
		}
		if copies < 49*12 {
			t.Errorf("the journal was copied %d times in 49 hours", copies)
		}
	})
}

func TestScheduleStopsInTheMiddleOfABackup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		backup.Schedule{
			Now:  time.Now,
			Make: func(ctx context.Context, _ time.Time) (*backup.Made, error) { <-ctx.Done(); return nil, ctx.Err() },
			Copy: func() error { return nil },
			Told: func(_ *backup.Made, err error) { t.Errorf("told %v of a stop that was asked for", err) },
		}.Run(ctx, time.Time{})
	})
}
