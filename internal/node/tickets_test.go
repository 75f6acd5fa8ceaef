package node

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"folje/internal/ticket"
)

// Where the keys of tickets differ, every phone would come at once after a
// takeover; the node whose own they are may make them anew.
func TestTheKeysOfTicketsAreTheSame(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	for _, dir := range []string{a, b} {
		if _, err := ticket.Open(dir); err != nil {
			t.Fatal(err)
		}
	}
	want, err := fingerprints(a)
	if err != nil {
		t.Fatal(err)
	}
	if err := sameKeys(b, want, false); !errors.Is(err, ErrKeys) || !strings.Contains(err.Error(), filepath.Join(b, "keys", "ticket.key")) {
		t.Error(err)
	}
	if err := sameKeys(b, want, true); err != nil {
		t.Error(err)
	}
	if err := os.CopyFS(filepath.Join(b, "copied"), os.DirFS(a)); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(ticket.File(filepath.Join(b, "copied")), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := ticket.Rotate(filepath.Join(b, "copied")); err != nil { // it has more
		t.Fatal(err)
	}
	if err := sameKeys(filepath.Join(b, "copied"), want, false); err != nil {
		t.Error(err)
	}
}
