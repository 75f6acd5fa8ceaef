package web

import (
	"context"
	"net/http"
)

// Fence stands between requests and a handler that may have to stop in the
// middle of its work, because another program took its place.
type Fence interface {
	// Begin fails where the request must not be worked on.
	Begin(r *http.Request) error
	// Answer fails where the handler's answer, with such a status, must not be
	// given: nobody may take for done what could be lost. It may wait for what
	// makes sure that it isn't.
	Answer(r *http.Request, status int) error
	// Ready fails where nothing would be worked on now.
	Ready(ctx context.Context) error
}

// readyBehind is ready, and fails where the fence would let nobody through: who
// asks /readyz is to go to the program that took this one's place.
func readyBehind(f Fence, ready func(context.Context) error) func(context.Context) error {
	if f == nil {
		return ready
	}
	return func(ctx context.Context) error {
		if err := f.Ready(ctx); err != nil || ready == nil {
			return err
		}
		return ready(ctx)
	}
}

// begins reports whether the request may be worked on.
func (g *guard) begins(r *http.Request) bool { return g.fence == nil || g.fence.Begin(r) == nil }

// fenced answers 503 in the place of an answer that must not be given.
func (a *answer) fenced(status int) bool {
	if a.fence == nil || a.asked {
		return false
	}
	if a.asked = true; a.fence.Answer(a.req, status) == nil {
		return false
	}
	clear(a.Header())
	a.refuse.away(a, a.req)
	a.deaf = true
	return true
}

// retryAfter is in how many seconds a client may come again that was sent away
// because another program takes over.
const retryAfter = "5"

// away says that the client should come again soon.
func (f refuser) away(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", retryAfter)
	f.write(w, r, http.StatusServiceUnavailable, "error.busy")
}

// Standby answers for a program that waits to take over: it lives (/healthz),
// it isn't ready (/readyz), and everything else is to be asked again soon.
func Standby(messages Messages) http.Handler {
	refuse := refuser{messages}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		read := r.Method == http.MethodGet || r.Method == http.MethodHead
		switch {
		case read && r.URL.Path == "/healthz":
			state(w, http.StatusOK, "ok\n")
		case read && r.URL.Path == "/readyz":
			state(w, http.StatusServiceUnavailable, "standby\n")
		default:
			w.Header().Set("Connection", "close") // the next answer is somebody else's
			refuse.away(w, r)
		}
	})
}
