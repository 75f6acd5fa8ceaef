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

func TestCheckNamesAChangedBundle(t *testing.T) {
	root := t.TempDir()
	file := func(to string) File { return File{To: to, SHA256: sum([]byte(to))} }
	m := &Manifest{Bundles: []Bundle{{Folder: "b", Script: file("b.js"), Types: file("b.d.ts"), Licence: file("LICENSE")}}}
	if err := os.MkdirAll(filepath.Join(root, "tools/vendor"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := save(root, m); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"b.js", "b.d.ts", "LICENSE"} {
		if _, err := write(root, name, []byte(name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := Check(root); err != nil {
		t.Fatalf("what was vendored is refused: %v", err)
	}
	if _, err := write(root, "b.js", []byte("another")); err != nil {
		t.Fatal(err)
	}
	if err := Check(root); err == nil || !strings.Contains(err.Error(), "b.js differs from b") {
		t.Fatalf("want the changed script named, got %v", err)
	}
}

// The encryption runs under the app's policy, which lets no script make another.
func TestTheEncryptionMakesNoScripts(t *testing.T) {
	b, err := os.ReadFile("../../public/vendor/age-encryption/age.js")
	if err != nil {
		t.Fatal(err)
	}
	for _, made := range []string{"WebAssembly", "eval(", "Function(", "import(", "innerHTML", "importScripts"} {
		if strings.Contains(string(b), made) {
			t.Errorf("it has %s", made)
		}
	}
}

func TestPackageOf(t *testing.T) {
	for name, want := range map[string]string{
		"entry.js": "", "node_modules/a/b/c.js": "node_modules/a", "node_modules/@x/a/c.js": "node_modules/@x/a",
		"node_modules/a/node_modules/@x/b/c.js": "node_modules/a/node_modules/@x/b",
	} {
		if got := packageOf(name); got != want {
			t.Errorf("%s belongs to %q, want %q", name, got, want)
		}
	}
}
