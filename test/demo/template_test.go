package demo

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// A template of another day, or of hours ago, is filled anew: what it holds is
// dated from then.
func TestAnOldTemplateIsNotFresh(t *testing.T) {
	dir := t.TempDir()
	noon := time.Date(2026, 11, 25, 12, 0, 0, 0, time.Local)
	if fresh(dir, noon) {
		t.Error("a folder that nobody filled is fresh")
	}
	made := filepath.Join(dir, "demo.json")
	if err := os.WriteFile(made, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for at, want := range map[time.Time]bool{
		noon.Add(-time.Minute):                            true,
		noon.Add(-2 * time.Hour):                          false,
		time.Date(2026, 11, 24, 23, 50, 0, 0, time.Local): false,
	} {
		if err := os.Chtimes(made, at, at); err != nil {
			t.Fatal(err)
		}
		if got := fresh(dir, noon); got != want {
			t.Errorf("filled at %v, it is fresh: %v", at, got)
		}
	}
	midnight := time.Date(2026, 11, 25, 0, 10, 0, 0, time.Local)
	before := midnight.Add(-20 * time.Minute)
	if err := os.Chtimes(made, before, before); err != nil {
		t.Fatal(err)
	}
	if fresh(dir, midnight) {
		t.Error("a template of yesterday is fresh")
	}
}
