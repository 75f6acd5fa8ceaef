package access

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"
)

func TestSixtyParentsJoinThroughTheDoor(t *testing.T) {
	w := newWorld(t)
	code := w.code(w.blue)
	for parent := range 60 {
		p := newPhone()
		p.address = fmt.Sprintf("198.51.100.7:%d", 1024+parent)
		for range 3 {
			w.expect(w.register(p, "ABCDE-12345"), http.StatusNotFound, "error.code_invalid")
		}
		if r := w.register(p, code); r.status != http.StatusOK {
			t.Fatalf("parent %d: %d %s", parent, r.status, r.raw)
		}
		w.now = w.now.Add(10 * time.Second)
	}
}

func TestTooManyWrongCodesFromOneAddress(t *testing.T) {
	l := DefaultLimits()
	l.WrongCodes = Rate{Burst: 5, Every: 10 * time.Second}
	w := newWorld(t, l)
	code := w.code(w.blue)
	p := w.joined("")
	for range 4 {
		w.expect(w.register(newPhone(), "ABCDE-12345"), http.StatusNotFound, "error.code_invalid")
	}
	w.expectGroups(w.register(p, code), "Blåsippan") // free
	w.expect(w.join(p, "not a code"), http.StatusNotFound, "error.code_invalid")
	for _, typed := range []string{"ABCDE-12345", "not a code", code} { // no oracle: the right one waits too
		r := w.join(p, typed)
		w.expect(r, http.StatusTooManyRequests, "error.too_many_codes")
		if got := r.header.Get("Retry-After"); got != "10" {
			t.Errorf("Retry-After %q", got)
		}
		w.expect(w.register(newPhone(), typed), http.StatusTooManyRequests, "error.too_many_codes")
	}
	elsewhere := newPhone()
	elsewhere.address = "203.0.113.9:80"
	w.expectGroups(w.register(elsewhere, code), "Blåsippan")
	w.expectGroups(w.phone(p, http.MethodGet, "devices/me/groups", ""), "Blåsippan")
	w.now = w.now.Add(10 * time.Second)
	w.expectGroups(w.join(p, code), "Blåsippan")
}

func TestAnIPv6NetworkIsOneAddress(t *testing.T) {
	l := DefaultLimits()
	l.WrongCodes = Rate{Burst: 4, Every: time.Hour}
	w := newWorld(t, l)
	for i := range 5 {
		p := newPhone()
		p.address = fmt.Sprintf("[2001:db8:1:2:%x::1]:443", i)
		want := http.StatusNotFound
		if i == 4 {
			want = http.StatusTooManyRequests
		}
		if r := w.register(p, "ABCDE-12345"); r.status != want {
			t.Errorf("try %d: %d, want %d", i, r.status, want)
		}
	}
	p := newPhone()
	p.address = "[2001:db8:1:3::1]:443"
	w.expect(w.register(p, "ABCDE-12345"), http.StatusNotFound, "error.code_invalid")
}

func TestRemoteKey(t *testing.T) {
	for remote, want := range map[string]string{
		"192.0.2.1:80": "192.0.2.1", "[::ffff:192.0.2.1]:80": "192.0.2.1",
		"[2001:db8:1:2:3::4]:80": "2001:db8:1:2::/64", "[fe80::1%eth0]:80": "fe80::/64", "@": "", "": "",
	} {
		if got := remoteKey(&http.Request{RemoteAddr: remote}); got != want {
			t.Errorf("%q: %q, want %q", remote, got, want)
		}
	}
}

func TestNewPhonesWithoutACodeAreLimited(t *testing.T) {
	l := DefaultLimits()
	l.NewDevices = Rate{Burst: 3, Every: time.Minute}
	w := newWorld(t, l)
	first := newPhone()
	w.expectGroups(w.register(first, ""), "")
	w.expectGroups(w.register(newPhone(), ""), "")
	w.expectGroups(w.register(newPhone(), ""), "")
	w.expect(w.register(newPhone(), ""), http.StatusTooManyRequests, "error.too_many_devices")
	w.expectGroups(w.register(first, ""), "") // known already
	w.expectGroups(w.register(newPhone(), w.code(w.blue)), "Blåsippan")
	w.now = w.now.Add(time.Minute)
	w.expectGroups(w.register(newPhone(), ""), "")
}

func TestNewPhonesWithACodeAreLimitedToo(t *testing.T) {
	l := DefaultLimits()
	l.JoinedDevices = Rate{Burst: 2, Every: time.Minute}
	w := newWorld(t, l)
	code := w.code(w.blue)
	p := w.joined(code)
	w.joined(code)
	w.expect(w.register(newPhone(), code), http.StatusTooManyRequests, "error.too_many_devices")
	w.expectGroups(w.register(p, code), "Blåsippan")
}

func TestGuessingAtOnceIsLimitedToo(t *testing.T) {
	l := DefaultLimits()
	l.WrongCodes = Rate{Burst: 10, Every: time.Hour}
	w := newWorld(t, l)
	var wg sync.WaitGroup
	var mu sync.Mutex
	status := map[int]int{}
	for range 40 {
		wg.Go(func() {
			r := w.register(newPhone(), "ABCDE-12345")
			mu.Lock()
			defer mu.Unlock()
			status[r.status]++
		})
	}
	wg.Wait()
	if status[http.StatusNotFound] > 10 || status[http.StatusNotFound]+status[http.StatusTooManyRequests] != 40 {
		t.Errorf("%v", status)
	}
}
