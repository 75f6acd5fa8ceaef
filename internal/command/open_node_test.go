package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"folje/internal/folder"
)

// What is done to the database of a node that doesn't write would be lost with
// the next takeover.
func TestANodesFolderIsUsedBesideItsWriterOnly(t *testing.T) {
	dir, to := filepath.Join(t.TempDir(), "data"), t.TempDir()
	_, public := keyFile(t)
	mustRun(t, "superuser", "root@example.org", "--dir", dir)
	note := func(text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, "node.json"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	refused := func(args ...string) {
		t.Helper()
		if code, out := run(t, append(args, "--dir", dir)...); code != 1 || !strings.Contains(out, "on the one that does") {
			t.Errorf("%v: %d %s", args, code, out)
		}
	}
	backup := []string{"backup", "--to", to, "--recipient", public}
	note(`{"v":1,"term":3}`)
	refused("superuser", "root@example.org")
	refused("push", "status")
	refused("serve", "--http", freeAddress(t), "--admin", "off")
	refused(backup...)
	mustRun(t, "push", "rotate", "--dir", dir)

	hold, err := folder.Serve(dir) // as the writer does
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = hold.Release() }()
	mustRun(t, "superuser", "root@example.org", "--dir", dir)
	mustRun(t, append(backup, "--dir", dir)...)
	note(`{"v":1,"term":3,"taking":5}`) // while it takes over
	refused("superuser", "root@example.org")
}
