package outbox

import (
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

// A phone that leaves the group in the evening doesn't ring in the morning.
func TestAPhoneThatLeftDoesNotRing(t *testing.T) {
	w := newWorld(t)
	evening := time.Date(2026, 11, 24, 20, 30, 0, 0, time.UTC)
	ids := w.phones(3, service)
	w.clock.set(evening)
	row := w.add(w.letter("abc"))
	w.round()
	w.want(row, map[string]int{"waiting": 3})
	w.leave(ids[0])
	w.live(evening.Add(24 * time.Hour))
	w.want(row, map[string]int{"sent": 2, "dropped": 1})
}

func (w *world) leave(subscription string) {
	w.Helper()
	_, err := w.app.NonconcurrentDB().NewQuery("DELETE FROM memberships WHERE device = (SELECT device FROM push_subscriptions WHERE id = {:id})").
		Bind(dbx.Params{"id": subscription}).Execute()
	if err != nil {
		w.Fatal(err)
	}
}

// What a phone had sent to itself is forgotten after a day; what others wait
// for, and what went to groups, is not.
func TestATestIsForgottenAfterADay(t *testing.T) {
	w := newWorld(t)
	r := w.phone(w.app, service, "sv", "")
	row := w.add(w.letter("abc"))
	if err := AddTest(w.app, r.GetString("device"), "old", noon); err != nil {
		t.Fatal(err)
	}
	w.round()
	w.clock.set(noon.Add(25 * time.Hour))
	if err := AddTest(w.app, r.GetString("device"), "new", w.clock.now()); err != nil {
		t.Fatal(err)
	}
	if err := Prune(w.app, w.clock.now()); err != nil {
		t.Fatal(err)
	}
	left, err := w.app.FindAllRecords(collection, dbx.HashExp{"device": r.GetString("device")})
	if err != nil || len(left) != 1 || left[0].GetString("done") != "" {
		t.Errorf("%d rows of the phone are left: %v", len(left), err)
	}
	w.want(row, map[string]int{"sent": 1})
	var lost int
	if err := w.app.DB().NewQuery("SELECT count(*) FROM deliveries WHERE outbox NOT IN (SELECT id FROM outbox)").Row(&lost); err != nil || lost > 0 {
		t.Errorf("%d deliveries belong to no row: %v", lost, err)
	}
}

// Erasing a phone erases what it had sent to itself, which names it.
func TestAPhoneIsForgottenWithItsTests(t *testing.T) {
	w := newWorld(t)
	device := w.phone(w.app, service, "sv", "").GetString("device")
	if err := AddTest(w.app, device, "once", noon); err != nil {
		t.Fatal(err)
	}
	w.round()
	r, err := w.app.FindRecordById("devices", device)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.app.Delete(r); err != nil {
		t.Fatal(err)
	}
	for _, table := range []string{collection, deliveries, "push_subscriptions"} {
		if n, err := w.app.CountRecords(table); err != nil || n > 0 {
			t.Errorf("%d rows are left in %s: %v", n, table, err)
		}
	}
}

// A backup on trial has deliveries that waited in the archive, and nobody to
// hand them to: they stay, and the dispatcher rests.
func TestWhatNobodyCanSendWaits(t *testing.T) {
	w := newWorld(t)
	w.phones(3, service)
	w.clock.set(time.Date(2026, 11, 24, 20, 30, 0, 0, time.UTC))
	row := w.add(w.letter("abc"))
	w.round()
	w.cfg.Sender = nil
	morning := time.Date(2026, 11, 25, 6, 30, 0, 0, time.UTC)
	w.clock.set(morning)
	next, err := w.Round(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	w.want(row, map[string]int{"waiting": 3})
	if !next.After(morning) {
		t.Errorf("there is more to do at %v", next)
	}
}
