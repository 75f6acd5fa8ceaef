package confidential_test

import (
	"encoding/json"
	"strings"
	"testing"
)

// what a request says, and nobody but its readers may learn.
const secretText = "Min dotter är rädd hemma"

// everyRoute asks for everything there is of a channel and its request.
func everyRoute(w *world, c *channel, request, holder string) map[string]body {
	at := "staff/channels/" + c.name
	return map[string]body{
		"POST " + at: {"keepDays": 30}, "GET " + at + "/holder": nil,
		"PUT " + at + "/holders/" + holder: {"state": "left"}, "PUT " + at + "/holders/" + holder + " ": {"cover": nil},
		"PUT " + at + "/holders/" + holder + "  ": {"state": "in", "wraps": w.wrapsFor(c, w.siv)},
		"POST " + at + "/keys":                    w.newKey(c, 1, map[string]*someone{holder: w.siv}).body, "POST " + at + "/recover": {"proof": strings.Repeat("0", 64)},
		"GET " + at + "/requests": nil, "POST staff/requests/" + request + "/open": nil, "PUT staff/requests/" + request: {"state": "closed"},
		"POST staff/requests/" + request + "/share": {"to": w.ior.Id}, "POST staff/requests/" + request + "/export": nil,
		"GET staff/people": nil, "GET staff/audit/chain": nil,
	}
}

// Whoever has nothing to do with a channel can't tell it from one that isn't
// there: those without any of its roles, the other channel's holders, and an
// administrator as to what is in it.
func TestOthersGetNothing(t *testing.T) {
	w := newWorld(t)
	steget := w.opened("steget", w.siv)
	guide := w.opened("familjeguiden", w.cora)
	request := w.sends(steget, secretText)
	holder := w.asks(w.siv, "steget")
	w.asks(w.sara, "steget") // she isn't let in
	gone := w.someone("gone", "steget")
	w.asks(gone, "steget")
	if err := w.app.Delete(gone.Record); err != nil {
		t.Fatal(err)
	}
	routes := everyRoute(w, steget, request, holder)
	for name, who := range map[string]struct {
		*someone
		status int
		may    []string
	}{
		"guest": {nil, 401, nil}, "gone": {gone, 401, nil},
		"translator": {w.translator, 404, nil}, "editor": {w.editor, 404, nil}, "of another service": {w.ior, 404, nil},
		"the other's role":   {w.carl, 404, nil},
		"the other's holder": {w.cora, 404, []string{"GET staff/people", "GET staff/audit/chain"}},
		"asked":              {w.sara, 404, []string{"GET staff/channels/steget/holder", "POST staff/channels/steget/recover"}},
		"administrator":      {w.admin, 404, []string{"POST staff/channels/steget", "holders/" + holder}},
		"head":               {w.head, 404, []string{"POST staff/channels/steget", "holders/" + holder}},
	} {
		for route, b := range routes {
			method, path, _ := strings.Cut(strings.TrimSpace(route), " ")
			may := strings.HasSuffix(path, "holders/"+holder) && b["state"] != "in"
			if may = may && (name == "administrator" || name == "head"); !may {
				for _, m := range who.may {
					may = may || m == method+" "+path
				}
			}
			if may {
				continue
			}
			a := w.ask(who.someone, method, path, b)
			if a.Status != who.status || strings.Contains(string(a.Body), request) {
				t.Errorf("%s: %s: %d %s", name, route, a.Status, a.Body)
			}
		}
	}
	_ = guide
	for name, who := range map[string]*someone{"translator": w.translator, "editor": w.editor} {
		if a := w.must(200, who, "GET", "staff/channels", nil); string(a.Body) != `{"channels":[]}`+"\n" {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
}

// The head and administrators see how a channel is doing, and nothing of it.
func TestWhatEachSeesOfAChannel(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	w.sends(c, secretText)
	see := func(who *someone) map[string]any {
		all := w.must(200, who, "GET", "staff/channels", nil).JSON["channels"].([]any)
		for _, one := range all {
			if one.(map[string]any)["name"] == "steget" {
				return one.(map[string]any)
			}
		}
		t.Fatalf("%s sees no steget", who.Email())
		return nil
	}
	siv, head, admin := see(w.siv), see(w.head), see(w.admin)
	for name, v := range map[string]map[string]any{"holder": siv, "head": head} {
		if v["waiting"] != 1.0 || v["waitingSince"] != "2026-11-18T09:30:00Z" || v["state"] != "open" || len(v["holders"].([]any)) != 1 {
			t.Errorf("%s: %v", name, v)
		}
	}
	if _, told := admin["waiting"]; told || admin["alarm"] != false || admin["isAdmin"] != true {
		t.Errorf("admin: %v", admin)
	}
	if siv["role"] != true || head["isHead"] != true || head["role"] != false {
		t.Errorf("%v, %v", siv, head)
	}
	key := func(v map[string]any) map[string]any { return v["keys"].([]any)[0].(map[string]any) }
	if key(siv)["recovery"] == nil || key(head)["recovery"] != nil || key(admin)["recovery"] != nil {
		t.Error("what recovers the key is told to the head or an administrator, or not to a holder")
	}
	if sara := see(w.sara); sara["mine"] != nil || sara["waiting"] != nil || len(sara["holders"].([]any)) != 0 || key(sara)["recovery"] == nil {
		t.Errorf("one who may ask: %v", sara)
	}
	w.pass(72 * 3600e9)
	if v := see(w.admin); v["alarm"] != true {
		t.Errorf("after three days: %v", v)
	}
	raw, err := json.Marshal([]any{see(w.siv), see(w.head), see(w.admin)})
	if err != nil || strings.Contains(string(raw), "ciphertext") {
		t.Errorf("%s %v", raw, err)
	}
}

// The record API and its dashboard have the collections locked, and what a
// superuser sees there is ciphertext.
func TestTheRecordAPIIsLocked(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	w.sends(c, secretText)
	for _, name := range []string{"channels", "request_keys", "staff_keys", "request_holders", "request_wraps", "requests", "request_shares", "audit_log"} {
		found, err := w.app.FindCollectionByNameOrId(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, rule := range []*string{found.ListRule, found.ViewRule, found.CreateRule, found.UpdateRule, found.DeleteRule} {
			if rule != nil {
				t.Errorf("%s is open: %q", name, *rule)
			}
		}
		records, err := w.app.FindAllRecords(name)
		if err != nil {
			t.Fatal(err)
		}
		raw, err := json.Marshal(records)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{secretText, passphrase, "AGE-SECRET-KEY", "AGE-PLUGIN"} {
			if strings.Contains(string(raw), secret) {
				t.Errorf("%s holds %q", name, secret)
			}
		}
	}
}
