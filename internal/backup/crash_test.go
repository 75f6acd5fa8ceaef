package backup_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"folje/internal/app"
	"folje/internal/apptest"
	"folje/internal/backup"
	"folje/internal/folder"

	"filippo.io/age"
	"github.com/pocketbase/pocketbase/core"
)

// older is where the migrations begin that an older build does not know.
const older = "17637984"

// newest are those.
func newest() (files []string) {
	for _, m := range core.AppMigrations.Items() {
		if m.File > older {
			files = append(files, m.File)
		}
	}
	slices.Sort(files)
	return files
}

// atCrash are those of them, the first and the last among them, at which a
// process is killed. They all run in one transaction, so that a few show what
// each would.
func atCrash() (some []string) {
	const crashes = 8
	all := newest()
	for n := range crashes {
		some = append(some, all[n*(len(all)-1)/(crashes-1)])
	}
	return some
}

// downgrade makes the app's data folder an older build's.
func downgrade(t *testing.T, a core.App) {
	t.Helper()
	reverted, err := core.NewMigrationsRunner(a, core.AppMigrations).Down(len(newest()))
	if err != nil || len(reverted) != len(newest()) {
		t.Fatalf("%v %v", reverted, err)
	}
	if err := a.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
}

// crashTown has an archive of an older build with three phones, and a data
// folder of today with five.
type crashTown struct {
	*town
	archive, keyFile, oldEpoch string
}

func newCrashTown(t *testing.T) crashTown {
	t.Helper()
	w := crashTown{town: newTown(t)}
	w.keyFile = filepath.Join(t.TempDir(), "key")
	writeFile(t, w.keyFile, w.key.String())
	w.devices(t, 3)
	w.oldEpoch = epoch(t, w.app)
	keys(t, w.app)
	dir := w.app.DataDir()
	downgrade(t, w.app)
	w.archive = w.backup(t, noon).Path
	w.app = openApp(t, dir)
	for _, last := range []string{"4", "5"} {
		apptest.MustRecord(t, w.app, "devices", map[string]any{"id": "00000000-0000-4000-8000-00000000001" + last, "secretHash": strings.Repeat(last, 64)})
	}
	if err := w.app.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	return w
}

// steps are the named points of a restore, in their order.
var steps = []string{"journals", "unpack", "migrate", "erase", "epoch", "check", "journal", "commit", "sync", "ready", "swap", "settle", "forget"}

func TestCrashInARestoreLeavesTheOldOrTheNewDatabase(t *testing.T) {
	w := newCrashTown(t)
	points := append(slices.Insert(slices.Clone(steps), 3, atCrash()...), endOfMigrations)
	template := w.app.DataDir()
	olds, news := 0, 0
	for _, point := range points {
		t.Run(point, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			if err := os.CopyFS(dir, os.DirFS(template)); err != nil {
				t.Fatal(err)
			}
			if !process(t, "restore", w.archive, dir, w.keyFile, point) {
				t.Fatal("it lived")
			}
			if w.start(t, dir) {
				news++
			} else {
				olds++
			}
			w.again(t, dir)
		})
	}
	t.Logf("%d crashes: the old database %d times, the new one %d times", len(points), olds, news)
	if olds != len(points)-2 || news != 2 { // settle and forget come after the exchange
		t.Errorf("old %d, new %d", olds, news)
	}
}

// start opens the folder as serve does, and reports whether it is the restored
// one. Anything else than the old or the restored one fails the test.
func (w crashTown) start(t *testing.T, dir string) (restored bool) {
	t.Helper()
	if _, err := folder.Finish(dir); err != nil {
		t.Fatal(err)
	}
	if err := folder.Check(dir, nil); err != nil {
		t.Fatal(err)
	}
	a, err := app.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = a.ResetBootstrapState() }()
	n, restored := count(t, a, "devices"), epoch(t, a) != w.oldEpoch
	if n != 5 && !restored || n != 3 && restored {
		t.Fatalf("%d phones in the epoch %s", n, epoch(t, a))
	}
	if m := count(t, a, "memberships"); m != 3 {
		t.Errorf("%d memberships", m)
	}
	return restored
}

// again restores once more; what the crash left must not be in its way.
func (w crashTown) again(t *testing.T, dir string) {
	t.Helper()
	restored, err := backup.Restore(context.Background(), w.restoring(w.archive, dir))
	if err != nil {
		t.Fatal(err)
	}
	if !w.start(t, dir) {
		t.Error("the second restore did not take")
	}
	if left, _ := filepath.Glob(dir + ".restoring*"); len(left) > 0 || restored.Old == "" {
		t.Errorf("left %v, kept %q", left, restored.Old)
	}
}

func TestCrashInARestoreToALostFolderIsNotTakenForAnEmptyOne(t *testing.T) {
	w := newCrashTown(t)
	for _, point := range steps {
		t.Run(point, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			if !process(t, "restore", w.archive, dir, w.keyFile, point) {
				t.Fatal("it lived")
			}
			if _, err := folder.Finish(dir); err != nil {
				t.Fatal(err)
			}
			late := slices.Index(steps, point) > slices.Index(steps, "ready")
			if err := folder.Check(dir, nil); late && err != nil || !late && !errors.Is(err, folder.ErrHalfway) {
				t.Fatal(err)
			}
			if late && !w.start(t, dir) {
				t.Error("it is not the restored one")
			}
			if _, err := backup.Restore(context.Background(), w.restoring(w.archive, dir)); err != nil {
				t.Fatal(err)
			}
			if !w.start(t, dir) {
				t.Error("the second restore did not take")
			}
		})
	}
}

func TestCrashInAMigrationLeavesTheDatabaseAsItWas(t *testing.T) {
	w := newTown(t)
	w.devices(t, 3)
	template := w.app.DataDir()
	downgrade(t, w.app)
	for _, point := range append(atCrash(), endOfMigrations) {
		t.Run(point, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			if err := os.CopyFS(dir, os.DirFS(template)); err != nil {
				t.Fatal(err)
			}
			if !process(t, "open", dir, point) {
				t.Fatal("it lived")
			}
			if err := folder.Check(dir, nil); err != nil {
				t.Fatal(err)
			}
			a := openApp(t, dir)
			if n, m := count(t, a, "devices"), count(t, a, "_migrations"); n != 3 || m < len(newest()) {
				t.Errorf("%d phones, %d migrations", n, m)
			}
			if n := count(t, a, "wishes"); n != 0 {
				t.Errorf("%d wishes", n)
			}
		})
	}
}

func TestCrashInTheFirstStartIsNotALoss(t *testing.T) {
	first := core.AppMigrations.Items()[0].File
	system := core.SystemMigrations.Items()[1].File
	undisturbed := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(undisturbed, 0o700); err != nil {
		t.Fatal(err)
	}
	whole := count(t, openApp(t, undisturbed), "settings")
	for _, point := range []string{system, first, newest()[0], endOfMigrations} {
		dir := filepath.Join(t.TempDir(), "data")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if !process(t, "open", dir, point) {
			t.Fatal("it lived")
		}
		if err := folder.Check(dir, nil); err != nil {
			t.Errorf("%s: %v", point, err)
		}
		if n := count(t, openApp(t, dir), "settings"); n != whole {
			t.Errorf("%s: %d settings, want %d", point, n, whole)
		}
	}
}

func TestLostLogIsMadeAnew(t *testing.T) {
	w := newTown(t)
	w.devices(t, 1)
	if err := w.app.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	dir := w.app.DataDir()
	if err := os.Remove(filepath.Join(dir, "auxiliary.db")); err != nil {
		t.Fatal(err)
	}
	w.app = openApp(t, dir)
	if !w.app.AuxHasTable("_logs") || count(t, w.app, "devices") != 1 {
		t.Error("the log, or a phone, is gone")
	}
	o := w.options(noon)
	o.Recipients = []age.Recipient{w.key.Recipient()}
	if _, err := backup.Create(context.Background(), o); err != nil {
		t.Error(err)
	}
}
