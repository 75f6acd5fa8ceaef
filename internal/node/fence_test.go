package node_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/lease"
	"folje/internal/node"

	"github.com/pocketbase/pocketbase/core"
)

// What the database says is told by the writer only, and once it is in the
// replica where somebody could act on it.
func TestWhatIsFenced(t *testing.T) {
	w := newWorld(t)
	bucket, err := w.conn.LeaseBucket(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	asks := []struct {
		path         string
		status       int
		waits, holds bool // for the replica; for the lease alone
	}{
		{"/api/folje/v1/feeds/g1", http.StatusOK, true, true},
		{"/api/folje/v1/feeds/g1", http.StatusUnauthorized, true, true},
		{"/api/folje/v1/feeds/g1", http.StatusForbidden, true, true},
		{"/api/folje/v1/feeds/g1", http.StatusTooManyRequests, false, true},
		{"/api/folje/v1/hello", http.StatusOK, false, true},
		{"/plain", http.StatusOK, true, true},
		{"/plain/letter/1", http.StatusNotFound, false, true},
		{"/plainly.js", http.StatusOK, false, false},
		{"/app.js", http.StatusOK, false, false},
	}
	_, err = w.serve(w.machine(""), nil, func(app core.App, of *node.Writer) {
		copies := strings.TrimPrefix(w.copies, "file://")
		if err := of.Barrier(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(copies, copies+"-away"); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(copies, nil, 0o600); err != nil { // nothing can be copied
			t.Fatal(err)
		}
		w.add(app, "not copied")
		for _, a := range asks {
			r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, a.path, nil)
			if err := errors.Join(of.Begin(r), of.Answer(r, a.status)); (err != nil) != a.waits {
				t.Errorf("%s %d, not copied: %v", a.path, a.status, err)
			}
		}
		if err := errors.Join(os.Remove(copies), os.Rename(copies+"-away", copies)); err != nil {
			t.Fatal(err)
		}
		if _, err := bucket.Put(t.Context(), "writer", []byte(`{"v":1,"term":9,"holder":"b","instance":"other","millis":10000}`)); err != nil {
			t.Fatal(err)
		}
		<-of.Lost()
		if of.Ready(t.Context()) == nil {
			t.Error("it is ready beside its successor")
		}
		for _, a := range asks {
			r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, a.path, nil)
			if (of.Begin(r) != nil) != a.holds || (of.Answer(r, a.status) != nil) != a.holds {
				t.Errorf("%s %d beside its successor: %v, %v", a.path, a.status, of.Begin(r), of.Answer(r, a.status))
			}
		}
	})
	if !errors.Is(err, lease.ErrTaken) {
		t.Errorf("%v", err)
	}
}

// NATS loses its disks while a writer serves: nobody has to start anything again.
func TestNATSMayForgetWhileANodeServes(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	_, err := w.serve(a, nil, func(app core.App, of *node.Writer) {
		w.add(app, "kept")
		for _, s := range cluster.Streams(1) {
			if err := w.conn.JS.DeleteStream(t.Context(), s.Name); err != nil {
				t.Fatal(err)
			}
		}
		select {
		case <-of.Lost():
		case <-time.After(time.Minute):
			t.Error("it still takes the lease for its own")
		}
	})
	if !errors.Is(err, lease.ErrTaken) {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	if _, err := w.conn.JS.Stream(ctx, cluster.Feeds); err != nil {
		t.Error(err)
	}
	w.serves(a, func(app core.App, _ *node.Writer) {
		if !w.has(app, "kept") {
			t.Error("it lost what it had")
		}
	})
}
