package guide_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/guide"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/mailer"
)

// letters are what a mail server got; while lost is set it takes nothing.
type letters struct {
	all  []*mailer.Message
	lost error
}

// Send is the mail client's.
func (l *letters) Send(m *mailer.Message) error {
	if l.lost != nil {
		return l.lost
	}
	l.all = append(l.all, m)
	return nil
}

// to lists whom the letters went to since the last time, sorted.
func (l *letters) to() (out []string) {
	for _, m := range l.all {
		out = append(out, m.To[0].Address)
	}
	l.all = nil
	slices.Sort(out)
	return out
}

func openPost(tn *town) *letters {
	tn.Helper()
	s := tn.app.Settings()
	s.SMTP.Enabled = true
	if err := tn.app.Save(s); err != nil {
		tn.Fatal(err)
	}
	l := &letters{}
	tn.app.OnMailerSend().BindFunc(func(e *core.MailerEvent) error {
		e.Mailer = l
		return e.Next()
	})
	return l
}

func (tn *town) remind() {
	tn.Helper()
	// Each round is a program that was started anew.
	r := guide.NewReminder(tn.app, guide.Config{Locales: apptest.Locales(tn), Origin: "https://folje.example", Now: func() time.Time { return tn.now }})
	if err := r.Round(context.Background()); err != nil {
		tn.Fatal(err)
	}
}

func at(day string) time.Time {
	t, err := time.Parse(time.DateTime, day+" 09:00:00")
	if err != nil {
		panic(err)
	}
	return t
}

func TestKeepersAreRemindedOnceASeason(t *testing.T) {
	tn := open(t)
	post := openPost(tn)
	mine := tn.save(ofEntries, entry("steget", body{"owner": tn.ida.Id, "name": "Steget"}))
	tn.save(ofEntries, entry("bvc", body{"owner": tn.ida.Id, "name": "BVC"}))
	tn.save(ofEntries, entry("akut", body{"name": "", "title": "Akut hjälp"}))
	tn.save(ofEntries, entry("hidden", body{"hidden": true}))
	tn.save(ofEntries, entry("tabb", body{"audience": "staff", "type": "history"}))
	ida, cora := "ida@example.org", "cora@example.org"
	for _, c := range []struct {
		day  string
		want []string
	}{
		{"2026-11-23", nil},                 // no month for it
		{"2027-01-01", nil},                 // nobody works
		{"2027-01-02", nil},                 // nor on a Saturday
		{"2027-01-04", []string{cora, ida}}, // the first working day
		{"2027-01-04", nil},
		{"2027-01-20", nil},
		{"2027-02-01", nil},
		{"2027-08-02", []string{cora, ida}},
		{"2027-08-03", nil},
		{"2028-01-03", []string{cora, ida}},
	} {
		tn.now = at(c.day)
		tn.remind()
		if got := post.to(); !slices.Equal(got, c.want) {
			t.Errorf("on %s letters go to %v, want %v", c.day, got, c.want)
		}
	}
	tn.now = at("2028-08-01")
	if a := tn.ask(tn.cora, "POST", own+"staff/guide/"+mine+"/checked", nil); a.Status != http.StatusOK {
		t.Fatalf("check: %d %s", a.Status, a.Body)
	}
	tn.remind()
	var hers *mailer.Message
	for _, m := range post.all {
		if m.To[0].Address == ida {
			hers = m
		}
	}
	if hers == nil || !strings.Contains(hers.Text, "BVC") || strings.Contains(hers.Text, "Steget") || !strings.Contains(hers.Text, "https://folje.example/staff/guide") || hers.Subject == "" {
		t.Errorf("her letter is %+v", hers)
	}
}

// What certainly was not sent is sent by a later round, what may have been isn't.
func TestALostLetterIsSentAgain(t *testing.T) {
	tn := open(t)
	post := openPost(tn)
	tn.save(ofEntries, entry("steget", body{"owner": tn.ida.Id}))
	tn.now, post.lost = at("2027-01-04"), errors.New("nobody answers")
	r := guide.NewReminder(tn.app, guide.Config{Locales: apptest.Locales(t), Now: func() time.Time { return tn.now }})
	if err := r.Round(context.Background()); err == nil {
		t.Error("a lost letter is no error")
	}
	post.lost = nil
	tn.remind()
	if got := post.to(); !slices.Equal(got, []string{"ida@example.org"}) {
		t.Errorf("then letters go to %v", got)
	}
	tn.remind()
	if got := post.to(); got != nil {
		t.Errorf("and once more to %v", got)
	}
}

func TestWhatIsOverdue(t *testing.T) {
	tn := open(t)
	steget := tn.save(ofEntries, entry("steget", body{"owner": tn.ida.Id, "name": "Steget"}))
	akut := tn.save(ofEntries, entry("akut", body{"name": "", "title": "Akut hjälp", "order": 1}))
	list := func(who string) (ids []string, first map[string]any) {
		a := tn.ask(who, "GET", own+"staff/guide/overdue", nil)
		if a.Status != http.StatusOK || a.Get("since") != "2026-08-01" {
			t.Fatalf("%d %s", a.Status, a.Body)
		}
		for i, e := range a.Get("entries").([]any) {
			if i == 0 {
				first = e.(map[string]any)
			}
			ids = append(ids, e.(map[string]any)["id"].(string))
		}
		return ids, first
	}
	ida := tokenOf(t, tn.ida)
	if got, first := list(tn.cora); !slices.Equal(got, []string{akut, steget}) || first["overdue"] != true || first["owner"] != nil || first["title"] != "Akut hjälp" {
		t.Errorf("the coordinator is shown %v, first %v", got, first)
	}
	if got, first := list(ida); !slices.Equal(got, []string{steget}) || first["owner"].(map[string]any)["name"] != tn.ida.GetString("name") {
		t.Errorf("its owner is shown %v, first %v", got, first)
	}
	if got, _ := list(tn.eva); len(got) != 0 {
		t.Errorf("another is shown %v", got)
	}
	for name, c := range map[string]struct {
		who  string
		want int
	}{"nobody": {"", 401}, "another": {tn.eva, 403}, "its owner": {ida, 200}, "the coordinator": {tn.cora, 200}} {
		if a := tn.ask(c.who, "POST", own+"staff/guide/"+steget+"/checked", nil); a.Status != c.want {
			t.Errorf("%s checks: %d, want %d", name, a.Status, c.want)
		}
	}
	if a := tn.ask(tn.cora, "POST", own+"staff/guide/nobody123456789/checked", nil); a.Status != http.StatusNotFound {
		t.Errorf("an entry that isn't there: %d", a.Status)
	}
	if got, _ := list(tn.cora); !slices.Equal(got, []string{akut}) {
		t.Errorf("after the check: %v", got)
	}
	if r := tn.read(feed, "").records[steget]; r["checked"] != "2026-11-22" {
		t.Errorf("phones read that it was checked %v", r["checked"])
	}
	// It is no new text: who is writing goes on from what she has.
	if a := tn.patch(tn.cora, ofEntries, steget, body{"title": "Ny", "checked": "2020-01-01", "base": 1}); a.Status != http.StatusOK || a.Get("checked") != "2026-11-22" {
		t.Errorf("a save after the check: %d %s", a.Status, a.Body)
	}
}

func tokenOf(t *testing.T, staff *core.Record) string {
	t.Helper()
	return apptest.MustToken(t, staff)
}
