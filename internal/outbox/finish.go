package outbox

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// finishTouched ends the rows all of whose deliveries have their end.
func (d *Dispatcher) finishTouched() error {
	now := d.cfg.Now()
	if err := d.blameRest(now); err != nil {
		return err
	}
	for id := range d.touched {
		err := d.app.RunInTransaction(func(tx core.App) error { return finish(tx, id, now) })
		if err != nil {
			return err
		}
		delete(d.touched, id)
	}
	return nil
}

func finish(tx core.App, id string, now time.Time) error {
	s, err := findRow(tx, id)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (s.Expanded.IsZero() || !s.Done.IsZero()) {
		return nil
	}
	if err != nil {
		return err
	}
	waits, err := exists(tx, `SELECT 1 FROM deliveries WHERE outbox = {:row} AND state = 'waiting' LIMIT 1`, id)
	if err != nil || waits {
		return err
	}
	if err := noteCounts(tx, id); err != nil {
		return err
	}
	_, err = tx.DB().Update(collection, dbx.Params{"done": format(now)}, dbx.HashExp{"id": id}).Execute()
	if err != nil {
		return fmt.Errorf("mark row done: %w", err)
	}
	return nil
}

func exists(app core.App, query, row string) (bool, error) {
	var one int
	err := app.DB().NewQuery(query).Bind(dbx.Params{"row": row}).Row(&one)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look at deliveries: %w", err)
	}
	return true, nil
}

// noteCounts writes what became of the row's deliveries into the row: how many
// are in each state.
func noteCounts(app core.App, row string) error {
	var found []struct {
		State string `db:"state"`
		N     int    `db:"n"`
	}
	err := app.DB().Select("state", "COUNT(*) AS n").From(deliveries).Where(dbx.HashExp{"outbox": row}).GroupBy("state").All(&found)
	if err != nil {
		return fmt.Errorf("count deliveries: %w", err)
	}
	counts := map[string]int{"sent": 0, "ended": 0, "failed": 0, "expired": 0, "dropped": 0}
	for _, f := range found {
		counts[f.State] = f.N
	}
	raw, err := json.Marshal(counts)
	if err != nil {
		return fmt.Errorf("encode counts: %w", err)
	}
	_, err = app.NonconcurrentDB().Update(collection, dbx.Params{"counts": string(raw)}, dbx.HashExp{"id": row}).Execute()
	if err != nil {
		return fmt.Errorf("note counts: %w", err)
	}
	return nil
}

// expire ends what makes no sense any more.
func (d *Dispatcher) expire(now time.Time) error {
	ids, err := findIDs(d.app, `released <> '' AND until <= {:now}`, now)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := expireRow(d.app, id, now); err != nil {
			return err
		}
		d.touched[id] = true
	}
	return nil
}

// expireRow walks the row's deliveries in bounded transactions. Those that are
// being sent are left to their answer.
func expireRow(app core.App, id string, now time.Time) error {
	_, err := app.NonconcurrentDB().Update(collection, dbx.Params{"expanded": format(now)}, dbx.HashExp{"id": id, "expanded": ""}).Execute()
	if err != nil {
		return fmt.Errorf("end expanding: %w", err)
	}
	for after := ""; ; {
		var walked []string
		err := app.DB().Select("subscription").From(deliveries).
			Where(dbx.And(dbx.HashExp{"outbox": id}, dbx.NewExp("[[subscription]] > {:after}", dbx.Params{"after": after}))).
			OrderBy("subscription").Limit(chunk).Column(&walked)
		if err != nil {
			return fmt.Errorf("find deliveries: %w", err)
		}
		if len(walked) == 0 {
			return nil
		}
		last := walked[len(walked)-1]
		_, err = app.NonconcurrentDB().Update(deliveries, dbx.Params{"state": "expired", "finished": format(now)}, dbx.And(
			dbx.HashExp{"outbox": id, "state": "waiting", "lease": ""},
			dbx.NewExp("[[subscription]] > {:after} AND [[subscription]] <= {:last}", dbx.Params{"after": after, "last": last}),
		)).Execute()
		if err != nil {
			return fmt.Errorf("expire deliveries: %w", err)
		}
		after = last
	}
}

// nextDue is when there is something to do again, as far as is known now.
func (d *Dispatcher) nextDue() (next time.Time, err error) {
	now := d.cfg.Now()
	next = d.trouble.next(now)
	var moments struct{ Due, Hold, Until sql.NullString }
	err = d.app.DB().NewQuery(`SELECT
			min(CASE WHEN released = '' AND due > {:now} THEN due END) AS due,
			min(CASE WHEN released <> '' AND expanded = '' AND hold > {:now} THEN hold END) AS hold,
			min(CASE WHEN released <> '' AND until > {:now} THEN until END) AS until
		FROM outbox WHERE done = ''`).Bind(dbx.Params{"now": format(now)}).
		Row(&moments.Due, &moments.Hold, &moments.Until)
	if err != nil {
		return next, fmt.Errorf("find what is due next: %w", err)
	}
	for _, m := range []sql.NullString{moments.Due, moments.Hold, moments.Until} {
		next = earlier(next, parse(m.String))
	}
	services, err := d.dueServices()
	if err != nil {
		return next, err
	}
	for service, waits := range services {
		at := parse(waits.Due)
		if l := d.lane(service); l.why != open && at.Before(l.until) && !at.IsZero() {
			at = l.until
		}
		if at.Before(d.away.until) && !at.IsZero() {
			at = d.away.until
		}
		next = earlier(next, at)
	}
	return next, nil
}

// parse reads what [format] wrote; "" is the zero time.
func parse(stored string) time.Time {
	t, _ := time.Parse(layout, stored)
	return t
}
