package web

import (
	"context"
	"net/http"
	"time"
)

// readyWithin is how long the database may take to say that it is there.
const readyWithin = 2 * time.Second

// health answers /healthz (the program runs; nothing else is asked) and
// /readyz (it can serve: 200, else 503), and leaves the rest to next.
func health(ready func(context.Context) error, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		read := r.Method == http.MethodGet || r.Method == http.MethodHead
		switch {
		case read && r.URL.Path == "/healthz":
			state(w, http.StatusOK, "ok\n")
		case read && r.URL.Path == "/readyz":
			readiness(w, r, ready)
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func readiness(w http.ResponseWriter, r *http.Request, ready func(context.Context) error) {
	ctx, cancel := context.WithTimeout(r.Context(), readyWithin)
	defer cancel()
	if ready != nil && ready(ctx) != nil {
		state(w, http.StatusServiceUnavailable, "not ready\n")
		return
	}
	state(w, http.StatusOK, "ready\n")
}

func state(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(text))
}
