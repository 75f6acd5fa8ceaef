package web

import (
	"net/http"
	"runtime/debug"
)

// Quick answers a request from memory, without PocketBase: status, header and
// body, which stay its own and are only read. It reports false where it has no
// answer; the request then goes the ordinary way, as if nobody had asked.
//
// It is asked for GET without a body on a well-formed path, with the request as
// net/http made it: RemoteAddr is the connection's, and there may be a proxy
// behind it.
type Quick func(r *http.Request) (status int, header http.Header, body []byte, ok bool)

// quick answers where the listener's Quick can. What makes the ordinary way
// cost more than the answer itself, the guard's copies and followed bodies, is
// for promises that hold here by themselves: nothing reads the body, because
// there is none, nobody streams, and nothing is written before all is known.
func (g *guard) quick(w http.ResponseWriter, r *http.Request) (done bool) {
	if g.fast == nil || r.Method != http.MethodGet || r.Body != http.NoBody || malformed(r.URL.Path) {
		return false
	}
	status, header, body, ok := g.askQuick(r)
	if !ok || g.fence != nil && g.fence.Answer(r, status) != nil { // the ordinary way says why
		return false
	}
	h := w.Header()
	for name, values := range header {
		h[name] = values[:len(values):len(values)]
	}
	for name, values := range g.fixed {
		if _, set := h[name]; !set || name != "Cache-Control" {
			h[name] = values[:len(values):len(values)]
		}
	}
	if g.told != nil {
		g.told(r.URL.Path, status)
	}
	w.WriteHeader(status)
	if len(body) > 0 {
		writeWhole(w, r, body)
	}
	return true
}

// askQuick keeps a panic from the client: the ordinary way answers, and if it
// panics too, says so.
func (g *guard) askQuick(r *http.Request) (status int, header http.Header, body []byte, ok bool) {
	defer func() {
		if cause := recover(); cause != nil {
			g.log.Error("recover from panic", "route", "quick", "panic", describe(cause), "stack", string(debug.Stack()))
			ok = false
		}
	}()
	return g.fast(r)
}

// ofDocuments are headers that say how a page may behave, or be framed. An
// answer that is data, and can't be taken for anything else because of nosniff,
// needs none of them; its own policy lets nothing run or frame it.
var ofDocuments = []string{"Permissions-Policy", "X-Frame-Options", "Cross-Origin-Opener-Policy", "Referrer-Policy"}

// dataPolicy is the Content-Security-Policy of such an answer.
const dataPolicy = "default-src 'none'; frame-ancestors 'none'"

// fixedHeaders are the security headers that every quick answer carries. They
// are few because a phone asks all the time, and each costs both sides.
func fixedHeaders(headers func(*http.Request, http.Header)) (http.Header, error) {
	probe, err := http.NewRequest(http.MethodGet, own, nil)
	if err != nil {
		return nil, err
	}
	h := http.Header{}
	headers(probe, h)
	for _, name := range ofDocuments {
		h.Del(name)
	}
	if h.Get("Content-Security-Policy") != "" {
		h.Set("Content-Security-Policy", dataPolicy)
	}
	return h, nil
}
