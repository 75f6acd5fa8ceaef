package confidential_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"folje/internal/confidential"
)

// mails switches e-mail on; sent lists what test apps keep of it, as "to:
// subject: text".
func (w *world) mails() (round func(), sent func() []string) {
	w.Helper()
	s := w.app.Settings()
	s.SMTP.Enabled, s.SMTP.Host = true, "127.0.0.1"
	s.Meta.SenderName, s.Meta.SenderAddress = "Följe", "folje@folje.example"
	if err := w.app.Save(s); err != nil {
		w.Fatal(err)
	}
	post := confidential.NewPost(w.app, w.cfg)
	round = func() {
		w.Helper()
		if err := post.Round(context.Background()); err != nil {
			w.Fatal(err)
		}
	}
	return round, func() (lines []string) {
		for _, m := range w.app.TestMailer.Messages() {
			lines = append(lines, m.To[0].Address+": "+m.Subject+": "+m.Text)
		}
		return lines
	}
}

// Holders hear that something has come: at most once a quarter of an hour, and
// not of what, or for which channel.
func TestHoldersHearOfArrivals(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	w.letsIn(c, w.siv, w.asks(w.sara, "steget"), w.sara)
	sara := w.asks(w.sara, "steget")
	w.must(200, w.siv, "PUT", "staff/channels/steget/holders/"+sara, body{"cover": body{"from": "2026-12-01", "to": "2026-12-07"}})
	w.opened("familjeguiden", w.cora)
	round, sent := w.mails()
	round()
	if n := len(sent()); n != 0 {
		t.Fatalf("%q", sent())
	}
	for range 3 {
		w.sends(c, secretText)
	}
	round()
	round()
	all := sent()
	if len(all) != 1 || !strings.HasPrefix(all[0], "siv@example.org: ") || !strings.Contains(all[0], "https://folje.example/staff") {
		t.Fatalf("%q", all)
	}
	for _, word := range []string{"steget", "familjeguiden", "request", "begäran", secretText} {
		if strings.Contains(strings.ToLower(all[0]), strings.ToLower(word)) {
			t.Errorf("it says %q: %q", word, all[0])
		}
	}
	w.sends(c, "ett till")
	w.pass(14 * time.Minute)
	round()
	if n := len(sent()); n != 1 {
		t.Errorf("%d after 14 minutes", n)
	}
	w.pass(time.Minute)
	round()
	w.pass(time.Hour)
	round()
	if n := len(sent()); n != 2 {
		t.Errorf("%d after a quarter of an hour", n)
	}
	r, err := w.app.FindFirstRecordByData("channels", "name", "steget")
	if err != nil || r.GetDateTime("told").Time().Second() != 0 {
		t.Errorf("%v %v", r.GetString("told"), err)
	}
}

// The head hears, once, that something has waited a whole working day; an
// administrator sees it, whether or not anybody could be told.
func TestTheHeadHearsOfWhatWaits(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	round, sent := w.mails()
	first := w.sends(c, secretText)
	round()
	heads := func() (n int) {
		for _, m := range sent() {
			if strings.HasPrefix(m, "head@example.org: Följe: något väntar") {
				n++
			}
		}
		return n
	}
	alarm := func() any {
		return w.must(200, w.admin, "GET", "staff/channels", nil).JSON["channels"].([]any)[1].(map[string]any)["alarm"]
	}
	w.pass(23 * time.Hour)
	round()
	if heads() != 0 || alarm() != false {
		t.Error("too early")
	}
	w.pass(2 * time.Hour)
	for range 3 {
		round()
		w.pass(time.Hour)
	}
	if heads() != 1 || alarm() != true {
		t.Errorf("%d mails, alarm %v", heads(), alarm())
	}
	w.sends(c, "ett till")
	w.must(200, w.siv, "POST", "staff/requests/"+first+"/open", nil)
	round()
	if heads() != 1 || alarm() != false {
		t.Errorf("opened: %d mails, alarm %v", heads(), alarm())
	}
	w.pass(4 * 24 * time.Hour)
	round()
	if heads() != 2 || alarm() != true {
		t.Errorf("another day: %d mails, alarm %v", heads(), alarm())
	}
	for _, m := range sent() {
		if strings.Contains(strings.ToLower(m), "steget") || strings.Contains(m, secretText) {
			t.Errorf("%q", m)
		}
	}
}

func TestClosedRequestsGoByTheRule(t *testing.T) {
	w := newWorld(t)
	c := w.opened("steget", w.siv)
	w.must(200, w.head, "POST", "staff/channels/steget", body{"keepDays": 30})
	closed, answered, fresh := w.sends(c, "a"), w.sends(c, "b"), w.sends(c, "c")
	for id, state := range map[string]string{closed: "closed", answered: "answered"} {
		w.must(200, w.siv, "POST", "staff/requests/"+id+"/open", nil)
		w.must(200, w.siv, "PUT", "staff/requests/"+id, body{"state": state})
	}
	sweep := func(days, left int) {
		t.Helper()
		if err := confidential.Sweep(w.app, w.now.AddDate(0, 0, days)); err != nil {
			t.Fatal(err)
		}
		if n := len(w.ids("requests")); n != left {
			t.Errorf("after %d days there are %d, not %d", days, n, left)
		}
	}
	sweep(29, 3)
	sweep(31, 2)
	sweep(4000, 2)
	if said := w.log("system"); len(said) != 1 || said[0] != "delete request steget/"+closed {
		t.Errorf("%q", said)
	}
	r, err := w.app.FindRecordById("requests", fresh) // whoever deletes it
	if err != nil {
		t.Fatal(err)
	}
	if err := w.app.Delete(r); err != nil {
		t.Fatal(err)
	}
	if said := w.log("system"); len(said) != 2 || said[1] != "delete request steget/"+fresh {
		t.Errorf("%q", said)
	}
}
