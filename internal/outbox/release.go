package outbox

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// release releases the rows whose due has come. What fails for one of them
// holds up no other.
func (d *Dispatcher) release(now time.Time) error {
	ids, err := findIDs(d.app, `released = '' AND due <= {:now}`, now)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if d.trouble.paused(id, now) {
			continue
		}
		if err := d.releaseOne(id, now); err != nil {
			d.trouble.note(id, "release outbox row", now, err)
			continue
		}
		d.trouble.over(id)
	}
	return nil
}

func (d *Dispatcher) releaseOne(id string, now time.Time) error {
	return d.app.RunInTransaction(func(tx core.App) error {
		s, err := findRow(tx, id)
		if err != nil {
			return err
		}
		if !s.Released.IsZero() || !s.Done.IsZero() || s.Due.Time().After(now) {
			return nil // it changed meanwhile
		}
		kind, ok := d.cfg.Kinds[s.Kind]
		if !ok {
			return fmt.Errorf("no code for kind %q", s.Kind)
		}
		so := true
		if kind.Release != nil {
			if so, err = guarded(func() (bool, error) { return kind.Release(tx, s.row(), now) }); err != nil {
				return err
			}
		}
		if !so {
			return drop(tx, id, "released", now)
		}
		_, err = tx.DB().Update(collection, dbx.Params{"released": format(now)}, dbx.HashExp{"id": id}).Execute()
		if err != nil {
			return fmt.Errorf("mark row released: %w", err)
		}
		return nil
	})
}
