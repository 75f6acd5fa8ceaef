package push

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

const endpoint = "https://example.com" + secretPath

// What stands on the wire, and nothing else.
func TestSend(t *testing.T) {
	p := newReceiver(t)
	keys := newRing(t, "current")
	for _, m := range []struct {
		Message
		ttl, urgency string
	}{
		{Message{Payload: []byte("hello"), TTL: 14 * 24 * time.Hour, Topic: strings.Repeat("T", 32), Urgent: true}, "1209600", "high"},
		{Message{Payload: []byte("hello"), TTL: 90*time.Second + 999*time.Millisecond}, "90", "normal"},
		{Message{Payload: []byte("hello"), TTL: -time.Hour}, "0", "normal"},
		{Message{Payload: []byte("hello"), TTL: 1000 * 24 * time.Hour}, "2419200", "normal"},
	} {
		var got *http.Request
		var body []byte
		s := newService(t, true, func(w http.ResponseWriter, r *http.Request) {
			got = r
			body, _ = io.ReadAll(r.Body)
			w.WriteHeader(http.StatusCreated)
		})
		sender := senderTo(t, s, func(c *SenderConfig) { c.VAPID = keys })
		if a := sender.Send(t.Context(), p.subscription("1", endpoint), m.Message); a != (Answer{Outcome: Delivered, Status: 201}) {
			t.Fatalf("%+v", a)
		}
		if got.Method != "POST" || got.Proto != "HTTP/2.0" || got.Host != "example.com" || got.URL.Path != secretPath || len(body) != Size || got.ContentLength != Size {
			t.Errorf("%s %s %s %s, %d bytes", got.Method, got.Proto, got.Host, got.URL, len(body))
		}
		if said, err := p.open(body); err != nil || string(said) != "hello" {
			t.Errorf("%q %v", said, err)
		}
		if c := verified(t, got.Header.Get("Authorization"), keys.keys["current"]); c.Audience != "https://example.com" || c.Subject != "mailto:ops@folje.example" {
			t.Errorf("%+v", c)
		}
		want := http.Header{"Ttl": {m.ttl}, "Urgency": {m.urgency}, "Content-Encoding": {"aes128gcm"},
			"Content-Type": {"application/octet-stream"}, "Content-Length": {fmt.Sprint(Size)}, "Authorization": got.Header["Authorization"]}
		if m.Topic != "" {
			want["Topic"] = []string{m.Topic}
		}
		if !maps.EqualFunc(got.Header, want, slices.Equal) {
			t.Errorf("%v, want %v", got.Header, want)
		}
	}
}

// Many at once go over few connections, each phone gets its own, and there is
// one signature. A service that takes few at once gets more connections.
func TestSendMany(t *testing.T) {
	const many, together = 400, 80
	receivers := make([]receiver, many)
	for i := range receivers {
		receivers[i] = newReceiver(t)
	}
	for streams, connections := range map[int]int64{100: maxConns, 20: together} {
		var wrong atomic.Int64
		server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			var i int
			_, _ = fmt.Sscanf(r.URL.Path, "/%d", &i)
			body, err := io.ReadAll(r.Body)
			if said, opened := receivers[i].open(body); err != nil || opened != nil || string(said) != fmt.Sprint("for ", i) {
				wrong.Add(1)
			}
		}))
		server.EnableHTTP2 = true
		server.Config.HTTP2 = &http.HTTP2Config{MaxConcurrentStreams: streams}
		s := started(t, server)
		keys := newRing(t, "current")
		sender := senderTo(t, s, func(c *SenderConfig) { c.VAPID = keys })
		var all sync.WaitGroup
		for worker := range together {
			all.Go(func() {
				for i := worker; i < many; i += together {
					to := receivers[i].subscription(fmt.Sprint(i), fmt.Sprintf("https://example.com/%d", i))
					if a := sender.Send(t.Context(), to, Message{Payload: fmt.Append(nil, "for ", i)}); a.Outcome != Delivered {
						t.Errorf("%d: %+v", i, a)
					}
				}
			})
		}
		all.Wait()
		if wrong.Load() != 0 || keys.asked.Load() != 1 || s.dialled.Load() > connections {
			t.Errorf("with %d streams %d were not what was sent; %d signatures, %d connections", streams, wrong.Load(), keys.asked.Load(), s.dialled.Load())
		}
	}
}

// However many are on their way, there is a lane for each.
func TestLanes(t *testing.T) {
	s := NewSender(SenderConfig{})
	var taken []*lane
	for range (lanes + 1) * laneRoom {
		taken = append(taken, s.enter())
	}
	for i := range s.lanes[:lanes-1] {
		if got := s.lanes[i].aboard.Load(); got != laneRoom {
			t.Errorf("lane %d has %d aboard", i, got)
		}
	}
	if got := s.lanes[lanes-1].aboard.Load(); got != 2*laneRoom {
		t.Errorf("the last lane has %d aboard", got)
	}
	for _, l := range taken {
		l.leave()
	}
	if s.enter() != &s.lanes[0] {
		t.Error("the first lane isn't taken when it is empty")
	}
}

// A connection serves again, also after an answer that has a body.
func TestConnectionsAreReused(t *testing.T) {
	for _, h2 := range []bool{true, false} {
		s := newService(t, h2, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			w.WriteHeader(http.StatusBadRequest)
			_, _ = io.WriteString(w, `{"reason":"BadWebPushTopic"}`)
		})
		sender := senderTo(t, s, nil)
		to := newReceiver(t).subscription("1", endpoint)
		for range 10 {
			if a := sender.Send(t.Context(), to, Message{}); a.Outcome != Refused || a.Status != 400 {
				t.Fatalf("%+v", a)
			}
		}
		if got := s.dialled.Load(); got != 1 {
			t.Errorf("%d connections for ten messages one after another", got)
		}
	}
}

// What can't be sent costs no connection.
func TestNotSent(t *testing.T) {
	good := newReceiver(t).subscription("1", endpoint)
	change := func(f func(*Subscription)) Subscription {
		s := good
		f(&s)
		return s
	}
	for name, c := range map[string]struct {
		to      Subscription
		payload []byte
		contact string
		want    Outcome
	}{
		"no contact":            {good, nil, "", Failed},
		"a service not allowed": {change(func(s *Subscription) { s.Endpoint = "https://elsewhere.example" + secretPath }), nil, "x", Refused},
		"not an address":        {change(func(s *Subscription) { s.Endpoint = "https://example.com/\x7f" + secretPath }), nil, "x", Refused},
		"our key is gone":       {change(func(s *Subscription) { s.Key = "gone" }), nil, "x", Gone},
		"the phone has no key":  {change(func(s *Subscription) { s.P256dh = nil }), nil, "x", Gone},
		"too long":              {good, bytes.Repeat([]byte("x"), MaxPayload+1), "x", TooLarge},
	} {
		s := newService(t, true, func(http.ResponseWriter, *http.Request) {})
		sender := senderTo(t, s, func(cfg *SenderConfig) { cfg.Contact = c.contact })
		a := sender.Send(t.Context(), c.to, Message{Payload: c.payload})
		if a.Outcome != c.want || a.Status != 0 || a.Err == nil || s.dialled.Load() != 0 {
			t.Errorf("%s: %+v, %d connections", name, a, s.dialled.Load())
			continue
		}
		if strings.Contains(a.Err.Error(), secretPath) {
			t.Errorf("%s: the error has the endpoint: %v", name, a.Err)
		}
	}
}

func TestNoProxy(t *testing.T) {
	for _, name := range []string{"HTTPS_PROXY", "https_proxy", "ALL_PROXY"} {
		t.Setenv(name, "http://127.0.0.1:1")
	}
	s := newService(t, true, func(http.ResponseWriter, *http.Request) {})
	if a := senderTo(t, s, nil).Send(t.Context(), newReceiver(t).subscription("1", endpoint), Message{}); a.Outcome != Delivered {
		t.Errorf("%+v", a)
	}
}

func TestNoRedirects(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		var asked atomic.Int64
		s := newService(t, true, func(w http.ResponseWriter, r *http.Request) {
			asked.Add(1)
			http.Redirect(w, r, "https://example.com/elsewhere", status)
		})
		a := senderTo(t, s, nil).Send(t.Context(), newReceiver(t).subscription("1", endpoint), Message{})
		if a.Outcome != Refused || a.Status != status || asked.Load() != 1 {
			t.Errorf("%d: %+v after %d requests", status, a, asked.Load())
		}
	}
}

// Without a dialler of the tests' own, no message leaves for our own network.
func TestSenderIsGuarded(t *testing.T) {
	s := newService(t, true, func(http.ResponseWriter, *http.Request) { t.Error("it was reached") })
	sender := senderTo(t, s, func(c *SenderConfig) { c.Dial, c.Services = nil, anywhere{} })
	a := sender.Send(t.Context(), newReceiver(t).subscription("1", "https://"+s.address+secretPath), Message{})
	if a.Outcome != Failed || !errors.Is(a.Err, errNotPublic) {
		t.Errorf("%+v", a)
	}
}

type anywhere struct{}

func (anywhere) Check(string) (string, error) { return "https://anywhere.example", nil }

func TestSendIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := newService(t, true, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	a := senderTo(t, s, nil).Send(ctx, newReceiver(t).subscription("1", endpoint), Message{})
	if a.Outcome != Failed || !errors.Is(a.Err, context.Canceled) {
		t.Errorf("%+v", a)
	}
}

// A transport that reads on after the answer never gets another's bytes.
func TestReleased(t *testing.T) {
	first := newSealed()
	if err := first.fill(newReceiver(t).subscription("1", ""), []byte("x")); err != nil {
		t.Fatal(err)
	}
	late := first.reader()
	if n, err := late.Read(make([]byte, 10)); n != 10 || err != nil {
		t.Fatal(n, err)
	}
	first.release()
	if n, err := late.Read(make([]byte, 10)); n != 0 || err == nil || errors.Is(err, io.EOF) {
		t.Errorf("read %d: %v", n, err)
	}
	first.release() // twice is once
}
