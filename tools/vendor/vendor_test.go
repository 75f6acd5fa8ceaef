package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestVendoredFilesAreWhatTheManifestSays(t *testing.T) {
	if err := Check("../.."); err != nil {
		t.Fatal(err)
	}
}

func TestCheckNamesAChangedFile(t *testing.T) {
	root := t.TempDir()
	m := &Manifest{Packages: []Package{{Package: "a", Version: "1", Files: []File{{To: "a.js", SHA256: sum([]byte("one"))}}}}}
	if err := os.MkdirAll(filepath.Join(root, "tools/vendor"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := save(root, m); err != nil {
		t.Fatal(err)
	}
	if _, err := write(root, "a.js", []byte("two")); err != nil {
		t.Fatal(err)
	}
	if err := Check(root); err == nil || !strings.Contains(err.Error(), "a.js differs from a 1") {
		t.Fatalf("want the changed file named, got %v", err)
	}
}
