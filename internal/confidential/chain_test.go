package confidential_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"folje/internal/apptest"
	"folje/internal/audit"
)

// A holder's browser can follow the log from the head it keeps, and reads of it
// only what is about her channels.
func TestHoldersFollowTheChain(t *testing.T) {
	w := newWorld(t)
	if err := audit.Write(w.app, w.editor.Id, "publish letter", "someletter", w.now); err != nil {
		t.Fatal(err)
	}
	steget := w.opened("steget", w.siv)
	guide := w.opened("familjeguiden", w.cora)
	id := w.sends(steget, secretText)
	w.must(200, w.siv, "POST", "staff/requests/"+id+"/open", nil)
	w.must(200, w.cora, "POST", "staff/requests/"+w.sends(guide, "annat")+"/open", nil)
	if err := audit.Write(w.app, audit.System, audit.Restored, "unknown", w.now); err != nil {
		t.Fatal(err)
	}
	a := w.must(200, w.siv, "GET", "staff/audit/chain", nil)
	before, told := strings.Repeat("0", 64), 0
	for i, one := range a.JSON["rows"].([]any) {
		row := one.(map[string]any)
		if row["seq"] != float64(i+1) || next(before, row["digest"]) != row["hash"] {
			t.Fatalf("row %d isn't linked: %v", i, row)
		}
		before = row["hash"].(string)
		said, any := row["subject"].(string)
		if any {
			told++
		}
		if any && !strings.HasPrefix(said, "steget") && row["action"] != audit.Restored {
			t.Errorf("she is told of %v", row)
		}
	}
	if told < 5 || a.Get("head", "hash") != before || strings.Contains(string(a.Body), w.editor.Id) || strings.Contains(string(a.Body), w.cora.Id) {
		t.Errorf("%d told: %s", told, a.Body)
	}
	end := int(a.Get("head", "seq").(float64))
	rest := w.must(200, w.cora, "GET", fmt.Sprintf("staff/audit/chain?after=%d", end-1), nil)
	if rows := rest.JSON["rows"].([]any); len(rows) != 1 || rows[0].(map[string]any)["action"] != audit.Restored {
		t.Errorf("%s", rest.Body)
	}
	if rest := w.must(200, w.cora, "GET", "staff/audit/chain?after=99999", nil); len(rest.JSON["rows"].([]any)) != 0 {
		t.Errorf("%s", rest.Body)
	}
	for _, after := range []string{"x", "-1", "1e3"} {
		w.must(400, w.siv, "GET", "staff/audit/chain?after="+after, nil)
	}
}

// next is the hash as a browser makes it.
func next(before string, digest any) string {
	a, _ := hex.DecodeString(before)             // as the server wrote it
	b, _ := hex.DecodeString(fmt.Sprint(digest)) // the same
	sum := sha256.Sum256(append(append([]byte{}, a...), b...))
	return hex.EncodeToString(sum[:])
}

// Phones ask for the keys with every sync: an unchanged answer costs nothing,
// and a change is there at once.
func TestRequestKeys(t *testing.T) {
	w := newWorld(t)
	ask := func(known string) apptest.Answer {
		header := map[string][]string{}
		if known != "" {
			header["If-None-Match"] = []string{known}
		}
		return apptest.AskWith(t, w.handler, header, "GET", v1+"request-keys", nil)
	}
	empty := ask("")
	if string(empty.Body) != `{"channels":[],"size":6200}` {
		t.Errorf("%s", empty.Body)
	}
	c := w.opened("steget", w.siv)
	first := ask(empty.Header.Get("ETag"))
	one := first.JSON["channels"].([]any)[0].(map[string]any)
	if first.Status != 200 || one["key"] != c.key || one["recipient"] != c.identity.Recipient().String() || one["open"] != true ||
		one["hours"] != "vardagar 9–15" || fmt.Sprint(one["answers"]) != "map[days:3]" || fmt.Sprint(one["away"]) != "[]" || len(one) != 7 {
		t.Errorf("%s", first.Body)
	}
	tag := first.Header.Get("ETag")
	for _, known := range []string{tag, "W/" + tag, `"other", ` + tag} {
		if a := ask(known); a.Status != 304 || len(a.Body) != 0 {
			t.Errorf("%s: %d", known, a.Status)
		}
	}
	w.sends(c, "Hej") // changes nothing of it
	if a := ask(tag); a.Status != 304 {
		t.Errorf("%d", a.Status)
	}
	w.must(200, w.head, "POST", "staff/channels/steget", body{"away": []body{{"from": "2026-12-20", "to": "2027-01-06"}}})
	if a := ask(tag); a.Status != 200 || !strings.Contains(string(a.Body), `"away":[{"from":"2026-12-20","to":"2027-01-06"}]`) {
		t.Errorf("%d %s", a.Status, a.Body)
	}
	w.must(200, w.head, "POST", "staff/channels/steget", body{"open": false})
	if a := ask(tag); !strings.Contains(string(a.Body), `"open":false`) {
		t.Errorf("%s", a.Body)
	}
}

func TestConfiguring(t *testing.T) {
	w := newWorld(t)
	const at = "staff/channels/familjeguiden"
	w.must(404, w.head, "POST", at, body{"answersDays": 2}) // not yet
	w.must(404, w.cora, "POST", at, body{"answersDays": 2}) // the role isn't enough
	w.must(404, w.admin, "POST", "staff/channels/other", body{})
	a := w.must(200, w.admin, "POST", at, body{"head": w.head.Id, "keepDays": 30, "title": "Familjeguiden i Björkhult"})
	if a.Get("head", "id") != w.head.Id || a.JSON["keepDays"] != 30.0 || a.JSON["state"] != "closed" {
		t.Errorf("%s", a.Body)
	}
	w.must(200, w.head, "POST", at, body{"answersDays": 2})
	w.must(404, w.head, "POST", at, body{"head": w.editor.Id}) // an administrator says who is
	for name, value := range map[string]any{
		"answersDays": 0, "keepDays": 4000, "hours": strings.Repeat("x", 201), "title": strings.Repeat("x", 121),
		"away": []body{{"from": "2026-12-20", "to": "2026-12-19"}}, "head": "nobody", "open": true,
	} {
		if a := w.must(400, w.admin, "POST", at, body{name: value}); a.Get("fields", name) == nil {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
	if err := w.app.Delete(w.head.Record); err != nil {
		t.Fatal(err)
	}
	if a := w.must(200, w.admin, "POST", at, body{}); a.JSON["head"] != nil {
		t.Errorf("%s", a.Body)
	}
}
