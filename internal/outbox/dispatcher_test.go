package outbox

import (
	"context"
	"testing"
	"time"

	"folje/internal/push"
)

const service = "https://push.example"

func TestALetterRingsOnEveryPhoneOnce(t *testing.T) {
	w := newWorld(t)
	w.phones(3, service)
	row := w.add(w.letter("abc"))
	if next := w.round(); !next.IsZero() {
		t.Errorf("something is due at %v", next)
	}
	w.round()
	w.want(row, map[string]int{"sent": 3})
	if n := w.sender.count(); n != 3 {
		t.Errorf("%d messages", n)
	}
	r := w.row(row)
	if r.GetDateTime("done").IsZero() || r.GetString("counts") != `{"dropped":0,"ended":0,"expired":0,"failed":0,"sent":3}` {
		t.Errorf("the row is done %q with counts %s", r.GetString("done"), r.GetString("counts"))
	}
}

func TestPayloadIsDeclarative(t *testing.T) {
	w := newWorld(t)
	w.phone(w.app, service, "ar", "")
	w.add(w.letter("abc"))
	w.round()
	got := w.sender.got[0]
	p := payload(t, got.m)
	n := p.Notification
	if p.WebPush != 8030 || !p.Mutable || n.Navigate != "https://folje.example/letters/abc" || n.Lang != "ar" || n.Dir != "rtl" ||
		n.Tag != "letter-abc" || n.Silent || len(n.Data.ID) != 15 {
		t.Errorf("payload is %s", got.m.Payload)
	}
	if got.m.TTL != 14*24*time.Hour || !got.m.Urgent {
		t.Errorf("TTL is %v, urgent %v", got.m.TTL, got.m.Urgent)
	}
}

func TestADeadServiceIsTriedAgain(t *testing.T) {
	w := newWorld(t)
	w.phones(20, service)
	dead := true
	w.sender.answer = func(context.Context, sending) push.Answer {
		if dead {
			return push.Answer{Outcome: push.Failed, Status: 500}
		}
		return push.Answer{Outcome: push.Delivered, Status: 201}
	}
	row := w.add(w.letter("abc"))
	w.live(noon.Add(time.Hour))
	w.want(row, map[string]int{"waiting": 20})
	dead = false
	w.live(noon.Add(3 * time.Hour))
	w.want(row, map[string]int{"sent": 20})
}
