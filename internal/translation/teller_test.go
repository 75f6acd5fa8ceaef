package translation_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"mime/quotedprintable"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"folje/internal/translation"

	"github.com/pocketbase/dbx"
)

func (p *preschool) round(teller *translation.Teller) error {
	p.Helper()
	return teller.Round(context.Background())
}

// letterOf is a letter that was saved the given time ago.
func (p *preschool) letterOf(title string, ago time.Duration) string {
	p.Helper()
	l := p.write(title, calm)
	p.aged(l.Id, ago)
	return l.Id
}

func (p *preschool) aged(id string, ago time.Duration) {
	p.Helper()
	_, err := p.app.DB().NewQuery("UPDATE letters SET updated = {:at} WHERE id = {:id}").Bind(map[string]any{
		"id": id, "at": p.now.Add(-ago).Format("2006-01-02 15:04:05.000Z")}).Execute()
	if err != nil {
		p.Fatal(err)
	}
}

func TestATranslatorIsToldOfWork(t *testing.T) {
	p := newPreschool(t)
	s := openPost(t, p, nil)
	teller := translation.NewTeller(p.app, p.cfg)
	p.letterOf("Hemlig rubrik", time.Hour)
	if err := p.round(teller); err != nil {
		t.Fatal(err)
	}
	if s.sent() != "tara sofi" && s.sent() != "sofi tara" {
		t.Fatalf("sent to %q", s.sent())
	}
	words := plain(t, s.got[0])
	for _, want := range []string{"2 texter väntar", "2 texts are waiting", "https://folje.example/translate", "Auto-Submitted: auto-generated"} {
		if !strings.Contains(strings.NewReplacer("\u2068", "", "\u2069", "").Replace(words), want) {
			t.Errorf("no %q in %s", want, words)
		}
	}
	for _, secret := range []string{"Hemlig", "sover", "Skogsgläntan", "Blåsippan", "Anna", calm} {
		if strings.Contains(words, secret) {
			t.Errorf("it tells %q: %s", secret, words)
		}
	}
	if err := p.round(teller); err != nil || strings.Count(s.sent(), "tara") != 1 {
		t.Errorf("again at once: %v %s", err, s.sent())
	}
}

// plain gives a message's head and text as they are read.
func plain(t *testing.T, message string) string {
	t.Helper()
	raw, err := io.ReadAll(quotedprintable.NewReader(bufio.NewReader(strings.NewReader(message))))
	if err != nil {
		return message // no part of it is encoded so
	}
	return string(raw)
}

func TestOneMessageInFourHoursOfDaytime(t *testing.T) {
	p := newPreschool(t)
	s := openPost(t, p, nil)
	teller := translation.NewTeller(p.app, p.cfg)
	at := func(day, hour, minute, want int) {
		t.Helper()
		p.now = time.Date(2026, 11, day, hour-1, minute, 0, 0, time.UTC) // winter time
		p.letterOf(fmt.Sprintf("Brev %d %d %d", day, hour, minute), time.Hour)
		if err := p.round(teller); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(s.sent(), "tara"); got != want {
			t.Errorf("on the %d at %d:%02d: %d messages, want %d", day, hour, minute, got, want)
		}
	}
	at(16, 6, 59, 0) // night
	at(16, 7, 0, 1)
	at(16, 10, 59, 1)
	at(16, 11, 0, 2)
	at(16, 20, 30, 3)
	at(16, 21, 0, 3)
	at(17, 10, 29, 3) // half an hour before nine, and three and a half since seven
	at(17, 10, 30, 4)
	at(24, 8, 0, 5)
}

func TestOnlyWhatIsNewIsTold(t *testing.T) {
	p := newPreschool(t)
	s := openPost(t, p, nil)
	teller := translation.NewTeller(p.app, p.cfg)
	round := func(after time.Duration, want string) {
		t.Helper()
		p.now = p.now.Add(after)
		if err := p.round(teller); err != nil {
			t.Fatal(err)
		}
		if got := s.sent(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	for _, who := range []string{"sofi", "bo"} {
		p.setStaff(who, map[string]any{"noMail": true})
	}
	round(0, "")
	id := p.letterOf("Gammalt", 15*24*time.Hour)
	round(0, "")
	p.aged(id, 10*time.Minute) // somebody is typing
	round(0, "")
	round(time.Hour, "tara")
	round(24*time.Hour-time.Hour, "tara") // the same still waits
	p.letterOf("Nytt", time.Hour)
	p.setStaff("tara", map[string]any{"locales": []string{}})
	round(0, "tara")
	p.setStaff("tara", map[string]any{"locales": []string{"en"}})
	round(0, "tara tara")
}

func (p *preschool) setStaff(name string, values map[string]any) {
	p.Helper()
	r, err := p.app.FindAuthRecordByEmail("staff", name+"@example.org")
	if err != nil {
		p.Fatal(err)
	}
	r.Load(values)
	if err := p.app.Save(r); err != nil {
		p.Fatal(err)
	}
}

func TestWhoWantsNoMailGetsNone(t *testing.T) {
	p := newPreschool(t)
	s := openPost(t, p, nil)
	p.letterOf("Nytt", time.Hour)
	p.ok(p.ask(p.tara, http.MethodPut, "staff/me", map[string]any{"noMail": true}), http.StatusNoContent, "")
	p.ok(p.ask(p.tara, http.MethodPut, "staff/me", map[string]any{}), http.StatusBadRequest, "error.invalid")
	p.ok(p.ask(nil, http.MethodPut, "staff/me", map[string]any{"noMail": true}), http.StatusUnauthorized, "error.sign_in")
	if err := p.round(translation.NewTeller(p.app, p.cfg)); err != nil || s.sent() != "sofi" {
		t.Errorf("%v %q", err, s.sent())
	}
	p.ok(p.ask(p.tara, http.MethodPut, "staff/me", map[string]any{"noMail": false, "roles": []string{"admin"}}), http.StatusNoContent, "")
	if r, err := p.app.FindRecordById("staff", p.tara.Id); err != nil || r.GetBool("noMail") || len(r.GetStringSlice("roles")) != 1 {
		t.Errorf("%v %v", r, err)
	}
}

func TestAReaderTheMailServerDoesNotKnowHoldsUpNobody(t *testing.T) {
	p := newPreschool(t)
	s := openPost(t, p, func(s *post) { s.refuse = "tara@example.org" })
	p.letterOf("Nytt", time.Hour)
	if err := p.round(translation.NewTeller(p.app, p.cfg)); err != nil || s.sent() != "sofi" {
		t.Errorf("%v %q", err, s.sent())
	}
}

func TestAMailServerThatIsDownLosesNothing(t *testing.T) {
	p := newPreschool(t)
	s := openPost(t, p, nil)
	teller := translation.NewTeller(p.app, p.cfg)
	p.letterOf("Nytt", time.Hour)
	port := s.Addr().(*net.TCPAddr).Port
	_ = s.Close()
	err := p.round(teller)
	if err == nil || strings.Contains(err.Error(), "@") {
		t.Fatalf("%v", err)
	}
	l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Skip("another program took the port")
	}
	again := &post{Listener: l}
	go again.serve()
	defer l.Close()
	if err := p.round(teller); err != nil || again.sent() != "" {
		t.Errorf("it rests: %v %q", err, again.sent())
	}
	p.now = p.now.Add(16 * time.Minute)
	if err := p.round(teller); err != nil || len(again.got) != 2 {
		t.Errorf("%v %q", err, again.sent())
	}
}

func TestASilentMailServerBlocksNothing(t *testing.T) {
	p := newPreschool(t)
	taken := make(chan struct{}, 9)
	openPost(t, p, func(s *post) { s.silent = taken })
	teller := translation.NewTeller(p.app, p.cfg)
	p.letterOf("Nytt", time.Hour)
	ctx, end := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- teller.Round(ctx) }()
	<-taken
	end() // the program ends
	if err := <-ended; err == nil || p.told() != 1 {
		t.Errorf("%v, %d told", err, p.told())
	}
	p.now = p.now.Add(time.Hour)
	if err := p.round(teller); err == nil || p.told() != 1 || len(taken) != 0 {
		t.Errorf("%v, %d told while a message is stuck", err, p.told())
	}
}

// told is how many members of staff were.
func (p *preschool) told() int64 {
	n, err := p.app.CountRecords("staff", dbx.NewExp("told != ''"))
	if err != nil {
		p.Fatal(err)
	}
	return n
}

func TestWithoutSMTPNobodyIsTold(t *testing.T) {
	p := newPreschool(t)
	p.letterOf("Nytt", time.Hour)
	if err := p.round(translation.NewTeller(p.app, p.cfg)); err != nil || p.told() != 0 {
		t.Errorf("%v", err)
	}
}
