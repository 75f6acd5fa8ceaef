package web

import (
	"errors"
	"io"
	"net/http"
	"strings"

	"folje/internal/pattern"
)

// recordings matches where a letter read aloud is sent to.
var recordings = pattern.Of(`^/api/folje/v1/staff/letters/[A-Za-z0-9_-]{1,100}/recordings/[A-Za-z-]{1,16}$`)

// attachments matches where a letter's pictures and files are sent to.
var attachments = pattern.Of(`^/api/folje/v1/staff/letters/[A-Za-z0-9_-]{1,100}/attachments/[A-Za-z0-9_-]{1,100}$`)

// bodyLimit is the largest body a public path takes, in bytes.
func bodyLimit(path string) int64 {
	if recordings.MatchString(path) {
		return 21 << 20 // package recording has the exact one
	}
	if attachments.MatchString(path) {
		return 6 << 20 // package attachment has the exact one
	}
	if path == "/api/folje/v1/staff/admin/import" || path == "/api/folje/v1/staff/question" || path == "/api/folje/v1/staff/admin/logo" {
		return 1 << 20 // packages municipality and question have the exact ones
	}
	if strings.HasPrefix(path, "/api/collections/") {
		return 1 << 20 // a letter's draft with all its blocks
	}
	return 64 << 10
}

// body follows how much of a request's body was read.
type body struct {
	rc    io.ReadCloser
	size  int64 // as announced, -1 if it wasn't
	begun bool  // the handler took an interest
	ended bool  // nothing of it is left on the wire
	over  bool  // it is larger than the limit
	lost  bool  // reading it failed, and will again
}

// follow puts a followed, limited body into req, which must be a copy of the
// request that net/http holds.
func (g *guard) follow(w http.ResponseWriter, req *http.Request) *body {
	b := &body{rc: req.Body, size: req.ContentLength}
	if req.Body == nil || req.Body == http.NoBody {
		b.ended = true
		return b
	}
	if g.limit != nil {
		limit := g.limit(req.URL.Path)
		b.over = b.size > limit
		b.rc = http.MaxBytesReader(w, req.Body, limit)
	}
	req.Body = b
	return b
}

// Read reads on, and remembers the end.
func (b *body) Read(p []byte) (int, error) {
	b.begun = true
	n, err := b.rc.Read(p)
	var over *http.MaxBytesError
	switch {
	case err == io.EOF:
		b.ended = true
	case errors.As(err, &over):
		b.over = true
	case err != nil:
		b.lost = true
	}
	return n, err
}

// Close does nothing: net/http closes the body itself after the answer is
// sent, and doing so before would wait for a slow client.
func (b *body) Close() error { return nil }

// whole reports whether the body is off the wire. A body in chunks ends with a
// chunk of its own, which a decoder that has its value doesn't ask for: one
// more read finds it.
func (b *body) whole() bool {
	if !b.ended && b.begun && b.size < 0 && !b.over && !b.lost {
		_, _ = b.Read(make([]byte, 1))
	}
	return b.ended
}
