package outbox

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"folje/internal/database"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const (
	collection = "outbox"
	deliveries = "deliveries"
)

// Add writes the row, in the transaction of its cause. It reports false where
// its mark was there before; nothing is changed then.
func Add(tx core.App, row Row) (added bool, err error) {
	_, err = tx.FindFirstRecordByData(collection, "mark", row.Mark)
	if err == nil {
		return false, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return false, fmt.Errorf("find outbox row: %w", err)
	}
	r, err := database.NewRecord(tx, collection)
	if err != nil {
		return false, err
	}
	groups := row.Groups
	if groups == nil {
		groups = []string{}
	}
	r.Load(map[string]any{
		"kind": row.Kind, "item": row.Item, "number": row.Number, "mark": row.Mark, "groups": groups,
		"locale": row.Locale, "device": row.Device, "author": row.Author,
		"due": row.Due.UTC(), "hold": stampOf(row.Hold), "until": row.Until.UTC(),
	})
	if err := tx.Save(r); err != nil {
		return false, fmt.Errorf("save outbox row: %w", err)
	}
	return true, nil
}

func stampOf(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC()
}

// Cancel ends what the rows of the item of these kinds have not done yet:
// deliveries that wait are dropped, and a row that was never due tells nobody.
// What was sent stays sent, and what is on its way may yet become so. Call it
// in a transaction.
func Cancel(tx core.App, item string, now time.Time, kinds ...string) error {
	found, err := tx.FindAllRecords(collection, dbx.HashExp{"item": item, "done": ""}, dbx.In("kind", anys(kinds)...))
	if err != nil {
		return fmt.Errorf("find outbox rows: %w", err)
	}
	for _, r := range found {
		if err := dropWaiting(tx, r.Id, now); err != nil {
			return err
		}
		r.Set("dropped", "cancelled")
		r.Set("done", now.UTC())
		if err := tx.Save(r); err != nil {
			return fmt.Errorf("save outbox row: %w", err)
		}
	}
	return nil
}

// Erase takes the row with the mark away, as if it had never been added, and
// reports whether there was one. Call it in a transaction.
func Erase(tx core.App, mark string) (bool, error) {
	r, err := tx.FindFirstRecordByData(collection, "mark", mark)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("find outbox row: %w", err)
	}
	if err := tx.Delete(r); err != nil {
		return false, fmt.Errorf("delete outbox row: %w", err)
	}
	return true, nil
}

func anys(all []string) []any {
	out := make([]any, len(all))
	for i, s := range all {
		out[i] = s
	}
	return out
}

// layout is how PocketBase stores a moment, so that moments compare as text.
const layout = "2006-01-02 15:04:05.000Z"

func format(t time.Time) string { return t.UTC().Format(layout) }
