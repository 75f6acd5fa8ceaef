package confidential_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/confidential"

	"github.com/google/uuid"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/logger"
)

// Every request has the size that the server says, whatever stands in it.
func TestEveryRequestHasOneSize(t *testing.T) {
	for _, text := range []string{"", "Hej", strings.Repeat("å", 2900)} {
		raw, err := base64.StdEncoding.DecodeString(seal(t, newIdentity(t).Recipient(), plain(text)))
		if err != nil || len(raw) != confidential.Size {
			t.Errorf("%d bytes, not %d, %v", len(raw), confidential.Size, err)
		}
	}
}

func TestARequestComesOnce(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	sent := w.request(c, "Min son är ledsen")
	for i, want := range []string{"applied", "repeated", "repeated"} {
		a := w.must(200, nil, "POST", "requests", sent)
		if a.JSON["verdict"] != want || a.JSON["op"] != sent["op"] {
			t.Errorf("%d: %s", i, a.Body)
		}
	}
	if n := len(w.ids("requests")); n != 1 {
		t.Errorf("%d requests", n)
	}
	r, err := w.app.FindFirstRecordByData("requests", "state", "new")
	if err != nil {
		t.Fatal(err)
	}
	if at := r.GetDateTime("arrived").Time(); !at.Equal(time.Date(2026, 11, 18, 9, 30, 0, 0, time.UTC)) {
		t.Errorf("it arrived at %v", at)
	}
	// After it was deleted a repeat doesn't bring it back.
	w.must(200, w.siv, "POST", "staff/requests/"+r.Id+"/open", nil)
	w.must(200, w.siv, "PUT", "staff/requests/"+r.Id, body{"state": "closed"})
	if err := confidential.Sweep(w.app, w.now.AddDate(0, 0, 91)); err != nil {
		t.Fatal(err)
	}
	if a := w.must(200, nil, "POST", "requests", sent); a.JSON["verdict"] != "repeated" || len(w.ids("requests")) != 0 {
		t.Errorf("%s, %d requests", a.Body, len(w.ids("requests")))
	}
}

func TestSixteenAtOnceAreOne(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	for round := range 3 { // as many as one address may send
		sent := w.request(c, fmt.Sprint("fråga ", round))
		var all sync.WaitGroup
		var mu sync.Mutex
		verdicts := map[any]int{}
		for range 16 {
			all.Go(func() {
				a := apptest.Ask(t, w.handler, "", "POST", v1+"requests", sent)
				mu.Lock()
				defer mu.Unlock()
				verdicts[a.JSON["verdict"]]++
			})
		}
		all.Wait()
		if verdicts["applied"] != 1 || verdicts["repeated"] != 15 || len(w.ids("requests")) != round+1 {
			t.Errorf("round %d: %v, %d requests", round, verdicts, len(w.ids("requests")))
		}
	}
}

// No credential is looked at: neither one of staff nor one that is none, a
// cookie or an origin change anything.
func TestNobodyIsAskedWhoSheIs(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	var first apptest.Answer
	for i, header := range []http.Header{
		{},
		{"Authorization": {w.translator.token}},
		{"Authorization": {"Bearer nonsense"}},
		{"Cookie": {"a=b"}, "Origin": {"null"}, "User-Agent": {"a phone"}, "X-Forwarded-For": {"192.0.2.7"}},
	} {
		sent := w.request(c, "Hej")
		a := apptest.AskWith(t, w.handler, header, "POST", v1+"requests", sent)
		a.Header.Del("Date")
		if a.Status != 200 || a.JSON["verdict"] != "applied" {
			t.Fatalf("%v: %d %s", header, a.Status, a.Body)
		}
		if i == 0 {
			first = a
		} else if len(a.Body) != len(first.Body) || fmt.Sprint(a.Header) != fmt.Sprint(first.Header) {
			t.Errorf("%v is answered otherwise: %v %s", header, a.Header, a.Body)
		}
	}
}

func TestWhatIsRejected(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	good := w.request(c, "Hej")
	with := func(name string, value any) body {
		b := body{"op": uuid.NewString(), "to": good["to"], "ciphertext": good["ciphertext"]}
		b[name] = value
		return b
	}
	raw, _ := base64.StdEncoding.DecodeString(good["ciphertext"].(string)) // as seal made it
	other := append([]byte(nil), raw...)
	copy(other, "age-encryption.org/v2")
	for name, one := range map[string]struct {
		body body
		code string
	}{
		"another key":      {with("to", "nosuchkeynosuch"), "error.request_key"},
		"no key":           {with("to", ""), "error.request_key"},
		"plain text":       {with("ciphertext", base64.StdEncoding.EncodeToString([]byte(plain("Hej")))), "error.request_size"},
		"one byte more":    {with("ciphertext", seal(t, c.identity.Recipient(), plain("Hej")+" ")), "error.request_size"},
		"another format":   {with("ciphertext", base64.StdEncoding.EncodeToString(other)), "error.request_size"},
		"to a passphrase":  {with("ciphertext", locked(t, newIdentity(t), passphrase, 10)), "error.request_size"},
		"not base64":       {with("ciphertext", strings.Repeat("!", 8268)), "error.request_size"},
		"nothing":          {with("ciphertext", ""), "error.request_size"},
		"base64 otherwise": {with("ciphertext", base64.RawURLEncoding.EncodeToString(raw)), "error.request_size"},
	} {
		a := w.must(200, nil, "POST", "requests", one.body)
		if a.JSON["verdict"] != "rejected" || a.JSON["code"] != one.code || a.JSON["message"] == "" {
			t.Errorf("%s: %s", name, a.Body)
		}
	}
	for name, b := range map[string]any{
		"no op": with("op", ""), "an op that is none": with("op", "1"), "an op of another version": with("op", "11111111-1111-1111-8111-111111111111"),
		"upper case": with("op", strings.ToUpper(uuid.NewString())), "a list": "[]", "nothing": "", "a number": with("to", 7),
	} {
		if a := w.ask(nil, "POST", "requests", b); a.Status != 400 {
			t.Errorf("%s: %d %s", name, a.Status, a.Body)
		}
	}
	w.must(413, nil, "POST", "requests", with("ciphertext", strings.Repeat("A", 17<<10)))
	w.must(200, w.head, "POST", "staff/channels/steget", body{"open": false})
	if a := w.must(200, nil, "POST", "requests", with("op", uuid.NewString())); a.JSON["code"] != "error.request_closed" {
		t.Errorf("closed: %s", a.Body)
	}
	w.must(200, w.head, "POST", "staff/channels/steget", body{"open": true})
	if a := w.must(200, nil, "POST", "requests", with("op", uuid.NewString())); a.JSON["verdict"] != "applied" {
		t.Errorf("open again: %s", a.Body)
	}
}

func TestOneAddressSendsSoMuch(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	last := w.request(c, "Hej")
	ciphertext := last["ciphertext"]
	for range 60 {
		w.must(200, nil, "POST", "requests", last)
		last = body{"op": uuid.NewString(), "to": c.key, "ciphertext": ciphertext}
	}
	if a := w.must(429, nil, "POST", "requests", last); a.Header.Get("Retry-After") == "" {
		t.Error("it doesn't say when to come again")
	}
	w.pass(time.Minute)
	w.must(200, nil, "POST", "requests", last)
	if a := w.must(200, nil, "POST", "requests", last); a.JSON["verdict"] != "repeated" {
		t.Errorf("a repeat costs: %s", a.Body)
	}
}

// Where the server itself fails the phone keeps what it has, and no line of the
// log says when somebody sent.
func TestAFaultLeavesNoMoment(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	lines := 0
	w.app.Logger().Handler().(*logger.BatchHandler).SetLevel(-4)
	w.app.OnModelCreate(core.LogsTableName).BindFunc(func(e *core.ModelEvent) error { lines++; return e.Next() })
	w.app.OnRecordCreate("requests").BindFunc(func(e *core.RecordEvent) error { return errors.New("the disk burns") })
	sent := w.request(c, "Hej")
	if a := w.must(500, nil, "POST", "requests", sent); strings.Contains(string(a.Body), "burns") {
		t.Errorf("%s", a.Body)
	}
	if err := w.app.Logger().Handler().(*logger.BatchHandler).WriteAll(t.Context()); err != nil || lines != 0 {
		t.Errorf("%d lines, %v", lines, err)
	}
	if n, err := w.app.CountRecords("operations"); err != nil || n != 0 {
		t.Errorf("%d in the ledger, %v", n, err)
	}
}
