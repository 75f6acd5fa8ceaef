package metrics

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"folje/internal/listen"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Handler answers, on a listener for administrators:
//
//   - GET /metrics: the figures, for Prometheus;
//   - GET /healthz: 200 while the process lives, nothing else is asked;
//   - GET /readyz: 200 while it can do its job, else 503; as JSON, with causes.
//
// Everything else is 404.
func (s *Set) Handler() http.Handler {
	figures := sync.OnceValue(func() http.Handler {
		r := s.registry()
		return promhttp.HandlerFor(r, promhttp.HandlerOpts{MaxRequestsInFlight: 4, Timeout: 10 * time.Second, Registry: nil})
	})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) { figures().ServeHTTP(w, r) })
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write([]byte("ok\n"))
	})
	mux.HandleFunc("GET /readyz", s.readyz)
	return mux
}

func (s *Set) readyz(w http.ResponseWriter, r *http.Request) {
	state := s.State(r.Context())
	body, err := json.MarshalIndent(state, "", "  ")
	if err != nil { // of strings: can't be
		http.Error(w, "tell readiness", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	if !state.Ready {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	_, _ = w.Write(append(body, '\n'))
}

// Listener is a role's listener for administrators while it serves.
type Listener struct {
	server *http.Server
	at     net.Addr
}

// Serve listens on addr, for roles without PocketBase's dashboard, and answers
// as [Set.Handler] says until Close. For "" and "off" it does nothing and gives
// nil. It fails if it can't listen on addr.
func Serve(addr string, s *Set, log *slog.Logger) (*Listener, error) {
	if addr == "" || addr == "off" {
		return nil, nil
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("listen for administrators: %w", err)
	}
	if !listen.Loopback(l.Addr()) {
		log.Warn("serve administrators beyond this machine", "address", l.Addr().String())
	}
	server := &http.Server{
		Handler:           listen.OwnHost(l.Addr(), s.Handler()),
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
		ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 10 * time.Second,
		WriteTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
	}
	go func() { _ = server.Serve(l) }()
	return &Listener{server, l.Addr()}, nil
}

// Addr is the address that is listened on.
func (l *Listener) Addr() net.Addr { return l.at }

// Close stops listening, and waits for requests under way until ctx ends. It
// does nothing on nil.
func (l *Listener) Close(ctx context.Context) error {
	if l == nil {
		return nil
	}
	if l.server.Shutdown(ctx) != nil {
		return l.server.Close()
	}
	return nil
}
