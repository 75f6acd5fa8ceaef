package demo

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// The build that tests share is made anew when the program changed, and whoever
// runs the one before goes on with that.
func TestSharedBuildIsNeverStale(t *testing.T) {
	root := module(t)
	first, second, third := filepath.Join(t.TempDir(), "folje"), filepath.Join(t.TempDir(), "folje"), filepath.Join(t.TempDir(), "folje")
	writeProgram(t, root, "one")
	for _, binary := range []string{first, second} {
		if err := share(t.Context(), root, ".", binary); err != nil {
			t.Fatal(err)
		}
	}
	if !same(t, first, second) {
		t.Error("what is up to date was built again")
	}
	writeProgram(t, root, "two")
	if err := share(t.Context(), root, ".", third); err != nil {
		t.Fatal(err)
	}
	for binary, want := range map[string]string{first: "one", second: "one", third: "two"} {
		said, err := exec.CommandContext(t.Context(), binary).CombinedOutput()
		if got := strings.TrimSpace(string(said)); err != nil || got != want {
			t.Errorf("the program says %q, %v, want %q", got, err, want)
		}
	}
}

// module is the folder of a module, with a cache of the user's that is empty
// except for what the compiler keeps.
func module(t *testing.T) string {
	t.Helper()
	kept, err := exec.CommandContext(t.Context(), "go", "env", "GOCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOCACHE", strings.TrimSpace(string(kept)))
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	root := t.TempDir()
	if err := os.WriteFile(filepath.Join(root, "go.mod"), []byte("module program\n\ngo 1.26\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return root
}

func writeProgram(t *testing.T, root, says string) {
	t.Helper()
	source := "package main\n\nfunc main() { println(\"" + says + "\") }\n"
	if err := os.WriteFile(filepath.Join(root, "main.go"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, one, other string) bool {
	t.Helper()
	a, err := os.Stat(one)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.Stat(other)
	if err != nil {
		t.Fatal(err)
	}
	return os.SameFile(a, b)
}
