package folder

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// note lies in a folder from the moment it begins to be built until it is a
// data folder in its place. Ready says that it is complete, Old is what the
// folder it replaces will be called.
type note struct {
	Ready   bool   `json:"ready"`
	Old     string `json:"old"`
	Archive string `json:"archive"`
}

// Replacement is a folder that is being built beside a data folder, to take
// its place.
type Replacement struct {
	dir, work string
	note      note
	holds     []*Hold
	exchange  func(a, b string) error
}

// errNoExchange says that two folders can't change places in one step here.
var errNoExchange = errors.New("the file system can't exchange folders")

// Replace claims dir, which may be missing, against everybody else, and begins
// to build its successor, made from what archive names. What an interrupted
// attempt left is finished or removed first. It fails with [ErrBusy]. Whoever
// calls it calls [Replacement.Close] at the end.
func Replace(dir, archive string, now time.Time) (*Replacement, error) {
	if _, err := Finish(dir); err != nil {
		return nil, err
	}
	path, err := real(dir)
	if err != nil {
		return nil, err
	}
	old := path + ".before-restore-" + now.UTC().Format("20060102T150405Z")
	r := &Replacement{dir: path, work: beside(path), exchange: exchange, note: note{Old: old, Archive: archive}}
	if err := r.begin(); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

func (r *Replacement) begin() error {
	if exists(r.note.Old) {
		return fmt.Errorf("%s is in the way: wait a second and try again", r.note.Old)
	}
	if exists(r.dir) {
		if err := r.hold(r.dir); err != nil {
			return err
		}
	}
	if err := os.RemoveAll(r.doomed()); err != nil {
		return fmt.Errorf("remove an unfinished restore: %w", err)
	}
	if exists(r.work) {
		if err := r.clear(); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(filepath.Dir(r.work), 0o700); err != nil {
		return fmt.Errorf("make the folder to restore in: %w", err)
	}
	if err := os.Mkdir(r.work, 0o700); err != nil {
		return fmt.Errorf("make the folder to restore in: %w", err)
	}
	if err := r.hold(r.work); err != nil {
		return err
	}
	return r.note.write(r.work)
}

func (r *Replacement) hold(dir string) error {
	h, err := alone(dir)
	if err == nil {
		r.holds = append(r.holds, h)
	}
	return err
}

// clear removes what an earlier attempt left. Anything else stays.
func (r *Replacement) clear() error {
	nothing, err := bare(r.work)
	if err != nil {
		return err
	}
	if !nothing && !exists(r.work, noteFile) {
		return fmt.Errorf("%s is in the way, and no restore made it: move it elsewhere", r.work)
	}
	h, err := alone(r.work)
	if err != nil {
		return err
	}
	return errors.Join(r.discard(), h.Release())
}

// discard removes what was built. It gets another name first: a crash in the
// middle would else leave files, and no note that says whose they are.
func (r *Replacement) discard() error {
	if err := os.Rename(r.work, r.doomed()); err != nil {
		return fmt.Errorf("remove an unfinished restore: %w", err)
	}
	return os.RemoveAll(r.doomed())
}

func (r *Replacement) doomed() string { return r.work + ".removed" }

// Path is where the successor is to be built.
func (r *Replacement) Path() string { return r.work }

// Commit puts the successor in its place and gives the path of what was there
// before, "" if that was nothing. Before it returns, or after a crash, either
// the old folder or the new one is in its place, complete; or, where the file
// system can't exchange folders, none, and [Finish] puts the new one there.
// Step, if not nil, is told the name of each step before it is taken.
func (r *Replacement) Commit(step func(string)) (old string, err error) {
	if step == nil {
		step = func(string) {}
	}
	step("sync")
	if err := SyncAll(r.work); err != nil {
		return "", err
	}
	step("ready")
	r.note.Ready = true
	if err := r.note.write(r.work); err != nil {
		return "", err
	}
	step("swap")
	if err := r.swap(step); err != nil {
		return "", err
	}
	step("settle")
	return settle(r.dir, r.note, step)
}

// swap is the one step that a crash can't divide, where the system has it.
func (r *Replacement) swap(step func(string)) error {
	var err error
	if exists(r.dir) {
		err = r.exchange(r.dir, r.work)
		if err == nil {
			return Sync(filepath.Dir(r.dir))
		}
		if !errors.Is(err, errNoExchange) {
			return cannotMove(err)
		}
		if err := os.Rename(r.dir, r.note.Old); err != nil {
			return cannotMove(err)
		}
		step("between")
	}
	if err := os.Rename(r.work, r.dir); err != nil {
		return cannotMove(err)
	}
	return Sync(filepath.Dir(r.dir))
}

func cannotMove(err error) error {
	return fmt.Errorf("put the restored folder in its place: %w (the data folder can't be the root of a file system, "+
		"and whoever restores must be allowed to write to the folder it lies in)", err)
}

// Close gives up what [Replace] claimed, and removes the successor unless it
// is in its place.
func (r *Replacement) Close() error {
	var errs []error
	if !r.note.Ready && len(r.holds) > 0 && exists(r.work, noteFile) {
		errs = append(errs, r.discard())
	}
	for _, h := range r.holds {
		errs = append(errs, h.Release())
	}
	r.holds = nil
	return errors.Join(errs...)
}

// beside is where the successor of the folder is built.
func beside(path string) string { return path + ".restoring" }

func (n note) write(dir string) error {
	raw, err := json.Marshal(n)
	if err != nil {
		return err
	}
	return WriteFile(filepath.Join(dir, noteFile), append(raw, '\n'))
}

// readNote gives the note in dir; nil where there is none.
func readNote(dir string) (*note, error) {
	raw, err := os.ReadFile(filepath.Join(dir, noteFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the note of a restore: %w", err)
	}
	var n note
	if err := json.Unmarshal(raw, &n); err != nil {
		return nil, fmt.Errorf("read the note of a restore: %w", err)
	}
	return &n, nil
}
