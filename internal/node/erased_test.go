package node_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"folje/internal/cluster"
	"folje/internal/node"

	"github.com/pocketbase/pocketbase/core"
)

// What was erased before there were nodes is known to all of them.
func TestEarlierErasuresAreTold(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	known := func() uint64 {
		t.Helper()
		stream, err := w.conn.JS.Stream(ctx, cluster.Erased)
		if err != nil {
			t.Fatal(err)
		}
		return stream.CachedInfo().State.LastSeq
	}
	w.serves(a, func(_ core.App, of *node.Writer) {
		journal := `{"kind":"device","mark":"before","day":"2025-01-01"}` + "\n" + `{"kind":"device","mark":"later","day":"2026-01-01"}` + "\n"
		if err := os.WriteFile(filepath.Join(a, "erasures.log"), []byte(journal), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := w.conn.Publish(ctx, cluster.NewMsg(cluster.ErasedOf("later"), 1, "", nil)); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := of.TellErased(ctx); err != nil || known() != 2 {
				t.Errorf("%v, %d were told", err, known())
			}
		}
	})
	b := w.machine(a)
	w.serves(b, func(core.App, *node.Writer) {})
	raw, err := os.ReadFile(filepath.Join(b, "erasures.log"))
	if err != nil || len(raw) == 0 {
		t.Errorf("%q %v", raw, err)
	}
}
