package node_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/node"
	"folje/internal/push"

	"github.com/pocketbase/pocketbase/core"
)

// Keys of push are added and dropped while all goes on: the node that did it
// serves again, and another one does with the same or with more.
func TestKeysRotate(t *testing.T) {
	w := newWorld(t)
	a := w.machine("")
	now := time.Now()
	rotate := func(dir string) {
		t.Helper()
		keys, err := push.OpenVAPID(dir)
		if err == nil {
			_, err = keys.Rotate(now)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	serving := func(app core.App, of *node.Writer) {
		t.Helper()
		if _, err := access.OpenKeys(app); err != nil {
			t.Fatal(err)
		}
		if _, err := push.OpenVAPID(app.DataDir()); err != nil {
			t.Fatal(err)
		}
		if err := of.NoteKeys(t.Context(), app); err != nil {
			t.Fatal(err)
		}
	}
	w.serves(a, serving)
	b := w.machine(a)
	rotate(a)
	w.serves(a, serving) // it was this node that changed them

	w.within = 5 * time.Second
	said, err := w.serve(b, nil, func(core.App, *node.Writer) { t.Error("it served without the new key") })
	if err != nil || !strings.Contains(said, filepath.Join(b, "keys", "vapid.json")) || strings.Contains(said, "/vapid.json/") {
		t.Errorf("%v %s", err, said)
	}
	w.within = time.Minute
	if err := os.RemoveAll(filepath.Join(b, "keys")); err != nil {
		t.Fatal(err)
	}
	w.copy(filepath.Join(a, "keys"), filepath.Join(b, "keys"))
	retire := func() {
		t.Helper()
		keys, err := push.OpenVAPID(a)
		if err != nil {
			t.Fatal(err)
		}
		dropped, err := keys.Retire(func(string) bool { return false }, now.AddDate(0, 0, 40))
		if err != nil || len(dropped) != 1 {
			t.Fatalf("%v %v", dropped, err)
		}
	}
	w.serves(a, serving)
	retire() // and nobody was told
	w.serves(a, serving)
	w.serves(b, serving) // which has more
}
