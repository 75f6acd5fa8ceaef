package node_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"folje/internal/app"
	"folje/internal/cluster"
	"folje/internal/cluster/clustertest"
	"folje/internal/node"

	"github.com/pocketbase/pocketbase/core"
)

// world is where nodes live: NATS, and a folder for copies.
type world struct {
	*testing.T
	nats   *clustertest.Servers
	conn   *cluster.Conn
	copies string
	within time.Duration // for which a node waits for its turn
}

func newWorld(t *testing.T) *world {
	s := clustertest.Start(t, 1)
	return &world{T: t, nats: s, conn: s.Dial(t), copies: "file://" + filepath.Join(t.TempDir(), "copies"), within: 3 * time.Minute}
}

// machine is a data folder.
func (w *world) machine(keysOf string) string {
	w.Helper()
	dir := filepath.Join(w.TempDir(), "data")
	if keysOf != "" {
		w.copy(filepath.Join(keysOf, "keys"), filepath.Join(dir, "keys"))
	}
	return dir
}

// copy copies a folder; what lies in it is for its owner only.
func (w *world) copy(from, to string) {
	w.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		w.Fatal(err)
	}
	err := filepath.WalkDir(to, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return os.Chmod(path, 0o600)
	})
	if err != nil {
		w.Fatal(err)
	}
}

// turn is what happens while a node serves.
type turn func(a core.App, w *node.Writer)

// serve runs a node until it has done its turn, and gives what it said.
func (w *world) serve(dir string, change func(*node.Config), do turn) (said string, err error) {
	w.Helper()
	ctx, cancel := context.WithTimeout(w.Context(), w.within)
	defer cancel()
	var mu sync.Mutex
	var out bytes.Buffer
	write := writer(func(p []byte) { mu.Lock(); defer mu.Unlock(); out.Write(p) })
	c := node.Config{
		Name: filepath.Base(filepath.Dir(dir)), Dir: dir, Replica: w.copies, Durable: true, Conn: w.conn,
		HTTP: "127.0.0.1:0", Standby: http.NotFoundHandler(), Log: slog.New(slog.NewTextHandler(write, nil)),
		Say: func(line string) { fmt.Fprintln(write, line) },
		Serve: func(ctx context.Context, of *node.Writer) error {
			defer cancel()
			a, err := app.OpenReplicated(dir)
			if err != nil {
				return err
			}
			defer func() { _ = a.ResetBootstrapState() }()
			if err := of.Opened(ctx, a); err != nil {
				return err
			}
			do(a, of)
			return nil
		},
	}
	c.Hurry(5*time.Second, time.Second)
	if change != nil {
		change(&c)
	}
	err = node.Run(ctx, c)
	mu.Lock()
	defer mu.Unlock()
	return out.String(), err
}

type writer func([]byte)

func (f writer) Write(p []byte) (int, error) { f(p); return len(p), nil }

func (w *world) serves(dir string, do turn) string {
	w.Helper()
	done := false
	said, err := w.serve(dir, nil, func(a core.App, of *node.Writer) { done = true; do(a, of) })
	if err != nil || !done {
		w.Fatalf("it did not serve: %v\n%s", err, said)
	}
	return said
}

func (w *world) add(a core.App, what string) {
	w.Helper()
	if _, err := a.DB().NewQuery("INSERT INTO _params (id, value) VALUES ({:id}, '1')").Bind(map[string]any{"id": what}).Execute(); err != nil {
		w.Fatal(err)
	}
}

func (w *world) has(a core.App, what string) bool {
	w.Helper()
	n := 0
	if err := a.DB().NewQuery("SELECT count(*) FROM _params WHERE id = {:id}").Bind(map[string]any{"id": what}).Row(&n); err != nil {
		w.Fatal(err)
	}
	return n == 1
}

func (w *world) epoch(a core.App) string {
	w.Helper()
	r, err := a.FindFirstRecordByData("settings", "name", "epoch")
	if err != nil {
		w.Fatal(err)
	}
	return r.GetString("value")
}
