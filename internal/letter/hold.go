package letter

import (
	"slices"
	"time"

	"folje/internal/audit"
	"folje/internal/locale"
	"folje/internal/outbox"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// longestHold is for how many days phones can be kept from ringing.
const longestHold = 14

// holdOf reads until when phones are not to ring, nil where nobody said.
func holdOf(said string, now time.Time) (*time.Time, error) {
	if said == "" {
		return nil, nil
	}
	hold, err := time.Parse(time.RFC3339, said)
	wrong := problem.Field{Code: "error.field_invalid"}
	switch {
	case err != nil:
	case hold.After(now.AddDate(0, 0, longestHold)):
		wrong = problem.Field{Code: "error.hold_too_far", Params: map[string]any{"Max": longestHold}}
	default:
		return &hold, nil
	}
	return nil, problem.Invalid(map[string]problem.Field{"hold": wrong})
}

// awaited reads for which locales phones are held back, sorted. They are held
// until the hold at the latest, so there must be one.
func (f *feature) awaited(said []string, hold *time.Time) ([]string, error) {
	if len(said) == 0 {
		return nil, nil
	}
	if hold == nil {
		return nil, problem.Invalid(map[string]problem.Field{"hold": {Code: "error.field_required"}})
	}
	for _, tag := range said {
		if _, known := f.Locales.Find(tag); !known || tag == locale.Source {
			return nil, problem.Invalid(map[string]problem.Field{"awaits": {Code: "error.field_invalid"}})
		}
	}
	tags := slices.Clone(said)
	slices.Sort(tags)
	return slices.Compact(tags), nil
}

// ring answers POST …/ring: phones that are held back ring from now on. Where
// none are, nothing changes. The answer is that of …/ringing.
func (f *feature) ring(e *core.RequestEvent) error {
	l, err := f.letter(e)
	if err != nil {
		return err
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		any, err := outbox.RingNow(tx, l.Id, f.Now(), kindLetter, kindCorrection)
		if err != nil || !any {
			return err
		}
		return audit.Write(tx, e.Auth.Id, "ring now", l.Id, f.Now())
	})
	if err != nil {
		return err
	}
	return f.counts(e)
}
