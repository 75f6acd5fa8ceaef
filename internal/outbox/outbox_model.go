package outbox

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
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
		"awaits": strings.Join(row.Awaits, " "),
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
	found, err := undone(tx, item, kinds)
	if err != nil {
		return err
	}
	return cancel(tx, found, now)
}

// CancelFor is [Cancel] for the rows that ring for one of the groups. It gives
// the other groups that those rows were to ring for, sorted.
func CancelFor(tx core.App, item string, groups []string, now time.Time, kinds ...string) (others []string, err error) {
	found, err := undone(tx, item, kinds)
	if err != nil {
		return nil, err
	}
	among := func(g string) bool { return slices.Contains(groups, g) }
	found = slices.DeleteFunc(found, func(r *core.Record) bool { return !slices.ContainsFunc(r.GetStringSlice("groups"), among) })
	for _, r := range found {
		others = append(others, slices.DeleteFunc(r.GetStringSlice("groups"), among)...)
	}
	slices.Sort(others)
	return slices.Compact(others), cancel(tx, found, now)
}

func undone(app core.App, item string, kinds []string) ([]*core.Record, error) {
	found, err := app.FindAllRecords(collection, dbx.HashExp{"item": item, "done": ""}, dbx.In("kind", anys(kinds)...))
	if err != nil {
		return nil, fmt.Errorf("find outbox rows: %w", err)
	}
	return found, nil
}

func cancel(tx core.App, rows []*core.Record, now time.Time) error {
	for _, r := range rows {
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

// Held finds the item's row of one of the kinds that no phone was told of yet,
// because it is held or waits for its release; false where there is none.
func Held(app core.App, item string, kinds ...string) (Row, bool, error) {
	found, err := held(app, item, kinds)
	if err != nil || len(found) == 0 {
		return Row{}, false, err
	}
	r := found[len(found)-1]
	return Row{
		ID: r.Id, Kind: r.GetString("kind"), Item: item, Number: r.GetInt("number"), Mark: r.GetString("mark"),
		Groups: r.GetStringSlice("groups"), Author: r.GetString("author"), Awaits: strings.Fields(r.GetString("awaits")),
		Due: r.GetDateTime("due").Time(), Hold: r.GetDateTime("hold").Time(), Until: r.GetDateTime("until").Time(),
	}, true, nil
}

func held(app core.App, item string, kinds []string) ([]*core.Record, error) {
	found, err := app.FindAllRecords(collection, dbx.HashExp{"item": item, "done": "", "expanded": ""}, dbx.In("kind", anys(kinds)...))
	if err != nil {
		return nil, fmt.Errorf("find held outbox rows: %w", err)
	}
	return found, nil
}

// Ready ends the waiting of the item's rows of these kinds that wait for none
// but the locales given: phones ring from now on. Call it in a transaction.
func Ready(tx core.App, item string, locales []string, now time.Time, kinds ...string) error {
	waits := func(tag string) bool { return !slices.Contains(locales, tag) }
	return stopHolding(tx, item, now, kinds, func(awaits []string) bool {
		return len(awaits) > 0 && !slices.ContainsFunc(awaits, waits)
	})
}

// RingNow ends the waiting of the item's rows of these kinds, whatever they
// wait for, and reports whether any did. Call it in a transaction.
func RingNow(tx core.App, item string, now time.Time, kinds ...string) (any bool, err error) {
	err = stopHolding(tx, item, now, kinds, func([]string) bool {
		any = true
		return true
	})
	return any, err
}

func stopHolding(tx core.App, item string, now time.Time, kinds []string, stops func(awaits []string) bool) error {
	found, err := held(tx, item, kinds)
	if err != nil {
		return err
	}
	for _, r := range found {
		if !r.GetDateTime("hold").Time().After(now) || !stops(strings.Fields(r.GetString("awaits"))) {
			continue
		}
		r.Set("hold", now.UTC())
		r.Set("awaits", "")
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
