package access

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// How long rows outlive their use.
const (
	deviceMonths = 18 // a device unseen this long is gone
	inviteDays   = 30 // so that staff's latest actions can still be looked up
)

// pruneMost bounds one run; the next one goes on.
const pruneMost = 1000

// Prune deletes what is no longer of use: memberships that ended, invites that
// stopped 30 days ago, and devices that nobody heard from for 18 months.
func Prune(app core.App, now time.Time) error {
	longUnseen := stamp(now.AddDate(0, -deviceMonths, 0))
	longStopped := stamp(now.AddDate(0, 0, -inviteDays))
	for _, step := range []struct {
		collection, filter, before string
	}{
		{"memberships", "ends <= {:before}", stamp(now)},
		{"invites", "expires < {:before} || (revoked != '' && revoked < {:before})", longStopped},
		{"devices", "(seen != '' && seen < {:before}) || (seen = '' && created < {:before})", longUnseen},
	} {
		records, err := app.FindRecordsByFilter(step.collection, step.filter, "", pruneMost, 0, dbx.Params{"before": step.before})
		if err != nil {
			return fmt.Errorf("find old %s: %w", step.collection, err)
		}
		for _, r := range records {
			if err := app.Delete(r); err != nil {
				return fmt.Errorf("delete old %s: %w", step.collection, err)
			}
		}
	}
	return nil
}
