package node

import (
	"context"
	"net/http"
	"strings"
)

// Barrier returns nil once nothing that was committed can be lost, as far as
// this node promises that: what it tells others must not run ahead of that.
func (w *Writer) Barrier(ctx context.Context) error {
	if w.Durable {
		if err := w.copy.Wait(ctx); err != nil {
			return err
		}
	}
	return w.lease.Holds()
}

// Ready fails where this node can't act as the writer.
func (w *Writer) Ready(context.Context) error { return w.lease.Holds() }

// Begin implements web.Fence.
func (w *Writer) Begin(r *http.Request) error {
	if !fromDatabase(r.URL.Path) {
		return nil
	}
	return w.lease.Holds()
}

// Answer implements web.Fence: a write is acknowledged, a feed given, and a
// phone refused, once what that says is in the replica and while the lease holds.
func (w *Writer) Answer(r *http.Request, status int) error {
	if !fromDatabase(r.URL.Path) || status >= http.StatusInternalServerError {
		return nil
	}
	if status != http.StatusNotModified && tells(r, status) {
		return w.Barrier(r.Context())
	}
	return w.lease.Holds()
}

// fromDatabase reports whether what is answered at the path is in the database.
func fromDatabase(path string) bool {
	return strings.HasPrefix(path, "/api/") || path == "/plain" || strings.HasPrefix(path, "/plain/")
}

// tells reports whether the answer to r says something that must stay true. A
// phone that is told that it is shut out drops what it has.
func tells(r *http.Request, status int) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict, http.StatusGone:
		return strings.HasPrefix(r.URL.Path, "/api/folje/v1/")
	}
	if status >= http.StatusBadRequest {
		return false
	}
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return strings.HasPrefix(r.URL.Path, "/api/folje/v1/feeds/") || !strings.HasPrefix(r.URL.Path, "/api/")
	case http.MethodOptions:
		return false
	}
	return true
}
