package push

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
)

func TestSubscriptionIsKeptAsItWasMade(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	in := w.subscribed("https://FCM.googleapis.com/fcm/send/a:b_c-D?x=%20")
	w.expect(w.put(p, in), http.StatusNoContent)
	found, err := Reachable(w.app, Audience{Groups: []string{w.group.Id}}, "", 10, w.now)
	if err != nil || len(found) != 1 {
		t.Fatalf("%v %v", found, err)
	}
	r := found[0]
	if r.Device != p.id || r.Service != "https://fcm.googleapis.com" || r.Locale != "sv" || r.Quiet != "" || r.Titles {
		t.Errorf("%+v", r)
	}
	subs, err := Find(w.app, []string{r.ID, "none"})
	if err != nil || len(subs) != 1 {
		t.Fatalf("%v %v", subs, err)
	}
	s := subs[0]
	if s.Endpoint != "https://fcm.googleapis.com/fcm/send/a:b_c-D?x=%20" || len(s.P256dh) != 65 || len(s.Auth) != 16 ||
		s.Key != w.vapid.Current().ID || s.Parked || s.Faults != 0 || s.ID != r.ID || s.Device != p.id || s.Service != r.Service {
		t.Errorf("%+v", s)
	}
}

func TestPutIsWrittenOnceADay(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	in := w.subscribed(google + "a")
	writes := 0
	w.app.OnRecordAfterUpdateSuccess(collection).BindFunc(counting(&writes))
	w.app.OnRecordAfterCreateSuccess(collection).BindFunc(counting(&writes))
	for _, step := range []struct {
		after  time.Duration
		writes int
	}{{0, 1}, {time.Hour, 1}, {24 * time.Hour, 2}, {25 * time.Hour, 2}} {
		w.now = start.Add(step.after)
		w.expect(w.put(p, in), http.StatusNoContent)
		if writes != step.writes {
			t.Errorf("after %v: %d writes, want %d", step.after, writes, step.writes)
		}
	}
	if got := w.row(google + "a").GetString("heard"); got != "2026-11-23" {
		t.Error(got)
	}
	w.expect(w.put(p, w.subscribed(google+"a")), http.StatusNoContent) // other keys
	if writes != 3 {
		t.Errorf("new keys of an endpoint were not written: %d", writes)
	}
}

func TestWhatCanBeNoSubscriptionIsRefused(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	good := w.subscribed(google + "a")
	keys := good["keys"].(map[string]string)
	for name, c := range map[string]struct {
		in    any
		field string
		code  string
	}{
		"nothing":                    {sent{}, "endpoint", "error.field_invalid"},
		"another host":               {good.with("endpoint", "https://push.example.com/x"), "endpoint", "error.push_service"},
		"http":                       {good.with("endpoint", "http://fcm.googleapis.com/x"), "endpoint", "error.field_invalid"},
		"a number":                   {good.with("endpoint", 7), "endpoint", "error.field_invalid"},
		"no keys":                    {good.with("keys", map[string]string{}), "keys.p256dh", "error.field_invalid"},
		"keys as a list":             {good.with("keys", []string{}), "keys", "error.field_invalid"},
		"a point off the curve":      {good.with("keys", map[string]string{"p256dh": strings.Repeat("B", 87), "auth": keys["auth"]}), "keys.p256dh", "error.field_invalid"},
		"a short secret":             {good.with("keys", map[string]string{"p256dh": keys["p256dh"], "auth": "AAAA"}), "keys.auth", "error.field_invalid"},
		"a secret with a line break": {good.with("keys", map[string]string{"p256dh": keys["p256dh"], "auth": keys["auth"][:10] + "\n" + keys["auth"][10:]}), "keys.auth", "error.field_invalid"},
	} {
		t.Run(name, func(t *testing.T) {
			a := w.put(p, c.in)
			if a.Status != http.StatusBadRequest || a.Get("fields", c.field, "code") != c.code {
				t.Errorf("%d %s", a.Status, a.Body)
			}
		})
	}
	for name, in := range map[string]any{"a list": "[]", "half": `{"endpoint":`, "bytes": "\xff"} {
		w.refused(w.put(p, in), http.StatusBadRequest, "error.request")
		_ = name
	}
	w.refused(w.put(p, strings.Repeat(" ", 5000)), http.StatusRequestEntityTooLarge, "error.too_large")
	if n := w.rows(); n != 0 {
		t.Errorf("%d rows", n)
	}
}

func TestOnlyThePhoneItselfSubscribes(t *testing.T) {
	w := newWorld(t)
	in := w.subscribed(google + "a")
	stranger := owner{secret: "x"}
	for _, a := range []apptest.Answer{
		w.put(stranger, in),
		w.ask(stranger, http.MethodDelete, "devices/me/subscription", in),
		w.ask(stranger, http.MethodPost, "devices/me/subscription/test", in),
	} {
		w.refused(a, http.StatusUnauthorized, "error.device_unknown")
	}
}

func TestSameEndpointMovesToItsNewPhone(t *testing.T) {
	w := newWorld(t)
	before, after := w.phone(), w.phone()
	old := w.subscribe(before, google+"a")
	moved := w.subscribe(after, google+"a")
	if moved.GetString("device") != after.id || moved.Id == old.Id || w.rows() != 1 {
		t.Errorf("%v, %d rows", moved, w.rows())
	}
	w.expect(w.ask(before, http.MethodDelete, "devices/me/subscription", sent{"endpoint": google + "a"}), http.StatusNoContent)
	if w.rows() != 1 {
		t.Error("a phone removed another's")
	}
}

func TestPhoneHasThreeLiveSubscriptionsAtMost(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	for i, name := range strings.Split("abcdefghijklmn", "") {
		w.now = start.AddDate(0, 0, i)
		w.subscribe(p, google+name)
		if got, want := w.reach(), min(i+1, maxLive); got != want {
			t.Errorf("after %d: %d live, want %d", i+1, got, want)
		}
	}
	if n := w.rows(); n != maxKept {
		t.Errorf("%d rows", n)
	}
	if r := w.row(google + "k"); r.GetString("reason") != ReasonTooMany {
		t.Errorf("the fourth latest: %v", r)
	}
	w.subscribe(p, google+"k")
	if r := w.row(google + "k"); r.GetString("ended") != "" || r.GetString("reason") != "" || w.reach() != maxLive {
		t.Errorf("it didn't come alive again: %v", r)
	}
	if r := w.row(google + "l"); r.GetString("ended") == "" {
		t.Error("another one than that heard of longest ago ended")
	}
}

func TestWritesAreLimited(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	for i := range writesAnHour {
		w.subscribe(p, fmt.Sprint(google, "a", i%maxKept))
	}
	a := w.put(p, w.subscribed(google+"a"))
	w.refused(a, http.StatusTooManyRequests, "error.too_many_requests")
	if a.Header.Get("Retry-After") == "" {
		t.Error("it isn't said for how long")
	}
	w.subscribe(w.phone(), google+"b")
}

func TestRemovedSubscriptionLeavesNothing(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	w.subscribe(p, google+"a")
	for range 2 {
		w.expect(w.ask(p, http.MethodDelete, "devices/me/subscription", sent{"endpoint": google + "a"}), http.StatusNoContent)
		if w.rows() != 0 {
			t.Error("it is still there")
		}
	}
	w.expect(w.ask(p, http.MethodDelete, "devices/me/subscription", sent{"endpoint": "no endpoint"}), http.StatusNoContent)
}

func TestTestRingsOnlyWhatIsSentTo(t *testing.T) {
	w := newWorld(t)
	p, other := w.phone(), w.phone()
	test := func(p owner) apptest.Answer {
		return w.ask(p, http.MethodPost, "devices/me/subscription/test", sent{"endpoint": google + "a"})
	}
	w.refused(test(p), http.StatusNotFound, "error.push_unknown")
	r := w.subscribe(p, google+"a")
	a := test(p)
	w.expect(a, http.StatusAccepted)
	if id, _ := a.Get("id").(string); len(w.rung) != 1 || id == "" || w.rung[0] != p.id+" "+id {
		t.Errorf("%s %v", a.Body, w.rung)
	}
	w.refused(test(other), http.StatusNotFound, "error.push_unknown")
	if err := End(w.app, r.Id, ReasonGone, w.now); err != nil {
		t.Fatal(err)
	}
	w.refused(test(p), http.StatusNotFound, "error.push_unknown")
	if len(w.rung) != 1 {
		t.Errorf("%v", w.rung)
	}
}

func TestFiveTestsAnHour(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	w.subscribe(p, google+"a")
	test := func() apptest.Answer {
		return w.ask(p, http.MethodPost, "devices/me/subscription/test", sent{"endpoint": google + "a"})
	}
	for range testsAnHour {
		w.expect(test(), http.StatusAccepted)
	}
	a := test()
	w.refused(a, http.StatusTooManyRequests, "error.too_many_requests")
	if a.Header.Get("Retry-After") != "720" {
		t.Error(a.Header.Get("Retry-After"))
	}
	w.now = w.now.Add(time.Hour)
	w.expect(test(), http.StatusAccepted)
}

func TestFaultOfTheOutboxIsNoTest(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	w.subscribe(p, google+"a")
	w.fail = errors.New("no space")
	a := w.ask(p, http.MethodPost, "devices/me/subscription/test", sent{"endpoint": google + "a"})
	w.expect(a, http.StatusInternalServerError)
}
