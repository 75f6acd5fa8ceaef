// Package backup makes archives of a data folder while it is used, and brings
// a data folder back from one.
//
// An archive is one file, a tar in gzip in age, that the stock tools open too
// (age -d -i KEY FILE | tar -xz). It holds both databases as they were at one
// moment, the attachments, the keys, and at its end a manifest with the hash of
// every file and the number of rows of every table. It is encrypted, because
// the keys are in it: without them a restored server could find no invitation
// and no operation again. What was erased since is in a journal that lies
// outside the archives (package erasure), and is erased again by a restore.
//
// Who restores gets another epoch (see docs/glossary.md), so that phones begin
// anew and send again what the restored server has forgotten.
package backup

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"folje/internal/erasure"
	"folje/internal/folder"

	"filippo.io/age"
)

// Options say what a backup is made of, and where.
type Options struct {
	Dir        string // the data folder
	To         string // the folder of the archives, of this one server; made if missing
	Recipients []age.Recipient
	Build      string // of this program, for the manifest
	Now        time.Time
}

// Made is a finished backup.
type Made struct {
	Archive
	Manifest Manifest
	Removed  []string // the archives that were not to be kept any longer
}

// staging is where in the data folder a backup is put together and checked:
// what lies there is as readable as the data folder, not as the archives.
const staging = "backup-staging"

// Create makes a backup, reads it back, checks it, and only then gives it its
// name; then it puts the journal of erasures beside it and removes the
// archives that [Expired] names. Writers wait for moments only; the copy is of
// one moment after Create was called. One backup of a folder is made at a
// time: another one fails with folder.ErrBusy. Where it gives a backup and an
// error, the archive is good, and what comes after it failed.
func Create(ctx context.Context, o Options) (made *Made, err error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	hold, err := folder.Backup(o.Dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, hold.Release()) }()
	work := filepath.Join(o.Dir, staging)
	if err := errors.Join(os.RemoveAll(work), os.Mkdir(work, 0o700), clearTemporary(o.To), CopyJournal(o.Dir, o.To)); err != nil {
		return nil, fmt.Errorf("prepare a backup: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()

	made = &Made{Archive: Archive{Path: filepath.Join(o.To, archiveName(o.Now)), Made: o.Now.UTC().Truncate(time.Second)}}
	if made.Manifest, err = produce(ctx, o, work, made.Path); err != nil {
		return nil, err
	}
	info, err := os.Stat(made.Path)
	if err != nil {
		return nil, fmt.Errorf("look at the archive: %w", err)
	}
	made.Size = info.Size()
	made.Removed, err = prune(o.To, o.Now)
	return made, errors.Join(err, CopyJournal(o.Dir, o.To))
}

// Sweep removes what a backup that was killed left in the data folder: a
// readable copy, which may hold what was erased since. It does nothing while a
// backup is being made.
func Sweep(dir string) error {
	hold, err := folder.Backup(dir)
	if errors.Is(err, folder.ErrBusy) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(filepath.Join(dir, staging)), hold.Release())
}

// produce makes the archive at path, under another name until it is checked.
func produce(ctx context.Context, o Options, work, path string) (Manifest, error) {
	if _, err := os.Lstat(path); err == nil {
		return Manifest{}, fmt.Errorf("%s is there already: one archive a second", path)
	}
	copied, temporary := filepath.Join(work, "copy"), path+temporarySuffix
	if err := snapshot(ctx, o.Dir, copied); err != nil {
		return Manifest{}, err
	}
	m, err := describe(ctx, copied, o)
	if err != nil {
		return Manifest{}, err
	}
	key, err := writeArchive(ctx, temporary, copied, &m, o.Recipients)
	if err == nil {
		err = os.RemoveAll(copied) // the check needs the room
	}
	if err == nil {
		err = verify(ctx, temporary, filepath.Join(work, "check"), key)
	}
	if err == nil {
		err = os.Rename(temporary, path)
	}
	if err != nil {
		return Manifest{}, errors.Join(fmt.Errorf("make the archive: %w", err), os.RemoveAll(temporary))
	}
	return m, folder.Sync(o.To)
}

// verify reads the archive back from where it lies and checks everything in it.
func verify(ctx context.Context, path, work string, key []byte) error {
	_, err := open(ctx, path, work, age.NewInjectedFileKeyIdentity(key))
	if err != nil {
		return fmt.Errorf("read the archive back: %w", err)
	}
	return nil
}

func (o Options) check() error {
	if len(o.Recipients) == 0 {
		return errors.New("a backup needs somebody who can open it: name an age recipient")
	}
	if info, err := os.Stat(filepath.Join(o.Dir, "data.db")); err != nil || info.Size() == 0 {
		return fmt.Errorf("there is no database in %s to make a backup of", o.Dir)
	}
	return Prepare(o.Dir, o.To)
}

// Prepare makes the folder of the archives, to. It fails where that lies in
// the data folder: it would be lost with it, and be archived itself.
func Prepare(dir, to string) error {
	inner, err := resolve(to)
	if err != nil {
		return err
	}
	outer, err := resolve(dir)
	if err != nil {
		return err
	}
	if rel, err := filepath.Rel(outer, inner); err == nil && (rel == "." || filepath.IsLocal(rel)) {
		return errors.New("the archives can't lie in the data folder: they would be lost with it")
	}
	if err := os.MkdirAll(to, 0o700); err != nil {
		return fmt.Errorf("make the folder of the archives: %w", err)
	}
	return nil
}

// resolve is the place that a path leads to; the last parts may be missing.
func resolve(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	real, err := filepath.EvalSymlinks(path)
	if errors.Is(err, fs.ErrNotExist) && filepath.Dir(path) != path {
		parent, err := resolve(filepath.Dir(path))
		return filepath.Join(parent, filepath.Base(path)), err
	}
	return real, err
}

// JournalCopy is where the journal of erasures lies beside the archives in to.
func JournalCopy(to string) string { return filepath.Join(to, "erasures.log") }

// CopyJournal puts the data folder's journal of erasures beside the archives,
// where it is newer. Lines that are only there are kept: they may be from
// before the data folder was lost.
func CopyJournal(dir, to string) error {
	here, err := erasure.Read(erasure.File(dir))
	if err != nil {
		return err
	}
	there, err := erasure.Read(JournalCopy(to))
	if err != nil {
		return fmt.Errorf("beside the archives: %w", err)
	}
	all := erasure.Merge(there, here)
	if len(all) == len(there) {
		return nil
	}
	return folder.WriteFile(JournalCopy(to), erasure.Format(all))
}

// clearTemporary removes what backups left that were interrupted.
func clearTemporary(to string) error {
	left, err := os.ReadDir(to)
	if err != nil {
		return err
	}
	for _, e := range left {
		name, temporary := strings.CutSuffix(e.Name(), temporarySuffix)
		if _, own := archiveTime(name); own && temporary {
			err = errors.Join(err, os.Remove(filepath.Join(to, e.Name())))
		}
	}
	return err
}
