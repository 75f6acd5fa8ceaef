package node_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"folje/internal/app"
	"folje/internal/cluster/clustertest"
	"folje/internal/lease"
	"folje/internal/node"

	"github.com/pocketbase/pocketbase/core"
)

// says has NATS say that of the last writer.
func (w *world) says(v lease.Value) {
	w.Helper()
	if err := w.conn.Declare(w.Context()); err != nil {
		w.Fatal(err)
	}
	bucket, err := w.conn.LeaseBucket(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	v.V, v.Free = 1, true
	raw, err := json.Marshal(v)
	if err == nil {
		_, err = bucket.Put(w.Context(), "writer", raw)
	}
	if err != nil {
		w.Fatal(err)
	}
}

// folder is where a term's copy lies; "" is where all lie.
func (w *world) folder(term string) string {
	return filepath.Join(strings.TrimPrefix(w.copies, "file://"), term)
}

// cut takes the copies away, until the test calls what it gives.
func (w *world) cut() (back func()) {
	w.Helper()
	at := w.folder("")
	if err := errors.Join(os.Rename(at, at+".away"), os.WriteFile(at, nil, 0o600)); err != nil {
		w.Fatal(err)
	}
	return func() {
		w.Helper()
		if err := errors.Join(os.Remove(at), os.Rename(at+".away", at)); err != nil {
			w.Fatal(err)
		}
	}
}

// NATS lost what it knew, and who took the lease then didn't come to an end: the
// newest copy counts still, and not what happens to lie in the data folder.
func TestATakeoverMayBeInterruptedAfterNATSForgot(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	w.serves(a, func(app core.App, _ *node.Writer) { w.add(app, "first") })
	w.serves(w.machine(a), func(app core.App, _ *node.Writer) { w.add(app, "second") })
	w.conn = clustertest.Start(t, 1).Dial(t)
	w.says(lease.Value{Term: 10, Holder: filepath.Base(filepath.Dir(a))})
	w.serves(a, func(app core.App, _ *node.Writer) {
		if !w.has(app, "second") {
			t.Error("it took an old database for the truth")
		}
	})
}

// Who knows that there were copies doesn't begin with what it has where it
// finds none.
func TestACopyThatIsntFoundIsMissed(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	w.serves(a, func(app core.App, _ *node.Writer) { w.add(app, "first") })
	if err := os.Rename(w.folder("term-000000000001"), w.folder("term-000000000050")); err != nil {
		t.Fatal(err)
	}
	w.conn = clustertest.Start(t, 1).Dial(t)
	_, err := w.serve(a, nil, func(core.App, *node.Writer) { t.Error("it served") })
	if err == nil || !strings.Contains(err.Error(), "no copy of any term") {
		t.Errorf("%v", err)
	}
}

func TestNoFormerCopyIsForgotten(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	w.serves(a, func(app core.App, _ *node.Writer) { w.add(app, "kept") })
	w.copy(w.folder("term-000000000001"), w.folder("term-000000000003")) // which was begun, and never told of
	w.says(lease.Value{Term: 4, Holder: "b", Note: lease.Note{Replica: 1, Durable: true}})
	w.serves(a, func(_ core.App, of *node.Writer) {
		if err := of.ForgetOld(t.Context()); err != nil {
			t.Error(err)
		}
		left, err := filepath.Glob(w.folder("term-*/*/*/*"))
		if err != nil || len(left) == 0 {
			t.Errorf("%v %v", left, err)
		}
		for _, name := range left {
			if !strings.Contains(name, "term-000000000005") {
				t.Errorf("left: %s", name)
			}
		}
	})
}

func TestAnAdoptionThatWasInterruptedGoesOn(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	w.serves(a, func(app core.App, _ *node.Writer) { w.add(app, "copied") })
	b := w.machine(a)
	other, err := app.Open(b)
	if err != nil {
		t.Fatal(err)
	}
	w.add(other, "brought back")
	if err := other.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	back := func() {}
	_, err = w.serve(b, func(c *node.Config) {
		c.Adopt, c.Within = true, 2*time.Second
		c.Say = func(line string) {
			if strings.Contains(line, "Took the lease") {
				back = w.cut()
			}
		}
	}, func(core.App, *node.Writer) { t.Error("it served") })
	if back(); err == nil {
		t.Fatal("it began a copy where there can be none")
	}
	adopt := func(c *node.Config) { c.Adopt = true }
	for i, change := range []func(*node.Config){nil, adopt} {
		said, err := w.serve(b, change, func(app core.App, _ *node.Writer) {
			if !w.has(app, "brought back") || w.has(app, "copied") {
				t.Errorf("%d: the database was thrown away", i)
			}
		})
		if err != nil || strings.Contains(said, "Restored") {
			t.Fatalf("%d: %v %s", i, err, said)
		}
	}
}

func TestATakeoverEndsWithItsTime(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	w.serves(a, func(core.App, *node.Writer) {})
	back := func() {}
	_, err := w.serve(w.machine(a), func(c *node.Config) {
		c.Within = 2 * time.Second
		c.Say = func(line string) {
			if strings.Contains(line, "Took the lease") {
				back = w.cut()
			}
		}
	}, func(core.App, *node.Writer) { t.Error("it served") })
	back()
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

// A term that was begun and that nobody was told of leaves no mark: what the
// term before wrote is still here.
func TestATermThatWasNeverDeclaredLeavesNoMark(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	w.serves(a, func(app core.App, _ *node.Writer) { w.add(app, "kept") })
	_, err := w.serve(a, func(c *node.Config) {
		c.Within = 3 * time.Second
		serve := c.Serve
		c.Serve = func(ctx context.Context, of *node.Writer) error { w.nats.Kill(0); return serve(ctx, of) }
	}, func(core.App, *node.Writer) { t.Error("it served") })
	if w.nats.Restart(0); err == nil {
		t.Fatal("nobody was told")
	}
	said := w.serves(a, func(core.App, *node.Writer) {})
	if strings.Contains(said, "Restored") {
		t.Error(said)
	}
}
