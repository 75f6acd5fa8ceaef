package letter

import (
	"fmt"

	"folje/internal/sync"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// bindMeeting tells phones when the time or the place of a published letter's
// meeting changes. The groups of a meeting are checked like a letter's.
func bindMeeting(app core.App) {
	app.OnRecordUpdate("meetings").BindFunc(func(e *core.RecordEvent) error {
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			if err := e.Next(); err != nil {
				return err
			}
			return tellOfMeeting(tx, e.Record.Id)
		})
	})
}

func tellOfMeeting(tx core.App, meeting string) error {
	records, err := tx.FindAllRecords(letters, dbx.HashExp{"meeting": meeting})
	if err != nil {
		return fmt.Errorf("find the meeting's letters: %w", err)
	}
	for _, r := range records {
		l := Letter{r}
		if !l.Live() {
			continue
		}
		latest, err := Latest(tx, l)
		if err != nil {
			return err
		}
		for _, scope := range latest.Groups() {
			if err := sync.Touch(tx, scope, sync.Records, sync.Item(letters, l.Id)); err != nil {
				return err
			}
		}
	}
	return nil
}
