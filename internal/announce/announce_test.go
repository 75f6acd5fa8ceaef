package announce

import (
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/problem"
	"folje/internal/ticket"

	"github.com/nats-io/nats.go"
	"github.com/pocketbase/pocketbase/core"
)

// What makes a ticket say too much, and what doesn't.
func TestWhatIsAnnounced(t *testing.T) {
	w := newWorld(t)
	year := noon.AddDate(1, 0, 0)
	for name, test := range map[string]struct {
		ends   time.Time
		change func(device, membership *core.Record) error
		word   bool
		ended  bool
	}{
		"shut out": {year, func(d, _ *core.Record) error { d.Set("revoked", noon); return w.app.Save(d) }, true, true},
		"deleted":  {year, func(d, _ *core.Record) error { return w.app.Delete(d) }, true, false},
		"erased":   {year, func(d, _ *core.Record) error { return access.EraseDevice(w.app, d.Id) }, true, false},
		"left":     {year, func(_, m *core.Record) error { return w.app.Delete(m) }, true, false},
		"ended early": {year, func(_, m *core.Record) error {
			m, err := w.app.FindRecordById("memberships", m.Id)
			if err != nil {
				return err
			}
			m.Set("ends", noon.Add(time.Hour))
			return w.app.Save(m)
		}, true, false},
		"renewed": {year, func(_, m *core.Record) error {
			m, err := w.app.FindRecordById("memberships", m.Id)
			if err != nil {
				return err
			}
			m.Set("ends", year.AddDate(1, 0, 0))
			return w.app.Save(m)
		}, false, false},
		"seen":          {year, func(d, _ *core.Record) error { d.Set("seen", noon.AddDate(0, 0, 1)); return w.app.Save(d) }, false, false},
		"cleared up":    {noon.Add(-time.Hour), func(_, m *core.Record) error { return w.app.Delete(m) }, false, false},
		"group deleted": {year, func(_, _ *core.Record) error { return w.app.Delete(w.group) }, true, false},
		"then shut out": {year, func(d, _ *core.Record) error {
			d.Set("revoked", noon)
			return errors.Join(w.app.Save(d), access.EraseDevice(w.app, d.Id))
		}, true, true},
	} {
		w = newWorld(t)
		device, membership := w.device(one, test.ends)
		if err := test.change(device, membership); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if err := w.round(); err != nil || w.waiting() != 0 {
			t.Errorf("%s: %v, %d wait", name, err, w.waiting())
		}
		words, count := w.conn.words(t)
		word, told := words[one]
		if told != test.word || word.Ended != test.ended || told && !word.At.Equal(noon) || count > 1 {
			t.Errorf("%s: told %v %+v, %d times", name, told, word, count)
		}
	}
}

func TestOneThatIsLetInAgainAsksForATicket(t *testing.T) {
	w := newWorld(t)
	device, _ := w.device(one, noon.AddDate(1, 0, 0))
	for _, revoked := range []any{noon, ""} {
		device, err := w.app.FindRecordById("devices", device.Id)
		w.must(err)
		device.Set("revoked", revoked)
		w.must(w.app.Save(device))
		w.must(w.round())
		if words, _ := w.conn.words(t); words[one].Ended != (revoked != "") {
			t.Errorf("revoked %q: %+v", revoked, words)
		}
	}
}

func TestNothingIsToldOfWhatWasRolledBack(t *testing.T) {
	w := newWorld(t)
	device, _ := w.device(one, noon.AddDate(1, 0, 0))
	undone := errors.New("undone")
	err := w.app.RunInTransaction(func(tx core.App) error {
		return errors.Join(access.EraseDevice(tx, device.Id), undone)
	})
	if !errors.Is(err, undone) || w.waiting() != 0 {
		t.Errorf("%v, %d wait", err, w.waiting())
	}
}

func TestWhatIsNotAcknowledgedIsToldAgain(t *testing.T) {
	w := newWorld(t)
	for _, id := range []string{one, two} {
		d, _ := w.device(id, noon.AddDate(1, 0, 0))
		w.must(w.app.Delete(d))
	}
	away := errors.New("away")
	w.conn.then = func(m *nats.Msg) {
		if m.Subject == "folje.revoked."+one {
			w.conn.err = away // from the next on
		}
	}
	if err := w.round(); !errors.Is(err, away) {
		t.Error(err)
	}
	if words, _ := w.conn.words(t); len(words) != 1 || w.waiting() == 0 {
		t.Errorf("told %v, %d wait", words, w.waiting())
	}
	w.conn.then = nil
	w.conn.fails(nil)
	w.must(w.round())
	if words, count := w.conn.words(t); len(words) != 2 || count != 2 || w.waiting() != 0 {
		t.Errorf("told %v %d times, %d wait", words, count, w.waiting())
	}
}

// What a newer program wrote waits for it, and holds nothing up.
func TestAnUnknownKindWaits(t *testing.T) {
	w := newWorld(t)
	w.must(add(w.app, "newer", one))
	w.must(add(w.app, revoked, two))
	w.must(w.round())
	if words, _ := w.conn.words(t); len(words) != 1 || w.waiting() != 1 {
		t.Errorf("%v, %d wait", words, w.waiting())
	}
}

func TestTheRelayWakesAndTriesAgain(t *testing.T) {
	w := newWorld(t)
	told := make(chan string, 8)
	w.conn.then = func(m *nats.Msg) { told <- m.Subject }
	w.a.start()
	defer w.a.end()
	if s := <-told; s != "folje.feed.tickets" {
		t.Fatal(s)
	}
	d, _ := w.device(one, noon.AddDate(1, 0, 0))
	w.conn.fails(errors.New("away"))
	w.must(w.app.Delete(d))
	<-w.conn.refused
	w.conn.fails(nil)
	if s := <-told; s != "folje.revoked."+one {
		t.Error(s)
	}
}

func TestTheKeysAreToldFromTimeToTime(t *testing.T) {
	w := newWorld(t)
	count := func() int { return len(w.conn.sent) }
	w.must(w.round())
	w.must(w.round())
	if count() != 1 {
		t.Errorf("told %d times", count())
	}
	w.clock = func() time.Time { return noon.Add(retold) }
	w.must(w.round())
	w.clock = func() time.Time { return noon } // somebody set it
	w.must(w.round())
	if count() != 3 {
		t.Errorf("told %d times", count())
	}
}

func TestAnErasureIsToldFirstOrNotAtAll(t *testing.T) {
	w := newWorld(t)
	w.must(w.a.Erased("mark"))
	if len(w.conn.sent) != 1 || w.conn.sent[0].Subject != "folje.erased.mark" || len(w.conn.sent[0].Data) != 0 {
		t.Fatalf("%v", w.conn.sent)
	}
	busy := func(name string) {
		t.Helper()
		var p *problem.Problem
		if err := w.a.Erased("other"); !errors.As(err, &p) || p.Status != http.StatusServiceUnavailable || p.RetryAfter == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.conn.down = true
	busy("not connected")
	w.conn.down = false
	w.conn.fails(errors.New("no quorum"))
	busy("not acknowledged")
	w.conn.fails(nil)
	busy("right after")
	w.clock = func() time.Time { return noon.Add(respite) }
	w.must(w.a.Erased("other"))
	var none *Announcer
	w.must(none.Erased("mark"))
}

// Whatever the order in which a phone gets a ticket and leaves its group, once
// the word is out no ticket for the group is good.
func TestNoTicketSlipsBetweenLeavingAndTheWord(t *testing.T) {
	w := newWorld(t)
	w.clock = time.Now
	verifier := ticket.NewVerifier(w.issuer.Public())
	for range 5 {
		device, membership := w.device(one, time.Now().AddDate(1, 0, 0))
		w.conn.sent = nil
		var texts []string
		var asking sync.WaitGroup
		stop, first := make(chan struct{}), make(chan struct{})
		begun := sync.OnceFunc(func() { close(first) })
		asking.Go(func() {
			defer begun()
			for range 100 {
				select {
				case <-stop:
					return
				default:
				}
				issued := w.clock()
				d, err := w.index.Authenticate(shows(t, one[:1]+secret[1:]))
				if err != nil {
					t.Error(err)
					return
				}
				scopes := []string{}
				for group := range d.Groups {
					scopes = append(scopes, group)
				}
				text, _ := w.issuer.Issue(ticket.Ticket{Device: d.ID, Scopes: scopes, Issued: issued, Expires: issued.Add(ticket.Life)})
				texts = append(texts, text)
				begun()
			}
		})
		<-first
		w.must(w.app.Delete(membership))
		w.must(w.round())
		close(stop)
		asking.Wait()
		words, _ := w.conn.words(t)
		for _, text := range texts {
			got, err := verifier.Verify(text, time.Now())
			if err != nil {
				t.Fatal(err)
			}
			if got.Covers(w.group.Id) && !words[one].Void(got) {
				t.Fatalf("issued %v, void until %v", got.Issued, words[one].At)
			}
		}
		w.must(w.app.Delete(device))
		w.must(w.round())
	}
}
