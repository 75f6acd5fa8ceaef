package folder

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// ErrBusy says that another process uses the folder in a way that excludes
// this one.
var ErrBusy = errors.New("the data folder is in use")

// Hold is a claim on a data folder. The operating system takes it back when
// the process ends, however it ends.
type Hold struct{ locks []*flock.Flock }

// Use claims dir together with others; it must exist. It fails with [ErrBusy]
// while the folder is being replaced.
func Use(dir string) (*Hold, error) {
	return claim(filepath.Join(dir, lockFile), (*flock.Flock).TryRLock, "a restore is replacing "+dir)
}

// Serve claims dir for the one server. It fails with [ErrBusy] where there is
// one already, and while the folder is being replaced.
func Serve(dir string) (*Hold, error) { return only(dir, serveFile, "another server has "+dir) }

// Backup claims dir for the one backup that is made of it, together with
// whoever else uses it. It fails with [ErrBusy] where one is being made
// already, and while the folder is being replaced.
func Backup(dir string) (*Hold, error) {
	return only(dir, saveFile, "another backup is being made of "+dir)
}

// only claims dir together with others, and a file in it alone.
func only(dir, file, busy string) (*Hold, error) {
	hold, err := Use(dir)
	if err != nil {
		return nil, err
	}
	own, err := claim(filepath.Join(dir, file), (*flock.Flock).TryLock, busy)
	if err != nil {
		return nil, errors.Join(err, hold.Release())
	}
	return &Hold{append(hold.locks, own.locks...)}, nil
}

// alone claims dir against everybody else.
func alone(dir string) (*Hold, error) {
	return claim(filepath.Join(dir, lockFile), (*flock.Flock).TryLock,
		"something uses "+dir+": stop the server and wait for a backup to end, then try again")
}

// Release gives the claim up. A second call does nothing.
func (h *Hold) Release() error {
	var errs []error
	for _, l := range h.locks {
		errs = append(errs, l.Unlock())
	}
	h.locks = nil
	return errors.Join(errs...)
}

// claim locks the file. A lock on a file that was moved away while we came
// for it is none: the folder was replaced in that moment.
func claim(path string, try func(*flock.Flock) (bool, error), busy string) (*Hold, error) {
	lock := flock.New(path)
	got, err := try(lock)
	if err != nil {
		return nil, fmt.Errorf("lock the data folder: %w", err)
	}
	if !got {
		return nil, fmt.Errorf("%w: %s", ErrBusy, busy)
	}
	ours, err := lock.Stat()
	there, again := os.Stat(path)
	if err != nil || again != nil || !os.SameFile(ours, there) {
		return nil, errors.Join(fmt.Errorf("%w: %s", ErrBusy, busy), lock.Unlock())
	}
	return &Hold{[]*flock.Flock{lock}}, nil
}
