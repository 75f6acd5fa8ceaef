package letter

import (
	"fmt"

	"folje/internal/sync"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// bindMeeting tells phones when the time or the place of a published letter's
// meeting changes, or the meeting goes.
func bindMeeting(app core.App) {
	tell := func(e *core.RecordEvent) error {
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			// Before the rest: deleting a meeting takes it out of the revisions.
			if err := tellOfMeeting(tx, e.Record.Id); err != nil {
				return err
			}
			return e.Next()
		})
	}
	app.OnRecordUpdate("meetings").BindFunc(tell)
	app.OnRecordDelete("meetings").BindFunc(tell)
}

// tellOfMeeting marks the letters that phones have with this meeting.
func tellOfMeeting(tx core.App, meeting string) error {
	found, err := tx.FindAllRecords(revisions, dbx.HashExp{"meeting": meeting})
	if err != nil {
		return fmt.Errorf("find the meeting's letters: %w", err)
	}
	for _, r := range found {
		l, err := Find(tx, r.GetString("letter"))
		if err != nil {
			return fmt.Errorf("find the meeting's letter: %w", err)
		}
		if !l.Live() || l.Number() != r.GetInt("number") {
			continue
		}
		for _, scope := range (Revision{r}).Groups() {
			if err := sync.Touch(tx, scope, sync.Records, sync.Item(letters, l.Id)); err != nil {
				return err
			}
		}
	}
	return nil
}
