package outbox

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"folje/internal/push"

	"github.com/pocketbase/pocketbase/core"
)

func deadWhile(dead *bool) func(context.Context, sending) push.Answer {
	return func(context.Context, sending) push.Answer {
		if *dead {
			return push.Answer{Outcome: push.Failed, Status: 500}
		}
		return push.Answer{Outcome: push.Delivered, Status: 201}
	}
}

func TestARowIsReleasedOnceWhenItIsDue(t *testing.T) {
	w := newWorld(t)
	released := 0
	kind := w.kinds["letter"]
	kind.Release = func(_ core.App, row Row, now time.Time) (bool, error) {
		released++
		return row.Item != "undone", nil
	}
	w.kinds["letter"] = kind
	w.restart()
	w.phones(2, service)
	letter, undone := w.letter("abc"), w.letter("undone")
	letter.Due, undone.Due = noon.Add(30*time.Second), noon.Add(30*time.Second)
	row, gone := w.add(letter), w.add(undone)
	if next := w.round(); !next.Equal(letter.Due) || released != 0 {
		t.Fatalf("released %d, the next round is at %v", released, next)
	}
	w.live(noon.Add(time.Minute))
	w.round()
	w.want(row, map[string]int{"sent": 2})
	w.want(gone, map[string]int{})
	if released != 2 || w.row(gone).GetString("dropped") == "" || w.row(gone).GetDateTime("done").IsZero() {
		t.Errorf("released %d times; what was undone is dropped %q", released, w.row(gone).GetString("dropped"))
	}
}

// What a feature's code does wrong holds up its own row only.
func TestAFaultyRowHoldsUpNoOther(t *testing.T) {
	for name, break_ := range map[string]func(*Kind, func()){
		"release": func(k *Kind, fail func()) {
			k.Release = func(core.App, Row, time.Time) (bool, error) { fail(); return true, nil }
		},
		"skip": func(k *Kind, fail func()) {
			k.Skip = func(core.App, Row, []string) (map[string]bool, error) { fail(); return nil, nil }
		},
		"still": func(k *Kind, fail func()) { k.Still = func(core.App, Row) (bool, error) { fail(); return true, nil } },
		"compose": func(k *Kind, fail func()) {
			whole := k.Compose
			k.Compose = func(app core.App, row Row, r Reader) (Note, error) { fail(); return whole(app, row, r) }
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			broken := true
			bad := w.kinds["letter"]
			break_(&bad, func() {
				if broken {
					panic("a fault of the feature's")
				}
			})
			w.kinds["bad"] = bad
			w.restart()
			w.phones(2, service)
			faulty := w.letter("bad")
			faulty.Kind, faulty.Due = "bad", noon.Add(-time.Second)
			first, second := w.add(faulty), w.add(w.letter("good"))
			w.live(noon.Add(time.Minute))
			w.want(second, map[string]int{"sent": 2})
			if n := w.states(first)["sent"]; n != 0 {
				t.Fatalf("%d sent", n)
			}
			broken = false
			w.live(noon.Add(time.Hour))
			w.want(first, map[string]int{"sent": 2})
		})
	}
}

func TestAHeldRowRingsPhonesThatJoinMeanwhile(t *testing.T) {
	w := newWorld(t)
	w.phones(1, service)
	letter := w.letter("abc")
	letter.Hold = noon.Add(3 * time.Hour)
	row := w.add(letter)
	w.live(noon.Add(2 * time.Hour))
	w.want(row, map[string]int{})
	w.phones(1, service)
	w.live(noon.Add(4 * time.Hour))
	w.want(row, map[string]int{"sent": 2})
}

func TestWithoutASenderRowsAreReleasedAndDone(t *testing.T) {
	w := newWorld(t)
	w.cfg.Sender = nil
	w.phones(1, service)
	row := w.add(w.letter("abc"))
	w.round()
	if r := w.row(row); r.GetDateTime("released").IsZero() || r.GetDateTime("done").IsZero() {
		t.Errorf("released %q, done %q", r.GetString("released"), r.GetString("done"))
	}
	w.want(row, map[string]int{})
}

// What is cancelled while it is on its way may arrive: it is sent then, and
// whoever asks meanwhile is told so.
func TestCancellingWhileItIsSent(t *testing.T) {
	w := newWorld(t)
	ids := w.phones(2, service)
	var devices []string
	for _, id := range ids {
		r, err := w.app.FindRecordById("push_subscriptions", id)
		if err != nil {
			t.Fatal(err)
		}
		devices = append(devices, r.GetString("device"))
	}
	var once error
	w.sender.answer = func(_ context.Context, s sending) push.Answer {
		if s.to.ID != ids[0] {
			return push.Answer{Outcome: push.Failed, Status: 500}
		}
		err := w.app.RunInTransaction(func(tx core.App) error { return Cancel(tx, "abc", noon, "letter") })
		rang, rangErr := Rang(w.app, "abc", devices, "letter")
		if !rang[devices[0]] {
			rangErr = errors.Join(rangErr, errors.New("nobody rang"))
		}
		once = errors.Join(once, err, rangErr)
		return push.Answer{Outcome: push.Delivered, Status: 201}
	}
	row := w.add(w.letter("abc"))
	w.round()
	if once != nil {
		t.Fatal(once)
	}
	w.want(row, map[string]int{"sent": 1, "dropped": 1})
	w.live(noon.Add(time.Hour))
	if w.sender.count() != 2 {
		t.Errorf("%d messages", w.sender.count())
	}
	rang, err := Rang(w.app, "abc", devices, "letter")
	if err != nil || !rang[devices[0]] || rang[devices[1]] {
		t.Errorf("rang: %v %v", rang, err)
	}
}

func TestWhatIsNoLongerSoIsDropped(t *testing.T) {
	w := newWorld(t)
	so, dead := true, true
	kind := w.kinds["letter"]
	kind.Still = func(core.App, Row) (bool, error) { return so, nil }
	w.kinds["letter"] = kind
	w.restart()
	w.sender.answer = deadWhile(&dead)
	w.phones(3, service)
	row := w.add(w.letter("abc"))
	w.round()
	so, dead = false, false
	w.live(noon.Add(time.Hour))
	w.want(row, map[string]int{"dropped": 3})
}

// A phone's subscription that ended takes what waits for it along.
func TestGoneEndsWhatWaits(t *testing.T) {
	w := newWorld(t)
	id := w.phones(1, service)[0]
	dead := true
	w.sender.answer = deadWhile(&dead)
	first := w.add(w.letter("first"))
	w.round()
	w.sender.answer = func(context.Context, sending) push.Answer { return push.Answer{Outcome: push.Gone, Status: 410} }
	second := w.add(w.letter("second"))
	w.round()
	w.want(first, map[string]int{"ended": 1})
	w.want(second, map[string]int{"ended": 1})
	r, err := w.app.FindRecordById("push_subscriptions", id)
	if err != nil || r.GetString("ended") == "" || r.GetString("reason") != push.ReasonGone {
		t.Errorf("the subscription ended %q for %q: %v", r.GetString("ended"), r.GetString("reason"), err)
	}
}

func TestLongTextsAreShortened(t *testing.T) {
	long := strings.Repeat("ö\"ب", 3000)
	for name, n := range map[string]notification{
		"body": {Title: "Brev", Body: long}, "title": {Title: long}, "both": {Title: long, Body: long},
	} {
		raw := fit(n, push.MaxPayload)
		p := payload(t, push.Message{Payload: raw}).Notification
		if len(raw) > push.MaxPayload || len(raw) < push.MaxPayload/2 {
			t.Errorf("%s: %d bytes", name, len(raw))
		}
		for _, part := range []string{p.Title, p.Body} {
			if strings.ContainsRune(part, '\uFFFD') || len(part) > 10 && (!strings.HasSuffix(part, "…") || !strings.HasPrefix(long, strings.TrimSuffix(part, "…"))) {
				t.Errorf("%s: cut badly", name)
			}
		}
	}
}
