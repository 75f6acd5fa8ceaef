package announce

import (
	"context"
	"testing"
	"time"

	"folje/internal/ticket"
)

// A word is told again by whoever writes next, and where NATS has lost it, for
// as long as there can be a ticket that it is about; and before the keys.
func TestAWordOutlivesNATSAndItsWriter(t *testing.T) {
	w := newWorld(t)
	made := noon
	w.a.cfg.Made = func(context.Context) (time.Time, error) { return made, nil }
	device, _ := w.device(one, noon.AddDate(1, 0, 0))
	w.must(w.app.Delete(device))
	w.must(w.round())
	w.must(w.round())
	told := func() (count int) { _, count = w.conn.words(t); return count }
	if told() != 1 {
		t.Fatalf("told %d times", told())
	}
	made = noon.Add(time.Minute) // NATS lost its disks
	w.must(w.round())
	if told() != 2 {
		t.Errorf("after NATS was lost: told %d times", told())
	}
	if n := len(w.conn.sent); w.conn.sent[n-1].Subject != "folje.feed.tickets" {
		t.Errorf("the last that is told is %s", w.conn.sent[n-1].Subject)
	}
	w.clock = func() time.Time { return noon.Add(ticket.Life) }
	w.a = Register(w.app, w.a.cfg) // the next writer
	w.must(w.round())
	if told() != 3 {
		t.Errorf("by the next writer: told %d times", told())
	}
	w.clock = func() time.Time { return noon.Add(2*ticket.Life + 5*ticket.Skew + time.Second) }
	made = noon.Add(time.Hour)
	w.must(w.round())
	if n, err := w.app.CountRecords(collection); err != nil || n != 0 || told() != 3 {
		t.Errorf("told %d times, %d are kept, %v", told(), n, err)
	}
}

// Neither another machine's clock nor one that was set back keeps a ticket good.
func TestAWordIsAboutWhateverWasIssued(t *testing.T) {
	w := newWorld(t)
	w.a.cfg.Newest = w.issuer.Newest
	ahead := ticket.Ticket{Device: one, Issued: noon.Add(30 * time.Second), Expires: noon.Add(time.Hour), Term: 7}
	w.issuer.Issue(ahead)
	device, _ := w.device(one, noon.AddDate(1, 0, 0))
	w.must(w.app.Delete(device))
	w.must(w.round())
	words, _ := w.conn.words(t)
	earlier := ticket.Ticket{Device: one, Issued: noon.Add(time.Minute), Term: 6}
	later := ticket.Ticket{Device: one, Issued: noon.Add(31 * time.Second), Term: 7}
	if word := words[one]; !word.Void(ahead) || !word.Void(earlier) || word.Void(later) {
		t.Errorf("%+v", word)
	}
}
