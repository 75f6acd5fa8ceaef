package outbox

import (
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// stored is a row as the database has it.
type stored struct {
	ID       string                  `db:"id"`
	Kind     string                  `db:"kind"`
	Item     string                  `db:"item"`
	Number   int                     `db:"number"`
	Mark     string                  `db:"mark"`
	Groups   types.JSONArray[string] `db:"groups"`
	Locale   string                  `db:"locale"`
	Device   string                  `db:"device"`
	Author   string                  `db:"author"`
	Due      types.DateTime          `db:"due"`
	Hold     types.DateTime          `db:"hold"`
	Until    types.DateTime          `db:"until"`
	Awaits   string                  `db:"awaits"`
	Cursor   string                  `db:"cursor"`
	Released types.DateTime          `db:"released"`
	Expanded types.DateTime          `db:"expanded"`
	Done     types.DateTime          `db:"done"`
}

func (s stored) row() Row {
	return Row{
		ID: s.ID, Kind: s.Kind, Item: s.Item, Number: s.Number, Mark: s.Mark, Groups: s.Groups,
		Locale: s.Locale, Device: s.Device, Author: s.Author,
		Due: s.Due.Time(), Hold: s.Hold.Time(), Until: s.Until.Time(),
		Awaits: strings.Fields(s.Awaits),
	}
}

// findRow gives the row, or sql.ErrNoRows.
func findRow(app core.App, id string) (s stored, err error) {
	err = app.DB().Select("*").From(collection).Where(dbx.HashExp{"id": id}).One(&s)
	if err != nil {
		return s, fmt.Errorf("find outbox row: %w", err)
	}
	return s, nil
}

// findIDs gives the rows for which the condition, with {:now} in it, holds,
// the earliest due first.
func findIDs(app core.App, condition string, now time.Time) ([]string, error) {
	var ids []string
	err := app.DB().NewQuery(`SELECT id FROM outbox WHERE done = '' AND ` + condition + ` ORDER BY due, id`).
		Bind(dbx.Params{"now": format(now)}).Column(&ids)
	if err != nil {
		return nil, fmt.Errorf("find outbox rows: %w", err)
	}
	return ids, nil
}

// drop ends a row early.
func drop(tx core.App, row, why string, now time.Time) error {
	if err := dropWaiting(tx, row, now); err != nil {
		return err
	}
	_, err := tx.DB().Update(collection, dbx.Params{"dropped": why, "done": format(now)}, dbx.HashExp{"id": row, "done": ""}).Execute()
	if err != nil {
		return fmt.Errorf("drop outbox row: %w", err)
	}
	return nil
}

// dropWaiting drops what of the row waits. What is being sent right now keeps
// its lease, by which [Rang] knows it, and becomes sent if it arrives.
func dropWaiting(tx core.App, row string, now time.Time) error {
	_, err := tx.DB().Update(deliveries, dbx.Params{"state": "dropped", "finished": format(now)},
		dbx.HashExp{"outbox": row, "state": "waiting"}).Execute()
	if err != nil {
		return fmt.Errorf("drop deliveries: %w", err)
	}
	return nil
}
