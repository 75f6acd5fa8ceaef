package confidential_test

import (
	"testing"

	"github.com/pocketbase/dbx"
)

// A colleague who left reads nothing more: her key, what was shared with her
// and her place in the channels go, with the account still there as a name.
func TestWhoLeftReadsNothing(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	w.letsIn(c, w.siv, w.asks(w.sara, "steget"), w.sara)
	w.must(200, w.admin, "POST", "staff/channels/steget", body{"head": w.ior.Id})
	w.must(200, w.ior, "PUT", "staff/key", body{"recipient": w.ior.recipient(), "identity": locked(t, w.ior.identity, passphrase, 15)})
	id := w.sends(c, secretText)
	w.must(200, w.siv, "POST", "staff/requests/"+id+"/open", nil)
	w.must(200, w.siv, "POST", "staff/requests/"+id+"/share", body{
		"to": w.ior.Id, "ciphertext": seal(t, w.ior.identity.Recipient(), plain(secretText)), "consent": body{"how": "phone", "at": "2026-11-18"}})

	for _, who := range []*someone{w.ior, w.sara} {
		r, err := w.app.FindRecordById("staff", who.Id)
		if err != nil {
			t.Fatal(err)
		}
		r.Load(map[string]any{"left": w.clock(), "roles": []string{}})
		if err := w.app.Save(r); err != nil {
			t.Fatal(err)
		}
		for table, column := range map[string]string{"staff_keys": "staff", "request_shares": "to", "channels": "head"} {
			if n, err := w.app.CountRecords(table, dbx.HashExp{column: who.Id}); err != nil || n != 0 {
				t.Errorf("%d rows in %s, %v", n, table, err)
			}
		}
		if n, err := w.app.CountRecords("request_holders", dbx.HashExp{"staff": who.Id, "state": "in"}); err != nil || n != 0 {
			t.Errorf("she is in %d channels, %v", n, err)
		}
	}
	people := w.must(200, w.siv, "GET", "staff/people", nil)
	for _, p := range people.JSON["people"].([]any) {
		if id := p.(map[string]any)["id"]; id == w.ior.Id || id == w.sara.Id {
			t.Error("who left is offered to share with")
		}
	}
}
