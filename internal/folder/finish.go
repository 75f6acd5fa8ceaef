package folder

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Finish completes a replacement of dir that a crash interrupted after its
// point of no return, and says in a sentence what it did or what lies about,
// "" for nothing. What comes before that point it leaves as it is. It fails
// with [ErrBusy] while somebody replaces the folder.
func Finish(dir string) (said string, err error) {
	path, err := real(dir)
	if err != nil {
		return "", err
	}
	nothing, err := bare(path)
	if err != nil {
		return "", err
	}
	switch {
	case !nothing && !exists(path, noteFile) && exists(beside(path)):
		return fmt.Sprintf("An unfinished restore lies in %s: run folje restore again, or remove it.", beside(path)), nil
	case !exists(beside(path)) && !exists(path, noteFile):
		return "", nil
	}
	claimed := path
	if !exists(path) {
		claimed = beside(path)
	}
	hold, err := alone(claimed)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, hold.Release()) }()
	return finish(path)
}

func finish(path string) (string, error) {
	nothing, err := bare(path)
	if err != nil {
		return "", err
	}
	if nothing {
		ready, err := readNote(beside(path))
		if err != nil || ready == nil || !ready.Ready {
			return "", err
		}
		if err := os.RemoveAll(path); err != nil { // no more than locks; somebody made the folder anew
			return "", fmt.Errorf("make room for the restored folder: %w", err)
		}
		if err := os.Rename(beside(path), path); err != nil {
			return "", cannotMove(err)
		}
		if err := Sync(filepath.Dir(path)); err != nil {
			return "", err
		}
	}
	swapped, err := readNote(path)
	if err != nil || swapped == nil {
		return "", err
	}
	old, err := settle(path, *swapped, func(string) {})
	if err != nil {
		return "", err
	}
	return "Finished an interrupted restore." + where(old), nil
}

func where(old string) string {
	if old == "" {
		return ""
	}
	return fmt.Sprintf(" What was there before is in %s.", old)
}

// settle ends a replacement whose successor is in its place: the old folder
// gets its name, and the note goes. It can be repeated from any point.
func settle(dir string, n note, step func(string)) (old string, err error) {
	work := beside(dir)
	if exists(work) && !exists(work, noteFile) {
		if err := os.Rename(work, n.Old); err != nil {
			return "", fmt.Errorf("put the old data folder aside: %w", err)
		}
		if err := Sync(filepath.Dir(dir)); err != nil {
			return "", err
		}
	}
	step("forget")
	if err := os.Remove(filepath.Join(dir, noteFile)); err != nil {
		return "", fmt.Errorf("end the restore: %w", err)
	}
	if err := Sync(dir); err != nil {
		return "", err
	}
	if !exists(n.Old) {
		return "", nil
	}
	return n.Old, nil
}
