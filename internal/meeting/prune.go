package meeting

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// keptMonths is how long answers are kept after their meeting: long enough to
// pay interpreters, no longer than they are of use.
const keptMonths = 3

// Prune deletes the answers to meetings that ended three months before now. The
// meetings and what was booked for them stay.
func Prune(app core.App, now time.Time) error {
	var old []string
	err := app.DB().Select("id").From(collection).Where(dbx.Not(notOver(now.AddDate(0, -keptMonths, 0)))).Column(&old)
	if err != nil {
		return fmt.Errorf("list old meetings: %w", err)
	}
	for _, id := range old {
		if _, err := app.NonconcurrentDB().Delete(rsvps, dbx.HashExp{"meeting": id}).Execute(); err != nil {
			return fmt.Errorf("delete old answers: %w", err)
		}
	}
	return nil
}
