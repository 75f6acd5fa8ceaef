package node_test

import (
	"encoding/json"
	"strings"
	"testing"

	"folje/internal/lease"
	"folje/internal/node"

	"github.com/pocketbase/pocketbase/core"
)

// What the lease says of the last writer decides on the epoch, and on whether
// its copy is good enough at all.
func TestTheEpochIsNewWhereSomethingCouldBeMissing(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	epoch := ""
	w.serves(a, func(app core.App, _ *node.Writer) { w.add(app, "kept"); epoch = w.epoch(app) })
	bucket, err := w.conn.LeaseBucket(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	term := uint64(1)
	for _, c := range []struct {
		name    string
		note    lease.Note
		same    bool
		refused string
	}{
		{"durable and killed", lease.Note{Durable: true}, true, ""},
		{"in good order", lease.Note{Clean: true, Position: 1}, true, ""},
		{"killed", lease.Note{}, false, ""},
		{"durable, and the copy is older than what was acknowledged", lease.Note{Durable: true, Position: 1e9}, false, "older"},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.note.Replica = term
			raw, err := json.Marshal(lease.Value{V: 1, Term: term + 10, Holder: "gone", Free: true, Note: c.note})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := bucket.Put(t.Context(), "writer", raw); err != nil {
				t.Fatal(err)
			}
			now := ""
			said, err := w.serve(w.machine(a), nil, func(app core.App, of *node.Writer) {
				now, term = w.epoch(app), of.Term()
				if !w.has(app, "kept") {
					t.Error("it lost what was there")
				}
			})
			switch {
			case c.refused != "":
				if now != "" || err == nil || !strings.Contains(err.Error(), c.refused) {
					t.Errorf("%v %s", err, said)
				}
				return
			case err != nil:
				t.Fatal(err, said)
			case (now == epoch) != c.same:
				t.Errorf("epoch %s after %s", now, epoch)
			}
			epoch = now
		})
	}
}
