package confidential_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// One request, one colleague, with the parent's consent; she reads that one.
func TestSharingOneRequest(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	id, other := w.sends(c, secretText), w.sends(c, "ett annat")
	text := seal(t, w.ior.identity.Recipient(), plain(secretText))
	good := body{"to": w.ior.Id, "ciphertext": text, "consent": body{"how": "phone", "at": "2026-11-18"}}
	share := "staff/requests/" + id + "/share"

	people := func() map[string]any {
		for _, one := range w.must(200, w.siv, "GET", "staff/people?role=editor", nil).JSON["people"].([]any) {
			if one := one.(map[string]any); one["id"] == w.ior.Id {
				return one
			}
		}
		t.Fatal("she isn't among the editors")
		return nil
	}
	if p := people(); p["recipient"] != "" || p["name"] != "ior@example.org" {
		t.Errorf("%v", p)
	}
	w.must(400, w.siv, "POST", share, good) // she has no key
	w.must(200, w.ior, "PUT", "staff/key", body{"recipient": w.ior.recipient(), "identity": locked(t, w.ior.identity, passphrase, 15)})
	if p := people(); p["recipient"] != w.ior.recipient() {
		t.Errorf("%v", p)
	}
	w.must(400, w.siv, "POST", share, good) // nobody has read it
	w.must(200, w.siv, "POST", "staff/requests/"+id+"/open", nil)
	for name, consent := range map[string]any{
		"consent": nil, "consent.how": body{"how": "guess", "at": "2026-11-18"}, "consent.at": body{"how": "phone", "at": "2026-11-19"},
	} {
		b := body{"to": w.ior.Id, "ciphertext": text, "consent": consent}
		if a := w.must(400, w.siv, "POST", share, b); a.Get("fields", name) == nil {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
	w.must(400, w.siv, "POST", share, body{"to": w.siv.Id, "ciphertext": text, "consent": good["consent"]})
	w.must(400, w.siv, "POST", share, body{"to": w.ior.Id, "ciphertext": "SGVq", "consent": good["consent"]})
	w.must(400, w.siv, "POST", share, body{"to": w.ior.Id, "ciphertext": seal(t, w.ior.identity.Recipient(), secretText), "consent": good["consent"]}) // its size would tell
	shared := w.must(200, w.siv, "POST", share, good).JSON["id"].(string)

	mine := w.must(200, w.ior, "GET", "staff/shares/mine", nil)
	if all := mine.JSON["shares"].([]any); len(all) != 1 || all[0].(map[string]any)["by"] != "siv@example.org" || all[0].(map[string]any)["opened"] != "" {
		t.Errorf("%s", mine.Body)
	}
	got := w.must(200, w.ior, "POST", "staff/shares/"+shared+"/open", nil)
	if unseal(t, w.ior.identity, got.JSON["ciphertext"].(string)) != plain(secretText) {
		t.Error("she can't read it")
	}
	for _, path := range []string{"staff/requests/" + id + "/open", "staff/requests/" + other + "/open"} {
		w.must(404, w.ior, "POST", path, nil)
	}
	for name, who := range map[string]*someone{"the sharer": w.siv, "another": w.editor, "an administrator": w.admin} {
		if a := w.ask(who, "POST", "staff/shares/"+shared+"/open", nil); a.Status != 404 {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	if said := w.log(w.ior.Id); said[len(said)-1] != "open share steget/"+id+"/"+shared {
		t.Errorf("%q", said)
	}
	if said := w.log(w.siv.Id); said[len(said)-1] != "share request steget/"+id+"/"+w.ior.Id {
		t.Errorf("%q", said)
	}
	r, err := w.app.FindRecordById("request_shares", shared)
	if err != nil || !strings.Contains(r.GetString("consent"), `"by":"`+w.siv.Id+`"`) {
		t.Errorf("%v %v", r, err)
	}
	w.app.OnRecordCreate("audit_log").BindFunc(func(*core.RecordEvent) error { return errors.New("no row") })
	w.must(500, w.ior, "POST", "staff/shares/"+shared+"/open", nil)
	if err := w.app.Delete(w.ior.Record); err == nil {
		t.Log("she wasn't a holder: her account goes without a row")
	}
	w.must(401, w.ior, "POST", "staff/shares/"+shared+"/open", nil)
}

func TestExportGivesAReceipt(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	id := w.sends(c, secretText)
	w.must(400, w.siv, "POST", "staff/requests/"+id+"/export", nil) // nobody has read it
	w.must(200, w.siv, "POST", "staff/requests/"+id+"/open", nil)
	a := w.must(200, w.siv, "POST", "staff/requests/"+id+"/export", nil)
	sum, _ := a.JSON["sha256"].(string)
	if len(sum) != 64 || a.JSON["channel"] != "steget" || a.JSON["request"] != id || a.JSON["arrived"] != "2026-11-18 09:30:00.000Z" {
		t.Errorf("%s", a.Body)
	}
	row, err := w.app.FindRecordById("audit_log", a.JSON["id"].(string))
	if err != nil || row.GetString("subject") != "steget/"+id+"/"+sum || row.GetString("hash") != a.JSON["hash"] {
		t.Errorf("%v %v", row, err)
	}
}

func TestStates(t *testing.T) {
	w := newWorld(t)
	c := w.opened("familjeguiden", w.cora)
	id := w.sends(c, secretText)
	at := "staff/requests/" + id
	w.must(400, w.cora, "PUT", at, body{"state": "closed"}) // nobody has read it
	w.must(200, w.cora, "POST", at+"/open", nil)
	for _, state := range []string{"", "new", "gone"} {
		w.must(400, w.cora, "PUT", at, body{"state": state})
	}
	if a := w.must(200, w.cora, "PUT", at, body{"state": "closed"}); a.JSON["closed"] != "2026-11-18 09:30:00.000Z" {
		t.Errorf("%s", a.Body)
	}
	if a := w.must(200, w.cora, "PUT", at, body{"state": "answered"}); a.JSON["closed"] != "" || a.JSON["ciphertext"] != nil {
		t.Errorf("%s", a.Body)
	}
	said := w.log(w.cora.Id)
	if said[len(said)-1] != "set request answered familjeguiden/"+id {
		t.Errorf("%q", said)
	}
}

// One who covers reads between her days only, and can't move them.
func TestCover(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	id := w.sends(c, secretText)
	sara := w.asks(w.sara, "steget")
	at := "staff/channels/steget/holders/" + sara
	july := body{"from": "2026-12-01", "to": "2026-12-07"}
	for _, cover := range []any{"x", body{"from": "2026-12-07", "to": "2026-12-01"}, body{"from": "2026-13-01", "to": "2026-13-07"}} {
		w.must(400, w.siv, "PUT", at, body{"state": "in", "wraps": w.wrapsFor(c, w.sara), "cover": cover})
	}
	w.must(200, w.siv, "PUT", at, body{"state": "in", "wraps": w.wrapsFor(c, w.sara), "cover": july})
	reads := func(want int) {
		t.Helper()
		w.must(want, w.sara, "POST", "staff/requests/"+id+"/open", nil)
		w.must(want, w.sara, "GET", "staff/channels/steget/requests", nil)
		wraps := w.must(200, w.sara, "GET", "staff/channels/steget/holder", nil).JSON["wraps"].([]any)
		if got := len(wraps); (got == 1) != (want == 200) {
			t.Errorf("%d wraps, reading gives %d", got, want)
		}
	}
	reads(403)
	w.must(404, w.sara, "PUT", at, body{"cover": nil})
	w.pass(13 * 24 * time.Hour) // 1 December
	reads(200)
	w.must(404, w.sara, "PUT", at, body{"cover": body{"from": "2026-12-01", "to": "2027-12-07"}})
	w.pass(7 * 24 * time.Hour) // the 8th
	reads(403)
	w.must(404, w.editor, "PUT", at, body{"cover": nil})
	w.must(200, w.head, "PUT", at, body{"cover": nil})
	reads(200)
}

// One who covers has the channel's secret key on her covered days; it is no way
// past them, and neither is a recovery key of her own.
func TestCoverCantBecomeMore(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	siv, sara := w.asks(w.siv, "steget"), w.asks(w.sara, "steget")
	w.letsIn(c, w.siv, sara, w.sara)
	const at = "staff/channels/steget/"
	both := map[string]*someone{siv: w.siv, sara: w.sara}
	w.must(200, w.siv, "PUT", at+"holders/"+sara, body{"cover": body{"from": "2000-01-01", "to": "2100-01-01"}})
	if a := w.must(400, w.sara, "POST", at+"keys", w.newKey(c, 1, both).body); a.Get("fields", "recoveryRecipient") == nil {
		t.Errorf("%s", a.Body)
	}
	// A new key with the recovery key that was: what proves that stays, whatever she says.
	next := w.newKey(c, 1, both)
	next.body["recoveryRecipient"] = c.recovery.Recipient().String()
	next.body["recovery"] = seal(t, c.recovery.Recipient(), next.identity.String())
	a := w.must(200, w.sara, "POST", at+"keys", next.body)
	own, _ := proofOf(next.recovery)
	next.recovery, next.key = c.recovery, a.JSON["keys"].([]any)[0].(map[string]any)["id"].(string)
	c = &next.channel

	w.must(200, w.siv, "PUT", at+"holders/"+sara, body{"cover": body{"from": "2000-01-01", "to": "2000-01-02"}})
	held, _ := proofOf(c.identity)
	for _, proof := range []string{held, own} {
		w.must(403, w.sara, "POST", at+"recover", body{"proof": proof, "wraps": w.wrapsFor(c, w.sara)})
	}
	w.must(403, w.sara, "GET", at+"requests", nil)
	paper, _ := proofOf(c.recovery)
	w.must(200, w.sara, "POST", at+"recover", body{"proof": paper, "wraps": w.wrapsFor(c, w.sara)})
}
