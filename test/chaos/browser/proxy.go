package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"

	"folje/test/browser"
)

// proxy stands between phone and server and loses some of what goes in the
// phone's outbox.
type proxy struct {
	origin string

	mu      sync.Mutex
	next    http.Handler
	chance  *rand.Rand
	loss    float64
	traffic traffic
}

// traffic counts the requests with operations, those whose answer was lost
// after the server had given it, and those that the server never saw.
type traffic struct{ requests, answersLost, requestsLost int }

// newProxy listens for the rest of the run; it loses nothing yet.
func newProxy(r browser.Reporter, seed uint64) *proxy {
	r.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		r.Fatalf("listen: %v", err)
	}
	p := &proxy{origin: "http://" + l.Addr().String(), chance: rand.New(rand.NewPCG(seed, 1))}
	s := &httptest.Server{Listener: l, Config: &http.Server{Handler: p}}
	s.Start()
	r.Cleanup(s.Close)
	return p
}

// forward gives the proxy its server.
func (p *proxy) forward(origin string) error {
	to, err := url.Parse(origin)
	if err != nil {
		return fmt.Errorf("parse the server's address: %w", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	forward := httputil.NewSingleHostReverseProxy(to)
	forward.ErrorHandler = func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) } // the phone was killed
	p.next = forward
	return nil
}

// lose makes the network as bad as it stays.
func (p *proxy) lose(share float64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.loss = share
}

func (p *proxy) counted() traffic {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.traffic
}

// ServeHTTP implements http.Handler.
func (p *proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	next, before, after := p.fate(r)
	if before {
		panic(http.ErrAbortHandler) // breaks the connection
	}
	if after {
		next.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	}
	next.ServeHTTP(w, r)
}

// fate says what becomes of a request: lost before the server sees it, or
// after the server has answered, or neither.
func (p *proxy) fate(r *http.Request) (next http.Handler, before, after bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r.Method != http.MethodPost || r.URL.Path != "/api/folje/v1/operations" {
		return p.next, false, false
	}
	p.traffic.requests++
	switch at := p.chance.Float64(); {
	case at < p.loss:
		p.traffic.answersLost++
		return p.next, false, true
	case at < p.loss*4/3:
		p.traffic.requestsLost++
		return p.next, true, false
	}
	return p.next, false, false
}
