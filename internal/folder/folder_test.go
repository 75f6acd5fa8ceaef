package folder

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

var noon = time.Date(2026, 3, 1, 13, 0, 0, 0, time.UTC)

// fill makes a data folder whose two files have the same content.
func fill(t *testing.T, content string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if content == "" {
		return dir
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"data.db", "other"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// holds is the content of the folder: "" for no folder, "mixed" for neither.
func holds(t *testing.T, dir string) string {
	t.Helper()
	if !exists(dir) {
		return ""
	}
	var found []string
	for _, name := range []string{"data.db", "other"} {
		raw, _ := os.ReadFile(filepath.Join(dir, name))
		found = append(found, string(raw))
	}
	if found[0] != found[1] || found[0] == "" {
		return "mixed"
	}
	return found[0]
}

func TestCrashLeavesTheOldOrTheNewFolder(t *testing.T) {
	steps := map[string][]string{
		"exchange": {"build", "half", "sync", "ready", "swap", "settle", "forget"},
		"renames":  {"build", "half", "sync", "ready", "swap", "between", "settle", "forget"},
	}
	for how, names := range steps {
		for _, before := range []string{"old", ""} {
			for i, step := range names {
				t.Run(how+"/"+step+"/before "+before, func(t *testing.T) {
					dir := fill(t, before)
					if killed := replaceUntil(t, dir, step, how); !killed && (step != "between" || before != "") {
						t.Fatal("it lived")
					}
					swapped := i > slices.Index(names, "swap") // also finished by Finish
					checkCrashed(t, dir, before, swapped)
				})
			}
		}
	}
}

// checkCrashed starts after a crash as the program does, and restores again.
func checkCrashed(t *testing.T, dir, before string, swapped bool) {
	t.Helper()
	said, err := Finish(dir)
	if err != nil {
		t.Fatal(err)
	}
	want := before
	if swapped || before == "" && strings.Contains(said, "Finished") {
		want = "new"
	}
	if got := holds(t, dir); got != want {
		t.Fatalf("after the crash the folder holds %q, not %q (%s)", got, want, said)
	}
	if want == "" {
		if err := Check(dir, nil); !errors.Is(err, ErrHalfway) {
			t.Errorf("an unfinished restore does not stop the start: %v", err)
		}
	}
	replaceUntil(t, dir, "", "exchange")
	if got := holds(t, dir); got != "new" {
		t.Errorf("the second restore left %q", got)
	}
	if exists(beside(dir)) || exists(dir, noteFile) {
		t.Error("the second restore left work behind")
	}
	kept, err := filepath.Glob(dir + ".before-restore-*")
	if err != nil || before != "" && !slices.ContainsFunc(kept, func(k string) bool { return holds(t, k) == before }) {
		t.Errorf("the old folder is gone: %v %v", kept, err)
	}
}

func TestFolderInUseIsNotReplaced(t *testing.T) {
	dir := fill(t, "old")
	for name, claim := range map[string]func(string) (*Hold, error){"use": Use, "serve": Serve, "backup": Backup} {
		hold, err := claim(dir)
		if err != nil {
			t.Fatal(err)
		}
		if r, err := Replace(dir, "test", noon); !errors.Is(err, ErrBusy) {
			t.Errorf("%s: replaced: %v %v", name, r, err)
		}
		if exists(beside(dir)) {
			t.Errorf("%s: something was built", name)
		}
		if err := errors.Join(hold.Release(), hold.Release()); err != nil {
			t.Error(err)
		}
	}
	r, err := Replace(dir, "test", noon)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Use(dir); !errors.Is(err, ErrBusy) {
		t.Errorf("used while it is replaced: %v", err)
	}
	if _, err := Replace(dir, "test", noon); !errors.Is(err, ErrBusy) {
		t.Errorf("replaced twice at once: %v", err)
	}
	if err := r.Close(); err != nil || exists(beside(dir)) || holds(t, dir) != "old" {
		t.Errorf("an abandoned restore left something: %v", err)
	}
}

func TestOneServerAndOneBackupAtATime(t *testing.T) {
	dir := fill(t, "old")
	for name, claim := range map[string]func(string) (*Hold, error){"serve": Serve, "backup": Backup} {
		first, err := claim(dir)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := claim(dir); !errors.Is(err, ErrBusy) {
			t.Errorf("two of %s: %v", name, err)
		}
		other, err := Use(dir)
		if err != nil {
			t.Errorf("%s shuts others out: %v", name, err)
		}
		if err := errors.Join(other.Release(), first.Release()); err != nil {
			t.Error(err)
		}
		again, err := claim(dir)
		if err != nil {
			t.Errorf("%s after %s: %v", name, name, err)
		}
		_ = again.Release()
	}
}

func TestLockOfAMovedFolderIsNone(t *testing.T) {
	dir := fill(t, "old")
	moved := false
	_, err := claim(filepath.Join(dir, lockFile), func(l *flock.Flock) (bool, error) {
		got, err := l.TryRLock()
		moved = os.Rename(dir, dir+".moved") == nil
		return got, err
	}, "moved")
	if !moved || !errors.Is(err, ErrBusy) {
		t.Errorf("%v %v", moved, err)
	}
}

func TestWhatIsInTheWayIsKept(t *testing.T) {
	dir := fill(t, "old")
	if err := os.Mkdir(beside(dir), 0o700); err != nil {
		t.Fatal(err)
	}
	precious := filepath.Join(beside(dir), "precious")
	if err := os.WriteFile(precious, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Replace(dir, "test", noon); err == nil || !strings.Contains(err.Error(), "in the way") {
		t.Errorf("%v", err)
	}
	if !exists(precious) {
		t.Error("it removed a folder that it did not make")
	}
}

func TestRemainsOfARestoreAreNotInTheWay(t *testing.T) {
	for name, remains := range map[string][]string{
		"killed at once":               {},
		"killed while it was removed":  nil,
		"killed while it wrote a note": {lockFile, noteFile + newSuffix + "123"},
		"killed while it was built":    {lockFile, noteFile, "data.db"},
	} {
		dir := fill(t, "old")
		for _, file := range remains {
			write(t, filepath.Join(beside(dir), file), "{}")
		}
		write(t, filepath.Join(beside(dir)+".removed", "data.db"), "half removed")
		if remains != nil {
			if err := os.MkdirAll(beside(dir), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		replaceUntil(t, dir, "", "exchange")
		if left, _ := filepath.Glob(beside(dir) + "*"); holds(t, dir) != "new" || len(left) > 0 {
			t.Errorf("%s: %s, left %v", name, holds(t, dir), left)
		}
	}
}

func TestLinkedFolderIsReplacedWhereItIs(t *testing.T) {
	dir := fill(t, "old")
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(dir, link); err != nil {
		t.Skip(err)
	}
	replaceUntil(t, link, "", "exchange")
	if holds(t, dir) != "new" || holds(t, link) != "new" {
		t.Error("the link leads to the old folder")
	}
}
