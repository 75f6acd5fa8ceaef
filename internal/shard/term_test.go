package shard

import (
	"testing"

	"folje/internal/push"
)

// A writer that does without a lease, after one that had one, is heard.
func TestAWriterWithoutALeaseIsHeard(t *testing.T) {
	w := newWorld(t)
	w.receive()
	w.employ(&scripted{}, nil)
	for n, term := range []uint64{7, 0, 7} {
		w.relay.cfg.Term = func() uint64 { return term }
		if got := w.send(t.Context(), service, n, 1); got[push.Delivered] != 1 {
			t.Errorf("term %d: %v", term, got)
		}
	}
}
