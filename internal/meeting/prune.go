package meeting

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// keptMonths is how long answers and notes are kept after their meeting: long
// enough to pay interpreters and to write the letter, no longer than they are of
// use.
const keptMonths = 3

// Prune deletes the answers to meetings that ended three months before now, and
// what staff noted at them. The meetings and what was booked for them stay.
func Prune(app core.App, now time.Time) error {
	var old []string
	err := app.DB().Select("id").From(collection).Where(dbx.Not(notOver(now.AddDate(0, -keptMonths, 0)))).Column(&old)
	if err != nil {
		return fmt.Errorf("list old meetings: %w", err)
	}
	for _, id := range old {
		for _, collection := range []string{rsvps, notes} {
			if _, err := app.NonconcurrentDB().Delete(collection, dbx.HashExp{"meeting": id}).Execute(); err != nil {
				return fmt.Errorf("delete old %s: %w", collection, err)
			}
		}
	}
	return nil
}
