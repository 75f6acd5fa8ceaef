package backup_test

import (
	"context"
	"flag"
	"os"
	"os/exec"
	"slices"
	"testing"
	"time"

	"folje/internal/app"
	"folje/internal/backup"

	"github.com/pocketbase/pocketbase/core"
)

// TestMain lets the test binary be the process that a test kills:
//
//	restore ARCHIVE DIR KEYFILE POINT
//	open DIR POINT
//
// or that makes a backup: backup DIR FOLDER RECIPIENT TIME.
//
// A point is a step of a restore, the file of a migration (the process is gone
// before it) or "end of migrations" (before they are committed).
func TestMain(m *testing.M) {
	flag.Parse()
	var err error
	switch flag.Arg(0) {
	case "restore":
		err = crashingRestore(flag.Arg(1), flag.Arg(2), flag.Arg(3), flag.Arg(4))
	case "open":
		dieInMigrations(flag.Arg(2))
		_, err = app.Open(flag.Arg(1))
	case "backup":
		err = backupNow(flag.Arg(1), flag.Arg(2), flag.Arg(3), flag.Arg(4))
	default:
		os.Exit(m.Run())
	}
	if err != nil {
		println(err.Error())
		os.Exit(1)
	}
	os.Exit(0)
}

func crashingRestore(archive, dir, keyFile, point string) error {
	dieInMigrations(point)
	ids, err := backup.Identities(keyFile)
	if err != nil {
		return err
	}
	_, err = backup.Restore(context.Background(), backup.RestoreOptions{
		Archive: archive, Dir: dir, Identities: ids, Open: app.Open, Now: noon.AddDate(0, 0, 1),
		Step: func(step string) { dieAt(point, step) },
	})
	return err
}

func backupNow(dir, to, key, at string) error {
	recipients, err := backup.Recipients([]string{key}, "")
	if err != nil {
		return err
	}
	now, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return err
	}
	_, err = backup.Create(context.Background(), backup.Options{Dir: dir, To: to, Recipients: recipients, Build: "test", Now: now})
	return err
}

// endOfMigrations is the point where all are applied and none is committed.
const endOfMigrations = "end of migrations"

func dieInMigrations(point string) {
	last := ""
	for _, m := range core.AppMigrations.Items() {
		last = max(last, m.File)
	}
	for _, m := range slices.Concat(core.SystemMigrations.Items(), core.AppMigrations.Items()) {
		up := m.Up
		m.Up = func(tx core.App) error {
			dieAt(point, m.File)
			err := up(tx)
			if m.File == last {
				dieAt(point, endOfMigrations)
			}
			return err
		}
	}
}

func dieAt(point, here string) {
	if point != here {
		return
	}
	if self, err := os.FindProcess(os.Getpid()); err == nil {
		_ = self.Kill()
	}
	select {} // the signal is on its way
}

// process runs the test binary and reports whether it was killed.
func process(t *testing.T, args ...string) (killed bool) {
	t.Helper()
	out, err := exec.Command(os.Args[0], args...).CombinedOutput()
	if err == nil {
		return false
	}
	if exit, ok := err.(*exec.ExitError); !ok || exit.Exited() {
		t.Fatalf("%v: %v: %s", args, err, out)
	}
	return true
}
