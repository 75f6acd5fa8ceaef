package push

import (
	"fmt"
	"testing"

	"folje/internal/apptest"
)

// Up to few followers are looked up one by one; all subscriptions are gone
// through for more. Both ways give the same.
func TestReachableIsTheSameForFewAndMany(t *testing.T) {
	for _, n := range []int{few, few + 1, few + 50} {
		w := newWorld(t)
		other := apptest.MustGroup(t, w.app, apptest.MustUnit(t, w.app, "Linden"), "Ekorren")
		w.crowd(n)
		w.subscribe(w.phone(), google+"more")
		stranger := w.phone()
		w.subscribe(stranger, google+"stranger")
		m, err := w.app.FindFirstRecordByData("memberships", "device", stranger.id)
		if err != nil {
			t.Fatal(err)
		}
		w.set("memberships", m.Id, map[string]any{"group": other.Id})
		seen, last := 0, ""
		for {
			found, err := Reachable(w.app, Audience{Groups: []string{w.group.Id}}, last, 700, w.now)
			if err != nil {
				t.Fatal(err)
			}
			if len(found) == 0 {
				break
			}
			for _, r := range found {
				if r.ID <= last || r.Device == stranger.id {
					t.Fatalf("%d followers: %+v after %s", n, r, last)
				}
				last = r.ID
				seen++
			}
		}
		if seen != n+1 {
			t.Errorf("%d of %d", seen, n+1)
		}
	}
}

// crowd makes n phones of the group that have subscribed.
func (w *world) crowd(n int) {
	w.Helper()
	numbers := fmt.Sprintf("WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < %d) ", n)
	for _, statement := range []string{
		`INSERT INTO devices (id, secretHash, locale) ` + numbers + `SELECT printf('%036d', i), printf('%064d', i), 'sv' FROM c`,
		`INSERT INTO memberships (id, device, "group", ends) ` + numbers + `SELECT printf('%015d', i), printf('%036d', i), '` +
			w.group.Id + `', '2099-01-01 00:00:00.000Z' FROM c`,
		`INSERT INTO push_subscriptions (id, device, mark, service, endpoint, p256dh, auth, "key", heard) ` + numbers +
			`SELECT printf('%015d', (i * 7919) % 1000003), printf('%036d', i), printf('%064d', i), 'https://fcm.googleapis.com', 'x', 'x', 'x', 'k', '` +
			day(w.now) + `' FROM c`,
	} {
		if _, err := w.app.NonconcurrentDB().NewQuery(statement).Execute(); err != nil {
			w.Fatal(err)
		}
	}
}
