package outbox

import (
	"encoding/json"
	"fmt"
	"time"

	"folje/internal/push"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// chunk is how many subscriptions are expanded to in one transaction.
const chunk = 500

// findRows finds what is to be expanded: rows that are released and, where they
// are held, whose time has come. A held row is not expanded before, so that
// phones which join meanwhile ring too.
func (d *Dispatcher) findRows(now time.Time) (err error) {
	d.rows, err = findIDs(d.app, `released <> '' AND expanded = '' AND (hold = '' OR hold <= {:now})`, now)
	return err
}

// expandSome expands the first row that can be by one chunk, and moves it
// behind the others, so that a small row never waits for a large one.
func (d *Dispatcher) expandSome(now time.Time) (any bool, err error) {
	for len(d.rows) > 0 {
		id := d.rows[0]
		d.rows = d.rows[1:]
		if d.trouble.paused(id, now) {
			continue
		}
		reached, all, err := d.expandChunk(id, now)
		if err != nil {
			d.trouble.note(id, "expand outbox row", now, err)
			continue
		}
		d.trouble.over(id)
		for _, r := range reached {
			d.lane(r.Service).hungry = true
		}
		if all {
			d.touched[id] = true
		} else {
			d.rows = append(d.rows, id)
		}
		return true, nil
	}
	return false, nil
}

// expandChunk gives the subscriptions that it made deliveries for, and whether
// those were the last.
func (d *Dispatcher) expandChunk(id string, now time.Time) (reached []push.Reached, all bool, err error) {
	err = d.app.RunInTransaction(func(tx core.App) error {
		s, err := findRow(tx, id)
		if err != nil {
			return err
		}
		if !s.Done.IsZero() || !s.Expanded.IsZero() {
			all = true
			return nil
		}
		kind, row := d.cfg.Kinds[s.Kind], s.row()
		found := []push.Reached{}
		if d.cfg.Sender != nil && row.Until.After(now) {
			who := push.Audience{Groups: row.Groups, Locale: row.Locale, Device: row.Device}
			if found, err = push.Reachable(tx, who, s.Cursor, chunk, now); err != nil {
				return err
			}
		}
		change := dbx.Params{}
		if all = len(found) < chunk; all {
			change["expanded"] = format(now)
		}
		if len(found) > 0 {
			change["cursor"] = found[len(found)-1].ID
		}
		if reached, err = unskipped(tx, kind, row, found); err != nil {
			return err
		}
		if err := addDeliveries(tx, id, kind, reached, now); err != nil {
			return err
		}
		if _, err := tx.DB().Update(collection, change, dbx.HashExp{"id": id}).Execute(); err != nil {
			return fmt.Errorf("move the row's cursor: %w", err)
		}
		return nil
	})
	return reached, all, err
}

func unskipped(tx core.App, kind Kind, row Row, found []push.Reached) ([]push.Reached, error) {
	if kind.Skip == nil || len(found) == 0 {
		return found, nil
	}
	devices := make([]string, len(found))
	for i, r := range found {
		devices[i] = r.Device
	}
	skip, err := guarded(func() (map[string]bool, error) { return kind.Skip(tx, row, devices) })
	if err != nil {
		return nil, fmt.Errorf("find who is not to ring: %w", err)
	}
	kept := []push.Reached{}
	for _, r := range found {
		if !skip[r.Device] {
			kept = append(kept, r)
		}
	}
	return kept, nil
}

// addDeliveries writes them in one statement; a pair that is there stays.
func addDeliveries(tx core.App, row string, kind Kind, reached []push.Reached, now time.Time) error {
	if len(reached) == 0 {
		return nil
	}
	made := make([][4]string, len(reached)) // id, subscription, service, due
	quiet := quietAt{now: now}
	for i, r := range reached {
		due := now
		if !kind.Anytime && !quiet.end(r.Quiet).IsZero() {
			due = quiet.end(r.Quiet)
		}
		made[i] = [4]string{core.GenerateDefaultRandomId(), r.ID, r.Service, format(due)}
	}
	raw, err := json.Marshal(made) // one parameter: dbx takes its time for thousands
	if err != nil {
		return fmt.Errorf("encode deliveries: %w", err)
	}
	_, err = tx.DB().NewQuery(`INSERT INTO deliveries (id, outbox, subscription, service, due, state, tries, answer, lease, leased, finished)
		SELECT value ->> 0, {:row}, value ->> 1, value ->> 2, value ->> 3, 'waiting', 0, 0, '', '', '' FROM json_each({:made})
		WHERE true ON CONFLICT DO NOTHING`).Bind(dbx.Params{"row": row, "made": string(raw)}).Execute()
	if err != nil {
		return fmt.Errorf("add deliveries: %w", err)
	}
	return nil
}
