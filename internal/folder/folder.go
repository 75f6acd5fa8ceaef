// Package folder looks after the data folder as a whole: who uses it, whether
// what is in it is what was in it, and how it is replaced by another in one
// step that a crash can't divide.
//
// Names that this package puts into a data folder:
//
//	folje.json      says that there was a database here (see [Check])
//	folje.lock      held by everybody who uses the folder, alone by a restore
//	serve.lock      held by the one server
//	backup.lock     held by whoever makes a backup
//	restoring.json  the folder came out of a restore that isn't finished
//
// Beside it, while it is being replaced, lies "<name>.restoring", and after
// that what it was before, "<name>.before-restore-<time>".
package folder

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// The files this package keeps in a data folder.
const (
	markFile  = "folje.json"
	lockFile  = "folje.lock"
	serveFile = "serve.lock"
	saveFile  = "backup.lock"
	noteFile  = "restoring.json"
)

var locks = []string{lockFile, serveFile, saveFile}

// Own reports whether name, at the top of a data folder, is a file by which
// this package knows that very folder; copies of the folder don't take it.
func Own(name string) bool {
	return name == markFile || name == noteFile || slices.Contains(locks, name)
}

// Sync makes the folder's entries (files made, renamed and removed in it) last
// through a power cut. Windows has no such call and needs none.
func Sync(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open a folder to sync it: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("sync a folder: %w", err)
	}
	return nil
}

// SyncAll does for every file and folder below path what [Sync] does for one.
func SyncAll(path string) error {
	return filepath.WalkDir(path, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir():
			return Sync(name)
		case !d.Type().IsRegular():
			return nil
		}
		f, err := os.OpenFile(name, os.O_RDWR, 0) // Windows syncs only what may be written
		if err != nil {
			return fmt.Errorf("open a file to sync it: %w", err)
		}
		return errors.Join(f.Sync(), f.Close())
	})
}

// newSuffix is what the name of a file has behind it until it is written.
const newSuffix = ".new-"

// WriteFile puts content at path, for the owner only, so that a crash leaves
// the old file, or none, or the whole new one; when it returns nil that one is
// on the disk.
func WriteFile(path string, content []byte) error {
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+newSuffix+"*") // mode 0600
	if err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(content)
	if err := errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	if err := os.Rename(temp.Name(), path); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return Sync(filepath.Dir(path))
}

func exists(path ...string) bool {
	_, err := os.Lstat(filepath.Join(path...))
	return err == nil
}

// bare reports whether there is nothing in dir but locks and a note that a
// crash kept from being written, or no dir.
func bare(dir string) (bool, error) {
	entries, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("read the data folder: %w", err)
	}
	for _, e := range entries {
		if !slices.Contains(locks, e.Name()) && !strings.HasPrefix(e.Name(), noteFile+newSuffix) {
			return false, nil
		}
	}
	return true, nil
}

// real is the folder that dir leads to, also through links, because a rename
// has to happen where the folder is.
func real(dir string) (string, error) {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("find the data folder: %w", err)
	}
	path, err := filepath.EvalSymlinks(absolute)
	if errors.Is(err, fs.ErrNotExist) {
		return absolute, nil
	}
	if err != nil {
		return "", fmt.Errorf("find the data folder: %w", err)
	}
	return path, nil
}
