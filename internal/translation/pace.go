package translation

import (
	"time"

	"folje/internal/allowance"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// WritesHourly is how many texts one member of staff may save, confirm or claim
// at once, and within an hour, whichever way she sends them: more than one a
// second for hours, and more than she writes in weeks without a network.
const WritesHourly = 4000

// Pace bounds how fast one account writes, so that a stolen one doesn't fill the
// disk. It may be used by many goroutines.
type Pace struct{ limit *allowance.Hourly }

// NewPace begins with everybody's whole allowance.
func NewPace() *Pace { return &Pace{allowance.NewHourly(WritesHourly)} }

// Take takes one write from the allowance of the member of staff. It fails with
// 429 error.too_many_requests, and when to come again, where nothing is left.
func (p *Pace) Take(staff *core.Record, now time.Time) error {
	if wait := p.limit.Take(staff.Id, 1, now); wait > 0 {
		return problem.TooMany("error.too_many_requests", wait)
	}
	return nil
}
