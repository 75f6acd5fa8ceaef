package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime"
	"runtime/debug"
	"strings"
	"unicode"
	"unicode/utf8"
)

// guard stands around a handler and keeps these promises for it, whatever the
// handler does:
//
//   - what a handler left of a body is never taken for the next request;
//   - HEAD ends;
//   - a body over the limit, and a path that can't be one, get 4xx;
//   - every answer carries the security headers;
//   - a panic becomes a 500 in the caller's language, or, where the answer has
//     begun, a broken connection, so that half an answer never looks whole;
//   - the request's RemoteAddr is the client's, not a trusted proxy's, and in
//     public no more of an IPv6 address than its /64.
type guard struct {
	next    http.Handler
	refuse  refuser
	proxies []netip.Prefix
	log     *slog.Logger
	headers func(*http.Request, http.Header)
	limit   func(path string) int64 // in bytes; nil leaves it to the handler
	admin   bool                    // requests come from the administrators' listener
	fast    Quick                   // nil for none
	fixed   http.Header             // what headers says of fast's answers
	fence   Fence                   // nil for none
	told    func(path string, status int)
}

func (g *guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if g.quick(w, r) {
		return
	}
	ctx, cancel := context.WithCancel(withAdmin(r.Context(), g.admin))
	defer cancel()
	// The copy is what makes the promise about bodies possible: PocketBase puts
	// its own reader into the request it gets, and net/http, finding a stranger
	// there, no longer knows that the body was not read and takes the rest of
	// it for the next request.
	req := r.WithContext(ctx)
	req.RemoteAddr = clientAddr(r, g.proxies)
	if !g.admin { // an administrator's may be on PocketBase's list of addresses
		req.RemoteAddr = household(req.RemoteAddr)
	}
	body := g.follow(w, req)
	a := &answer{ResponseWriter: w, req: req, body: body, headers: g.headers, refuse: g.refuse, fence: g.fence, told: g.told, cancel: cancel}
	defer g.finish(a)

	switch {
	case malformed(req.URL.Path):
		g.refuse.write(a, req, http.StatusBadRequest, "error.request")
	case body.over:
		g.refuse.write(a, req, http.StatusRequestEntityTooLarge, "error.too_large")
	case !g.begins(req):
		a.asked = true
		g.refuse.away(a, req)
	default:
		g.next.ServeHTTP(a, req)
	}
}

// finish ends the answer after the handler returned or panicked.
func (g *guard) finish(a *answer) {
	defer removeUploads(a.req)
	cause := recover()
	if cause == nil {
		a.commit(http.StatusOK)
		return
	}
	if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
		panic(http.ErrAbortHandler)
	}
	g.log.Error("recover from panic", "route", a.req.Pattern, "panic", describe(cause), "stack", string(debug.Stack()))
	if a.status != 0 {
		panic(http.ErrAbortHandler)
	}
	clear(a.Header())
	g.refuse.write(a, a.req, http.StatusInternalServerError, "error.internal")
}

// describe names a panic without what the caller sent: the runtime's own
// errors carry no data, of all others only the type is told.
func describe(cause any) string {
	if err, ok := cause.(runtime.Error); ok {
		return err.Error()
	}
	return fmt.Sprintf("%T", cause)
}

// removeUploads does for the copied request what net/http does for its own.
func removeUploads(r *http.Request) {
	if r.MultipartForm != nil {
		_ = r.MultipartForm.RemoveAll()
	}
}

// malformed reports whether a decoded path can't belong to anything here.
func malformed(path string) bool {
	if !strings.HasPrefix(path, "/") || !utf8.ValidString(path) {
		return true
	}
	return strings.ContainsFunc(path, func(c rune) bool { return unicode.IsControl(c) || c == '\\' })
}
