package command

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Edges and workers that have heard of a lease don't believe who has none.
func TestServeDoesNotShareANodesFolder(t *testing.T) {
	dir := t.TempDir()
	mark := filepath.Join(dir, "node.json")
	if err := os.WriteFile(mark, []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	code := Run(context.Background(), []string{"serve", "--dir", dir, "--nats", "nats://127.0.0.1:1"}, Files{}, io.Discard, &said)
	if code == 0 || !strings.Contains(said.String(), "folje node") {
		t.Errorf("it ended with %d: %s", code, said.String())
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("it began with %v, %v", files, err)
	}
}
