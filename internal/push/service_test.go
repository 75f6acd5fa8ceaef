package push

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// secretPath is the part of an endpoint that nothing may repeat.
const secretPath = "/send/dGhlIHBob25lJ3Mgb3du"

// service stands in for a push service: https://example.com, which is what
// httptest's certificate is for.
type service struct {
	address string
	roots   *x509.CertPool
	dialled atomic.Int64
}

// newService serves HTTP/2, or HTTP/1.1 alone.
func newService(t testing.TB, h2 bool, handler http.HandlerFunc) *service {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.EnableHTTP2 = h2
	return started(t, server)
}

func started(t testing.TB, server *httptest.Server) *service {
	t.Helper()
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	return &service{address: server.Listener.Addr().String(), roots: roots}
}

// rawService does what it likes with each connection, below TLS where secure is
// false.
func rawService(t testing.TB, secure bool, talk func(net.Conn)) *service {
	t.Helper()
	if secure {
		return rawServiceOf(t, "http/1.1", talk)
	}
	return rawServiceOf(t, "", talk)
}

// rawServiceOf is a rawService that agrees on the protocol; without one it is
// below TLS.
func rawServiceOf(t testing.TB, protocol string, talk func(net.Conn)) *service {
	t.Helper()
	like := httptest.NewUnstartedServer(nil)
	like.StartTLS()
	pairs := like.TLS.Certificates
	roots := x509.NewCertPool()
	roots.AddCert(like.Certificate())
	like.Close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if protocol != "" {
		listener = tls.NewListener(listener, &tls.Config{Certificates: pairs, NextProtos: []string{protocol}})
	}
	ended, talks := make(chan struct{}), sync.WaitGroup{}
	go func() {
		defer close(ended)
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			talks.Go(func() {
				defer conn.Close()
				talk(conn)
			})
		}
	}()
	t.Cleanup(func() { listener.Close(); <-ended; talks.Wait() })
	return &service{address: listener.Addr().String(), roots: roots}
}

func (s *service) dial(ctx context.Context, network, _ string) (net.Conn, error) {
	s.dialled.Add(1)
	return (&net.Dialer{}).DialContext(ctx, network, s.address)
}

// onlyExample allows what the tests send to.
type onlyExample struct{}

func (onlyExample) Check(endpoint string) (string, error) {
	if strings.HasPrefix(endpoint, "https://example.com/") {
		return "https://example.com", nil
	}
	return "", errors.New("not allowed")
}

// senderTo is a sender that reaches the service only.
func senderTo(t testing.TB, s *service, change func(*SenderConfig)) *Sender {
	t.Helper()
	cfg := SenderConfig{VAPID: newRing(t, "current"), Contact: "mailto:ops@folje.example", Services: onlyExample{},
		Now: func() time.Time { return midday }, Dial: s.dial, Roots: s.roots}
	if change != nil {
		change(&cfg)
	}
	sender := NewSender(cfg)
	t.Cleanup(sender.Close)
	return sender
}
