package backup

import (
	"context"
	"time"

	"folje/internal/zone"
)

// When backups are made: daily at 03:30 where the municipalities are, an hour
// that every day has once, also when the clocks change. A missed one is made
// up for at once, a failed one tried again.
const (
	dailyHour, dailyMinute = 3, 30
	again                  = 15 * time.Minute
	look                   = 5 * time.Minute // how often it is looked, and the journal copied
)

// Schedule makes backups while a server runs. Make makes one now. Copy puts
// the journal of erasures beside the archives. Told is told how a backup went;
// for a copy, only of errors.
type Schedule struct {
	Make func(context.Context, time.Time) (*Made, error)
	Copy func() error
	Told func(*Made, error)
	Now  func() time.Time
}

// Run makes a backup at every due time after last, which is when the newest
// archive was made (zero for none), until ctx ends.
func (s Schedule) Run(ctx context.Context, last time.Time) {
	ticks := time.NewTicker(look)
	defer ticks.Stop()
	var tried time.Time
	for {
		if err := s.Copy(); err != nil {
			s.Told(nil, err)
		}
		if now := s.Now(); Due(last, now) && !now.Before(tried.Add(again)) {
			made, err := s.Make(ctx, now)
			if ctx.Err() != nil {
				return
			}
			s.Told(made, err)
			if tried = now; made != nil {
				last = now
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticks.C:
		}
	}
}

// Due reports whether the time for a backup has come since the last was made.
// One of the future is none: a clock was wrong.
func Due(last, now time.Time) bool {
	local := now.In(zone.Stockholm())
	slot := time.Date(local.Year(), local.Month(), local.Day(), dailyHour, dailyMinute, 0, 0, local.Location())
	if slot.After(now) {
		slot = slot.AddDate(0, 0, -1)
	}
	return last.Before(slot) || last.After(now)
}
