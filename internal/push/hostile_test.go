package push

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// fails sends one message and tells how it failed; no error repeats the
// endpoint, whatever the service says.
func fails(t *testing.T, s *service, change func(*SenderConfig), want error) {
	t.Helper()
	a := senderTo(t, s, change).Send(t.Context(), newReceiver(t).subscription("1", endpoint), Message{Payload: []byte("x")})
	if a.Outcome != Failed || a.Status != 0 || !errors.Is(a.Err, want) {
		t.Errorf("%+v, want %v", a, want)
	}
	if a.Err != nil && strings.Contains(a.Err.Error(), strings.TrimPrefix(secretPath, "/send/")) {
		t.Errorf("the error has the endpoint: %v", a.Err)
	}
}

func soon(c *SenderConfig) { c.Timeout = 50 * time.Millisecond }

func TestTarpit(t *testing.T) {
	held := make(chan struct{})
	defer close(held) // before the services are closed, which wait for what they serve
	for _, h2 := range []bool{true, false} {
		fails(t, newService(t, h2, func(http.ResponseWriter, *http.Request) { <-held }), soon, errTimeout)
	}
	// It takes the connection and says nothing, not even in TLS.
	fails(t, rawService(t, false, func(net.Conn) { <-held }), soon, errTimeout)
}

// The status is the answer, even where the rest never comes.
func TestAnswerWithoutEnd(t *testing.T) {
	s := newService(t, true, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusCreated)
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	a := senderTo(t, s, soon).Send(t.Context(), newReceiver(t).subscription("1", endpoint), Message{})
	if a.Outcome != Delivered || a.Status != 201 {
		t.Errorf("%+v", a)
	}
}

// An answer that is much too long is given up.
func TestLongAnswer(t *testing.T) {
	for _, h2 := range []bool{true, false} {
		wrote := make(chan int, 1)
		s := newService(t, h2, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			w.WriteHeader(http.StatusTooManyRequests)
			n, chunk := 0, make([]byte, 64<<10)
			for n < 64<<20 {
				if _, err := w.Write(chunk); err != nil {
					break
				}
				n += len(chunk)
			}
			wrote <- n
		})
		a := senderTo(t, s, nil).Send(t.Context(), newReceiver(t).subscription("1", endpoint), Message{})
		if a.Outcome != Later || a.Status != 429 {
			t.Errorf("%+v", a)
		}
		if n := <-wrote; n >= 10<<20 {
			t.Errorf("%d bytes were taken", n)
		}
	}
}

func TestLongHeader(t *testing.T) {
	for _, h2 := range []bool{true, false} {
		fails(t, newService(t, h2, func(w http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body)
			w.Header().Set("X-Long", strings.Repeat("x", 900<<10))
		}), nil, errAnswer)
	}
}

// What a service writes into its answer reaches no error.
func TestNonsense(t *testing.T) {
	for _, text := range []string{
		"HTTP/1.1 " + secretPath + "\r\n\r\n",
		"HTTP/1.1 201 " + secretPath + "\r\n" + secretPath + "\r\n\r\n",
		"SMTP " + secretPath + "\r\n",
		"\x00\x01\x02\r\n\r\n",
	} {
		fails(t, rawService(t, true, func(c net.Conn) {
			if r, err := http.ReadRequest(bufio.NewReader(c)); err == nil {
				_, _ = io.Copy(io.Discard, r.Body)
			}
			_, _ = io.WriteString(c, text)
			_, _ = io.Copy(io.Discard, c)
		}), nil, errAnswer)
	}
}

func TestLost(t *testing.T) {
	// In the middle of the request, and by a reset.
	fails(t, rawService(t, true, func(c net.Conn) { _, _ = io.ReadFull(c, make([]byte, 100)) }), nil, errLost)
	fails(t, rawService(t, true, func(c net.Conn) {
		_, _ = io.ReadFull(c, make([]byte, 100))
		_ = c.(*tls.Conn).NetConn().(*net.TCPConn).SetLinger(0)
		_ = c.(*tls.Conn).NetConn().Close()
	}), nil, errLost)
	// Before TLS began.
	fails(t, rawService(t, false, func(net.Conn) {}), nil, errLost)
	// A stream alone.
	fails(t, newService(t, true, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), nil, errAnswer)
}

func TestNoConnection(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &service{address: listener.Addr().String()}
	listener.Close()
	fails(t, s, nil, errConnect)
	s.address = "name.invalid:443"
	fails(t, s, nil, errName)
}

func TestBadTLS(t *testing.T) {
	created := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusCreated) }
	fails(t, newService(t, true, created), func(c *SenderConfig) { c.Roots = x509.NewCertPool() }, errTLS)
	old := httptest.NewUnstartedServer(http.HandlerFunc(created))
	old.TLS = &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}
	fails(t, started(t, old), nil, errTLS)
	fails(t, rawService(t, false, func(c net.Conn) {
		_, _ = io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n"+secretPath)
		_, _ = io.Copy(io.Discard, c)
	}), nil, errTLS)
	// A certificate for another name.
	s := newService(t, true, created)
	other := func(c *SenderConfig) { c.Services = anywhere{} }
	a := senderTo(t, s, other).Send(t.Context(), newReceiver(t).subscription("1", "https://folje.example"+secretPath), Message{})
	if a.Outcome != Failed || !errors.Is(a.Err, errTLS) {
		t.Errorf("%+v", a)
	}
}

// An answer before the whole request is out is an answer.
func TestEarlyAnswer(t *testing.T) {
	for _, h2 := range []bool{true, false} {
		var asked atomic.Int64
		s := newService(t, h2, func(w http.ResponseWriter, _ *http.Request) {
			asked.Add(1)
			w.WriteHeader(http.StatusRequestEntityTooLarge)
		})
		sender := senderTo(t, s, nil)
		for range 20 {
			if a := sender.Send(t.Context(), newReceiver(t).subscription("1", endpoint), Message{}); a.Outcome != TooLarge {
				t.Fatalf("%+v", a)
			}
		}
		if asked.Load() != 20 {
			t.Errorf("asked %d times", asked.Load())
		}
	}
}
