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
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		return nil
	}
	return w.lease.Holds()
}

// Answer implements web.Fence: a write is acknowledged, and a feed given, once
// it is in the replica and while the lease holds.
func (w *Writer) Answer(r *http.Request, status int) error {
	if !strings.HasPrefix(r.URL.Path, "/api/") || status >= http.StatusInternalServerError {
		return nil
	}
	if status < http.StatusBadRequest && status != http.StatusNotModified && tells(r) {
		return w.Barrier(r.Context())
	}
	return w.lease.Holds()
}

// tells reports whether the answer to r says something that must stay true.
func tells(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead:
		return strings.HasPrefix(r.URL.Path, "/api/folje/v1/feeds/")
	case http.MethodOptions:
		return false
	}
	return true
}
