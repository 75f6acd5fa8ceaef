package backup_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"folje/internal/backup"
)

func TestOneFlippedByteAtAHundredPlacesIsRefused(t *testing.T) {
	w := newTown(t)
	w.devices(t, 20)
	made := w.backup(t, noon)
	if err := w.app.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(made.Path)
	if err != nil {
		t.Fatal(err)
	}
	places := rand.New(rand.NewPCG(1, 2))
	broken, refused := filepath.Join(t.TempDir(), "broken.tar.gz.age"), 0
	for i := range 100 {
		at := i // the header, then anywhere
		if i >= 30 {
			at = places.IntN(len(whole))
		}
		flip := byte(1 << places.IntN(8))
		whole[at] ^= flip
		writeFile(t, broken, string(whole))
		if _, err := backup.Restore(context.Background(), w.restoring(broken, w.app.DataDir())); err == nil {
			t.Fatalf("byte %d of %d was flipped, and nobody saw it", at, len(whole))
		}
		refused++
		whole[at] ^= flip
	}
	t.Logf("%d of 100 refused, archive of %d bytes", refused, len(whole))
	untouched(t, w)
}

// untouched checks that refused restores have left the folder alone.
func untouched(t *testing.T, w *town) {
	t.Helper()
	if left, _ := filepath.Glob(w.app.DataDir() + ".*"); len(left) != 0 {
		t.Errorf("refused, and left %v", left)
	}
	if n := count(t, openApp(t, w.app.DataDir()), "devices"); n != 20 {
		t.Errorf("%d devices", n)
	}
}

func TestShortenedArchiveIsRefused(t *testing.T) {
	w := newTown(t)
	made := w.backup(t, noon)
	if err := w.app.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(made.Path)
	if err != nil {
		t.Fatal(err)
	}
	short := filepath.Join(t.TempDir(), "short.tar.gz.age")
	for _, n := range []int{0, 1, 100, len(whole) / 2, len(whole) - 64<<10, len(whole) - 17, len(whole) - 1} {
		writeFile(t, short, string(whole[:max(n, 0)]))
		if _, err := backup.Restore(context.Background(), w.restoring(short, w.app.DataDir())); !errors.Is(err, backup.ErrDamaged) {
			t.Errorf("the first %d of %d bytes: %v", n, len(whole), err)
		}
	}
	writeFile(t, short, string(whole)+"x")
	if _, err := backup.Restore(context.Background(), w.restoring(short, w.app.DataDir())); !errors.Is(err, backup.ErrDamaged) {
		t.Errorf("with a byte behind: %v", err)
	}
}
