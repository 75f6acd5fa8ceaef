package confidential_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// sharing is a request of a channel that its holder Siv wants to share with an
// editor, with what she sends for that.
type sharing struct {
	*world
	id, other, path string
	good            body
}

func newSharing(t *testing.T) sharing {
	t.Helper()
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	id := w.sends(c, secretText)
	return sharing{world: w, id: id, other: w.sends(c, "ett annat"), path: "staff/requests/" + id + "/share",
		good: body{"to": w.ior.Id, "ciphertext": w.sealedFor(w.ior, plain(secretText)), "consent": body{"how": "phone", "at": "2026-11-18"}}}
}

// sealedFor is a text that one of staff can read.
func (w *world) sealedFor(who *someone, text string) string {
	w.Helper()
	return seal(w, who.identity.Recipient(), text)
}

// seesKey fails the test where Siv isn't shown the editor with that key.
func (s sharing) seesKey(recipient string) {
	s.Helper()
	for _, one := range s.must(200, s.siv, "GET", "staff/people?role=editor", nil).JSON["people"].([]any) {
		if one := one.(map[string]any); one["id"] == s.ior.Id {
			if one["recipient"] != recipient || one["name"] != "ior@example.org" {
				s.Errorf("%v", one)
			}
			return
		}
	}
	s.Fatal("she isn't among the editors")
}

// getsKey lets the editor have a key.
func (s sharing) getsKey() {
	s.Helper()
	s.must(200, s.ior, "PUT", "staff/key", body{"recipient": s.ior.recipient(), "identity": locked(s, s.ior.identity, passphrase, 15)})
}

func TestSharingIsRefused(t *testing.T) {
	s := newSharing(t)
	s.seesKey("")
	s.must(400, s.siv, "POST", s.path, s.good) // she has no key
	s.getsKey()
	s.seesKey(s.ior.recipient())
	s.must(400, s.siv, "POST", s.path, s.good) // nobody has read it
	s.must(200, s.siv, "POST", "staff/requests/"+s.id+"/open", nil)
	text, consent := s.good["ciphertext"], s.good["consent"]
	for name, wrong := range map[string]any{
		"consent": nil, "consent.how": body{"how": "guess", "at": "2026-11-18"}, "consent.at": body{"how": "phone", "at": "2026-11-19"},
	} {
		if a := s.must(400, s.siv, "POST", s.path, body{"to": s.ior.Id, "ciphertext": text, "consent": wrong}); a.Get("fields", name) == nil {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
	s.must(400, s.siv, "POST", s.path, body{"to": s.siv.Id, "ciphertext": text, "consent": consent})
	s.must(400, s.siv, "POST", s.path, body{"to": s.ior.Id, "ciphertext": "SGVq", "consent": consent})
	s.must(400, s.siv, "POST", s.path, body{"to": s.ior.Id, "ciphertext": s.sealedFor(s.ior, secretText), "consent": consent}) // its size would tell
}

// One request, one colleague, with the parent's consent; she reads that one.
func TestSharingOneRequest(t *testing.T) {
	s := newSharing(t)
	s.getsKey()
	s.must(200, s.siv, "POST", "staff/requests/"+s.id+"/open", nil)
	shared := s.must(200, s.siv, "POST", s.path, s.good).JSON["id"].(string)
	open := "staff/shares/" + shared + "/open"

	mine := s.must(200, s.ior, "GET", "staff/shares/mine", nil)
	if all := mine.JSON["shares"].([]any); len(all) != 1 || all[0].(map[string]any)["by"] != "siv@example.org" || all[0].(map[string]any)["opened"] != "" {
		t.Errorf("%s", mine.Body)
	}
	got := s.must(200, s.ior, "POST", open, nil)
	if unseal(t, s.ior.identity, got.JSON["ciphertext"].(string)) != plain(secretText) {
		t.Error("she can't read it")
	}
	for _, path := range []string{"staff/requests/" + s.id + "/open", "staff/requests/" + s.other + "/open"} {
		s.must(404, s.ior, "POST", path, nil)
	}
	for name, who := range map[string]*someone{"the sharer": s.siv, "another": s.editor, "an administrator": s.admin} {
		if a := s.ask(who, "POST", open, nil); a.Status != 404 {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	if said := s.log(s.ior.Id); said[len(said)-1] != "open share steget/"+s.id+"/"+shared {
		t.Errorf("%q", said)
	}
	if said := s.log(s.siv.Id); said[len(said)-1] != "share request steget/"+s.id+"/"+s.ior.Id {
		t.Errorf("%q", said)
	}
	r, err := s.app.FindRecordById("request_shares", shared)
	if err != nil || !strings.Contains(r.GetString("consent"), `"by":"`+s.siv.Id+`"`) {
		t.Errorf("%v %v", r, err)
	}
	s.app.OnRecordCreate("audit_log").BindFunc(func(*core.RecordEvent) error { return errors.New("no row") })
	s.must(500, s.ior, "POST", open, nil)
	if err := s.app.Delete(s.ior.Record); err == nil {
		t.Log("she wasn't a holder: her account goes without a row")
	}
	s.must(401, s.ior, "POST", open, nil)
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
