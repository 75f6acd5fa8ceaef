package backup

import (
	"archive/tar"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// cuts shortens a file as soon as something is written: its header, before
// its content is read.
type cuts struct{ name string }

func (c cuts) Write(b []byte) (int, error) { return len(b), os.Truncate(c.name, 3) }

// A file that loses bytes while it is archived is an error that says so, not an
// archive that doesn't fit its own list.
func TestAFileThatBecomesShorterIsRefused(t *testing.T) {
	name := filepath.Join(t.TempDir(), "vapid.json")
	if err := os.WriteFile(name, []byte("all of it"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := writeFile(t.Context(), tar.NewWriter(cuts{name}), name, "vapid.json", &Manifest{})
	if !errors.Is(err, errShorter) {
		t.Errorf("%v, want %v", err, errShorter)
	}
}
