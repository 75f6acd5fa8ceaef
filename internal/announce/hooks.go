package announce

import (
	"fmt"

	"folje/internal/database"
	"folje/internal/ticket"

	"github.com/pocketbase/pocketbase/core"
)

const (
	collection = "announcements"
	// revoked is the kind of a word about a device's tickets.
	revoked = "revoked"
	// told is the kind of such a word that NATS has.
	told = "told"
)

// bind announces whatever makes a ticket say more than is true. A membership
// that ends by itself is none of it: no ticket reaches so far.
func (a *Announcer) bind(app core.App) {
	app.OnRecordCreate("devices").BindFunc(within(func(r *core.Record) []string {
		if r.GetDateTime("revoked").IsZero() {
			return nil
		}
		return []string{r.Id}
	}))
	app.OnRecordUpdate("devices").BindFunc(within(func(r *core.Record) []string {
		if r.Original().GetDateTime("revoked").Equal(r.GetDateTime("revoked")) {
			return nil
		}
		return []string{r.Id}
	}))
	app.OnRecordDelete("devices").BindFunc(within(func(r *core.Record) []string { return []string{r.Id} }))
	app.OnRecordUpdate("memberships").BindFunc(within(func(r *core.Record) []string {
		was := r.Original()
		if was.GetString("device") == "" { // it was not read from the database since it was made
			return []string{r.GetString("device")}
		}
		same := was.GetString("device") == r.GetString("device") && was.GetString("group") == r.GetString("group")
		if same && !r.GetDateTime("ends").Before(was.GetDateTime("ends")) {
			return nil
		}
		return a.ofMembership(was)
	}))
	app.OnRecordDelete("memberships").BindFunc(within(a.ofMembership))
	app.OnRecordAfterCreateSuccess(collection).BindFunc(func(e *core.RecordEvent) error {
		a.Wake()
		return e.Next()
	})
}

// ofMembership is the device of a membership that a ticket can be for.
func (a *Announcer) ofMembership(r *core.Record) []string {
	if r.GetDateTime("ends").Time().Before(a.cfg.Now().Add(-2 * ticket.Skew)) {
		return nil
	}
	return []string{r.GetString("device")}
}

// within announces in the transaction in which the record is written. Of is
// asked before, while the record still knows what it was.
func within(of func(*core.Record) (devices []string)) func(*core.RecordEvent) error {
	return func(e *core.RecordEvent) error {
		devices := of(e.Record)
		if len(devices) == 0 {
			return e.Next()
		}
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			if err := e.Next(); err != nil {
				return err
			}
			for _, device := range devices {
				if err := add(tx, revoked, device); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

// add writes an announcement. Call it in the transaction of its cause.
func add(tx core.App, kind, key string) error {
	row, err := database.NewRecord(tx, collection)
	if err != nil {
		return err
	}
	row.Set("kind", kind)
	row.Set("key", key)
	if err := tx.Save(row); err != nil {
		return fmt.Errorf("announce: %w", err)
	}
	return nil
}
