package confidential_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"folje/internal/audit"

	"filippo.io/age"
	"github.com/pocketbase/pocketbase/core"
)

// read opens a request as somebody who has the channel's key from her own.
func (w *world) read(who *someone, c *channel, id string) string {
	w.Helper()
	mine := w.must(200, who, "GET", "staff/channels/"+c.name+"/holder", nil)
	opened := w.must(200, who, "POST", "staff/requests/"+id+"/open", nil)
	for _, one := range mine.JSON["wraps"].([]any) {
		one := one.(map[string]any)
		if one["key"] != opened.JSON["key"] {
			continue
		}
		identity, err := age.ParseX25519Identity(unseal(w, who.identity, one["wrapped"].(string)))
		if err != nil {
			w.Fatal(err)
		}
		return strings.TrimRight(unseal(w, identity, opened.JSON["ciphertext"].(string)), " ")
	}
	w.Fatalf("%s has no key for it", who.Email())
	return ""
}

// The whole way: asked for, opened, a request read; a second leader let in, who
// reads it too; the first leaves; the key is changed, and late requests to the
// old one are read all the same.
func TestAChannelsLife(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	first := w.sends(c, "den första")
	if got := w.read(w.siv, c, first); !strings.Contains(got, "den första") {
		t.Fatal(got)
	}
	sara := w.asks(w.sara, "steget")
	w.must(404, w.sara, "GET", "staff/channels/steget/requests", nil)
	w.letsIn(c, w.siv, sara, w.sara)
	if got := w.read(w.sara, c, first); !strings.Contains(got, "den första") {
		t.Fatal(got)
	}
	siv := w.asks(w.siv, "steget") // another passphrase
	a := w.must(200, w.head, "PUT", "staff/channels/steget/holders/"+siv, body{"state": "left"})
	if a.JSON["rotationDue"] != true {
		t.Errorf("%s", a.Body)
	}
	w.must(404, w.siv, "POST", "staff/requests/"+first+"/open", nil)
	if n, err := w.app.CountRecords("request_wraps"); err != nil || n != 1 {
		t.Errorf("%d wraps, %v", n, err)
	}
	old := *c
	w.rotate(c, w.sara, 1, map[string]*someone{sara: w.sara})
	late, new := w.sends(&old, "den sena"), w.sends(c, "den nya")
	for id, want := range map[string]string{late: "den sena", new: "den nya", first: "den första"} {
		if got := w.read(w.sara, c, id); !strings.Contains(got, want) {
			t.Errorf("%q", got)
		}
	}
	if v := w.must(200, w.sara, "GET", "staff/channels", nil).JSON["channels"].([]any)[0].(map[string]any); v["rotationDue"] != false || len(v["keys"].([]any)) != 2 {
		t.Errorf("%v", v)
	}
	list := w.must(200, w.sara, "GET", "staff/channels/steget/requests", nil)
	if n := len(list.JSON["requests"].([]any)); n != 3 || strings.Contains(string(list.Body), "ciphertext") {
		t.Errorf("%s", list.Body)
	}
}

// A channel that its last reader left promises nothing any more, and takes
// nothing until it is opened again.
func TestNobodyIsLeft(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	open := func() any {
		keys := w.must(200, nil, "GET", "request-keys", nil)
		return keys.JSON["channels"].([]any)[0].(map[string]any)["open"]
	}
	sara := w.asks(w.sara, "steget")
	w.letsIn(c, w.siv, sara, w.sara)
	w.must(200, w.head, "PUT", "staff/channels/steget/holders/"+w.asks(w.siv, "steget"), body{"state": "left"})
	if open() != true {
		t.Error("it closed while somebody reads")
	}
	w.must(200, w.sara, "PUT", "staff/channels/steget/holders/"+sara, body{"state": "left"})
	if open() != false {
		t.Error("it is open though nobody reads")
	}
	if a := w.ask(nil, "POST", "requests", w.request(c, secretText)); a.JSON["verdict"] != "rejected" || a.JSON["code"] != "error.request_closed" {
		t.Errorf("%s", a.Body)
	}
}

// Every reading is one row, written before the reading; where it can't be
// written nothing is read.
func TestReadingIsNotedFirst(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	id := w.sends(c, secretText)
	var order []string
	w.app.OnRecordCreate("audit_log").BindFunc(func(e *core.RecordEvent) error {
		order = append(order, e.Record.GetString("action"))
		return e.Next()
	})
	w.app.OnRecordUpdate("requests").BindFunc(func(e *core.RecordEvent) error {
		order = append(order, "read")
		return e.Next()
	})
	for range 3 {
		w.must(200, w.siv, "POST", "staff/requests/"+id+"/open", nil)
	}
	if got := strings.Join(order, ", "); got != "open request, read, open request, open request" {
		t.Errorf("%s", got)
	}
	said := w.log(w.siv.Id)
	if n := len(said); said[n-1] != "open request steget/"+id || said[n-4] == said[n-1] {
		t.Errorf("%q", said)
	}
	w.app.OnRecordCreate("audit_log").BindFunc(func(*core.RecordEvent) error { return errors.New("no row") })
	another := w.sends(c, "ett till")
	for _, path := range []string{id + "/open", another + "/open", id + "/export"} {
		if a := w.must(500, w.siv, "POST", "staff/requests/"+path, nil); strings.Contains(string(a.Body), "ciphertext") || strings.Contains(string(a.Body), "sha256") {
			t.Errorf("%s: %s", path, a.Body)
		}
	}
	if r, err := w.app.FindRecordById("requests", another); err != nil || r.GetString("state") != "new" {
		t.Errorf("%v %v", r, err)
	}
	if head, err := audit.Last(w.app); err != nil || head.Seq == 0 {
		t.Errorf("%v %v", head, err)
	}
}

func TestKeysThatAreNotTaken(t *testing.T) {
	w := newWorld(t)
	c := &channel{name: "steget"}
	siv := w.asks(w.siv, "steget")
	in := map[string]*someone{siv: w.siv}
	const at = "staff/channels/steget/keys"
	first := w.newKey(c, 0, in)
	if a := w.must(409, w.siv, "POST", at, first.body); a.JSON["code"] != "error.channel_unready" {
		t.Errorf("%s", a.Body)
	}
	w.must(200, w.admin, "POST", "staff/channels/steget", body{"head": w.head.Id})
	if a := w.must(400, w.admin, "POST", "staff/channels/steget", body{"open": true}); a.Get("fields", "open") == nil {
		t.Errorf("opened without a key: %s", a.Body)
	}
	without := func(b body, name string, value any) body {
		out := body{}
		for k, v := range b {
			out[k] = v
		}
		out[name] = value
		return out
	}
	for name, b := range map[string]body{
		"recovery": without(first.body, "recovery", ""), "recoveryRecipient": without(first.body, "recoveryRecipient", nil),
		"recipient": without(first.body, "recipient", first.identity.String()), "check": without(first.body, "check", "x"),
		"wraps": without(first.body, "wraps", []body{}),
	} {
		a := w.must(400, w.siv, "POST", at, b)
		if a.Get("fields", name) == nil {
			t.Errorf("without %s: %s", name, a.Body)
		}
	}
	plainKey := without(first.body, "recovery", "QUdFLVNFQ1JFVC1LRVktMQ==")
	w.must(400, w.siv, "POST", at, plainKey)
	if keys := w.must(200, nil, "GET", "request-keys", nil); len(keys.JSON["channels"].([]any)) != 0 {
		t.Errorf("told before it has a key: %s", keys.Body)
	}
	w.must(200, w.siv, "POST", at, first.body)
	if a := w.must(409, w.siv, "POST", at, w.newKey(c, 0, in).body); a.JSON["code"] != "error.channel_key_conflict" {
		t.Errorf("%s", a.Body)
	}
	w.must(404, w.admin, "POST", at, w.newKey(c, 1, in).body)
	sara := w.asks(w.sara, "steget")
	w.must(400, w.siv, "POST", at, w.newKey(c, 1, map[string]*someone{siv: w.siv, sara: w.sara}).body) // she isn't in
	w.must(400, w.siv, "POST", at, w.newKey(c, 1, map[string]*someone{}).body)
}

func TestRecovery(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	id := w.sends(c, secretText)
	// She forgot her passphrase and makes a new key: she is out, and asks.
	w.siv.identity = newIdentity(t)
	holder := w.asks(w.siv, "steget")
	if said := w.log(w.siv.Id); !slices.Contains(said[len(said)-2:], "ask to be let in steget/"+holder) {
		t.Errorf("her colleagues aren't told that she is out: %q", said)
	}
	w.must(404, w.siv, "POST", "staff/requests/"+id+"/open", nil)
	if n, err := w.app.CountRecords("request_wraps"); err != nil || n != 0 {
		t.Errorf("%d wraps, %v", n, err)
	}
	mine := w.must(200, w.siv, "GET", "staff/channels/steget/holder", nil)
	sealed := mine.JSON["keys"].([]any)[0].(map[string]any)["recovery"].(string)
	identity, err := age.ParseX25519Identity(unseal(t, c.recovery, sealed))
	if err != nil {
		t.Fatal(err)
	}
	if identity.String() != c.identity.String() {
		t.Error("the recovery key opens something else")
	}
	proof, _ := proofOf(c.recovery)
	wrong, _ := proofOf(c.identity)
	for _, p := range []string{"", "x", wrong, strings.ToUpper(wrong)} {
		if a := w.must(403, w.siv, "POST", "staff/channels/steget/recover", body{"proof": p, "wraps": w.wrapsFor(c, w.siv)}); a.JSON["code"] != "error.channel_proof" {
			t.Errorf("%s", a.Body)
		}
	}
	w.must(400, w.siv, "POST", "staff/channels/steget/recover", body{"proof": proof})
	w.must(404, w.cora, "POST", "staff/channels/steget/recover", body{"proof": proof, "wraps": w.wrapsFor(c, w.cora)})
	w.must(404, w.admin, "POST", "staff/channels/steget/recover", body{"proof": proof, "wraps": w.wrapsFor(c, w.admin)})
	w.must(200, w.siv, "POST", "staff/channels/steget/recover", body{"proof": proof, "wraps": w.wrapsFor(c, w.siv)})
	if got := w.read(w.siv, c, id); !strings.Contains(got, secretText) {
		t.Errorf("%q", got)
	}
}

// Accounts that go, or lose the role, take the holder along.
func TestWhoLosesTheRoleIsOut(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	id := w.sends(c, secretText)
	w.letsIn(c, w.siv, w.asks(w.sara, "steget"), w.sara)
	w.sara.Set("roles", []string{"editor"})
	if err := w.app.Save(w.sara.Record); err != nil {
		t.Fatal(err)
	}
	w.must(404, w.sara, "POST", "staff/requests/"+id+"/open", nil)
	if n, err := w.app.CountRecords("request_wraps"); err != nil || n != 1 {
		t.Errorf("%d wraps, %v", n, err)
	}
	due := func() bool {
		r, err := w.app.FindFirstRecordByData("channels", "name", "steget")
		if err != nil {
			t.Fatal(err)
		}
		return !r.GetDateTime("rotate").IsZero()
	}
	if !due() {
		t.Error("no new key is due after she lost the role")
	}
	w.sara.Set("roles", []string{"steget"})
	if err := w.app.Save(w.sara.Record); err != nil {
		t.Fatal(err)
	}
	w.must(404, w.sara, "POST", "staff/requests/"+id+"/open", nil) // the role alone opens nothing
	w.rotate(c, w.siv, 1, map[string]*someone{w.asks(w.siv, "steget"): w.siv})
	w.letsIn(c, w.siv, w.asks(w.sara, "steget"), w.sara)
	if err := w.app.Delete(w.sara.Record); err != nil {
		t.Fatal(err)
	}
	if n := len(w.ids("request_holders")); !due() || n != 1 {
		t.Errorf("new key due: %t, %d holders", due(), n)
	}
	said := w.log("system")
	if len(said) != 2 || !strings.HasPrefix(said[0], "take holder out steget/") {
		t.Errorf("%q", said)
	}
}
