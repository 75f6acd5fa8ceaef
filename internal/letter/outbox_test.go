package letter_test

import (
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/letter"
	"folje/internal/outbox"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

const window = 30 * time.Second

// rows are the outbox rows of the kinds that are there, done or not, in the
// order in which they were written.
func (p *preschool) rows(kinds ...string) []*core.Record {
	p.Helper()
	in := make([]any, len(kinds))
	for i, k := range kinds {
		in[i] = k
	}
	found := []*core.Record{}
	if err := p.app.RecordQuery("outbox").Where(dbx.HashExp{"kind": in}).OrderBy("rowid").All(&found); err != nil {
		p.Fatal(err)
	}
	return found
}

// row reads a stored row as the dispatcher hands it to its kind.
func row(r *core.Record) outbox.Row {
	return outbox.Row{
		ID: r.Id, Kind: r.GetString("kind"), Item: r.GetString("item"), Number: r.GetInt("number"), Mark: r.GetString("mark"),
		Groups: r.GetStringSlice("groups"), Locale: r.GetString("locale"), Author: r.GetString("author"),
		Due: r.GetDateTime("due").Time(), Hold: r.GetDateTime("hold").Time(), Until: r.GetDateTime("until").Time(),
	}
}

// pass moves the clock and releases what falls due, as the dispatcher does; it
// gives what the rows' kinds said, by mark.
func (p *preschool) pass(d time.Duration) map[string]bool {
	p.Helper()
	p.now = p.now.Add(d)
	said := map[string]bool{}
	for _, r := range p.rows("letter", "correction", "withdrawal", "translation") {
		if r.GetString("released") != "" || r.GetString("done") != "" || r.GetDateTime("due").Time().After(p.now) {
			continue
		}
		err := p.app.RunInTransaction(func(tx core.App) error {
			kind, ok := letter.Kinds(p.cfg)[r.GetString("kind")], true
			if kind.Release != nil {
				var err error
				if ok, err = kind.Release(tx, row(r), p.now); err != nil {
					return err
				}
			}
			r, err := tx.FindRecordById("outbox", r.Id) // as the release left it
			if err != nil {
				return err
			}
			r.Set("released", p.now)
			if !ok {
				r.Set("done", p.now)
			}
			said[r.GetString("mark")] = ok
			return tx.Save(r)
		})
		if err != nil {
			p.Fatalf("release %s: %v", r.GetString("mark"), err)
		}
	}
	return said
}

// still asks the row's kind whether phones may ring.
func (p *preschool) still(r *core.Record) bool {
	p.Helper()
	ok, err := letter.Kinds(p.cfg)[r.GetString("kind")].Still(p.app, row(r))
	if err != nil {
		p.Fatal(err)
	}
	return ok
}

// say composes the row's note.
func (p *preschool) say(r *core.Record, locale string, titles bool) outbox.Note {
	p.Helper()
	note, err := letter.Kinds(p.cfg)[r.GetString("kind")].Compose(p.app, row(r), outbox.Reader{Locale: locale, Titles: titles})
	if err != nil {
		p.Fatal(err)
	}
	return note
}

// skips asks the row's kind which of the phones are not to ring.
func (p *preschool) skips(r *core.Record, phones ...*core.Record) map[string]bool {
	p.Helper()
	ids := make([]string, len(phones))
	for i, d := range phones {
		ids[i] = d.Id
	}
	skip, err := letter.Kinds(p.cfg)[r.GetString("kind")].Skip(p.app, row(r), ids)
	if err != nil {
		p.Fatal(err)
	}
	return skip
}

// phone is a device that follows the groups and can be reached.
func (p *preschool) phone(t *testing.T, name string, groups ...*core.Record) (device, subscription *core.Record) {
	t.Helper()
	device = apptest.MustRecord(t, p.app, "devices", map[string]any{
		"id": "11111111-1111-4111-8111-" + (name + "000000000000")[:12], "secretHash": strings.Repeat("0", 63) + name, "locale": "en", "seen": "2026-11-12",
	})
	for _, g := range groups {
		apptest.MustRecord(t, p.app, "memberships", map[string]any{"device": device.Id, "group": g.Id, "ends": p.now.AddDate(1, 0, 0)})
	}
	subscription = apptest.MustRecord(t, p.app, "push_subscriptions", map[string]any{
		"device": device.Id, "mark": name, "service": "https://push.example", "endpoint": "https://push.example/" + name,
		"p256dh": "k", "auth": "a", "key": "k1", "heard": "2026-11-12",
	})
	return device, subscription
}

// sent notes that the row was handed over to a subscription's push service.
func (p *preschool) sent(r, subscription *core.Record) {
	p.Helper()
	apptest.MustRecord(p, p.app, "deliveries", map[string]any{
		"outbox": r.Id, "subscription": subscription.Id, "service": "https://push.example",
		"state": "sent", "finished": p.now, "answer": 201, "tries": 1,
	})
}
