package backup_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"folje/internal/access"
	"folje/internal/app"
	"folje/internal/apptest"
	"folje/internal/backup"

	"filippo.io/age"
	"github.com/pocketbase/pocketbase/core"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// town is a data folder in use, and a folder for its archives.
type town struct {
	app core.App
	to  string
	key *age.X25519Identity
}

func newTown(t *testing.T) *town {
	t.Helper()
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	return &town{openApp(t, filepath.Join(t.TempDir(), "data")), filepath.Join(t.TempDir(), "archives"), key}
}

func openApp(t *testing.T, dir string) core.App {
	t.Helper()
	a, err := app.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = a.ResetBootstrapState() })
	return a
}

func (w *town) backup(t *testing.T, at time.Time) *backup.Made {
	t.Helper()
	made, err := backup.Create(context.Background(), w.options(at))
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func (w *town) options(at time.Time) backup.Options {
	return backup.Options{Dir: w.app.DataDir(), To: w.to, Recipients: []age.Recipient{w.key.Recipient()}, Build: "test", Now: at}
}

// restore closes the app, restores the archive over its folder, and opens it
// again.
func (w *town) restore(t *testing.T, archive string) *backup.Restored {
	t.Helper()
	if err := w.app.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	restored, err := backup.Restore(context.Background(), w.restoring(archive, w.app.DataDir()))
	if err != nil {
		t.Fatal(err)
	}
	w.app = openApp(t, w.app.DataDir())
	return restored
}

func (w *town) restoring(archive, dir string) backup.RestoreOptions {
	return backup.RestoreOptions{Archive: archive, Dir: dir, Identities: []age.Identity{w.key}, Open: app.Open, Now: noon.Add(time.Hour)}
}

// devices saves n phones that follow a new group.
func (w *town) devices(t *testing.T, n int) []string {
	t.Helper()
	group := apptest.MustGroup(t, w.app, apptest.MustUnit(t, w.app, "Björken"), "Blåklockan")
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprintf("00000000-0000-4000-8000-%012d", i)
		device := apptest.MustRecord(t, w.app, "devices", map[string]any{"id": ids[i], "secretHash": fmt.Sprintf("%064d", i), "locale": "sv"})
		apptest.MustRecord(t, w.app, "memberships", map[string]any{"device": device.Id, "group": group.Id, "ends": noon.AddDate(1, 0, 0)})
	}
	return ids
}

func count(t *testing.T, a core.App, table string) (n int) {
	t.Helper()
	if err := a.DB().NewQuery("SELECT count(*) FROM " + table).Row(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func epoch(t *testing.T, a core.App) (value string) {
	t.Helper()
	if err := a.DB().NewQuery("SELECT value FROM settings WHERE name = 'epoch'").Row(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func keys(t *testing.T, a core.App) *access.Keys {
	t.Helper()
	k, err := access.OpenKeys(a)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func mustFind(t *testing.T, a core.App, collection string) *core.Record {
	t.Helper()
	r, err := a.FindFirstRecordByFilter(collection, "id != ''")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func writeFile(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
