package outbox

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// count tells what became of deliveries.
func (d *Dispatcher) count(outcomes []outcome) {
	if d.cfg.Told == nil {
		return
	}
	for _, o := range outcomes {
		switch {
		case o.unsent && o.state == "waiting":
		case o.state == "waiting":
			d.cfg.Told("later")
		default:
			d.cfg.Told(o.state)
		}
	}
}

// Waiting is how many deliveries are due at now and not sent, and for how long
// the oldest of them has been due.
func Waiting(app core.App, now time.Time) (deliveries int, oldest time.Duration, err error) {
	var found struct {
		Count int    `db:"count"`
		Due   string `db:"due"`
	}
	err = app.DB().NewQuery(`SELECT COUNT(*) AS count, COALESCE(MIN(due), '') AS due FROM deliveries
		WHERE state = 'waiting' AND due <= {:now}`).Bind(dbx.Params{"now": format(now)}).One(&found)
	if err != nil {
		return 0, 0, fmt.Errorf("count waiting deliveries: %w", err)
	}
	if due, err := time.Parse(layout, found.Due); err == nil {
		oldest = max(0, now.Sub(due))
	}
	return found.Count, oldest, nil
}
