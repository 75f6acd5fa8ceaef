package outbox

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// How long rows and their deliveries outlive their end, and how many of them
// are deleted in one transaction. A row for a single phone names it, and says
// nothing that staff ask for.
const (
	singleDays   = 1
	deliveryDays = 30
	rowMonths    = 13
	pruneMost    = 1000
)

// Prune deletes deliveries a month after their row was done, when the row has
// noted what became of them, and rows after 13 months. Rows for a single phone
// are deleted after a day, with their deliveries.
func Prune(app core.App, now time.Time) error {
	if err := pruneSingle(app, format(now.AddDate(0, 0, -singleDays))); err != nil {
		return err
	}
	var done []string
	err := app.DB().Select("id").From(collection).Where(dbx.And(
		dbx.NewExp("[[done]] <> '' AND [[done]] <= {:before}", dbx.Params{"before": format(now.AddDate(0, 0, -deliveryDays))}),
		dbx.NewExp("EXISTS (SELECT 1 FROM {{deliveries}} [[d]] WHERE [[d.outbox]] = {{outbox}}.[[id]])"),
	)).Column(&done)
	if err != nil {
		return fmt.Errorf("find rows that are done: %w", err)
	}
	for _, id := range done {
		if err := pruneDeliveries(app, id); err != nil {
			return err
		}
	}
	_, err = app.NonconcurrentDB().Delete(collection, dbx.NewExp("[[done]] <> '' AND [[done]] <= {:before}",
		dbx.Params{"before": format(now.AddDate(0, -rowMonths, 0))})).Execute()
	if err != nil {
		return fmt.Errorf("delete old outbox rows: %w", err)
	}
	return nil
}

func pruneDeliveries(app core.App, row string) error {
	if err := noteCounts(app, row); err != nil {
		return err
	}
	for {
		result, err := app.NonconcurrentDB().NewQuery(`DELETE FROM deliveries WHERE id IN
			(SELECT id FROM deliveries WHERE outbox = {:row} LIMIT {:most})`).
			Bind(dbx.Params{"row": row, "most": pruneMost}).Execute()
		if err != nil {
			return fmt.Errorf("delete old deliveries: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n < pruneMost {
			return err
		}
	}
}

func pruneSingle(app core.App, before string) error {
	for {
		var gone int64
		err := app.RunInTransaction(func(tx core.App) error {
			const old = `SELECT id FROM outbox WHERE done <> '' AND done <= {:before} AND device <> '' ORDER BY id LIMIT {:most}`
			values := dbx.Params{"before": before, "most": pruneMost}
			if _, err := tx.DB().NewQuery(`DELETE FROM deliveries WHERE outbox IN (` + old + `)`).Bind(values).Execute(); err != nil {
				return fmt.Errorf("delete a single phone's deliveries: %w", err)
			}
			result, err := tx.DB().NewQuery(`DELETE FROM outbox WHERE id IN (` + old + `)`).Bind(values).Execute()
			if err != nil {
				return fmt.Errorf("delete a single phone's outbox rows: %w", err)
			}
			gone, err = result.RowsAffected()
			return err
		})
		if err != nil || gone < pruneMost {
			return err
		}
	}
}
