package backup

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"folje/internal/access"
	"folje/internal/audit"
	"folje/internal/erasure"
	"folje/internal/folder"

	"filippo.io/age"
	"github.com/pocketbase/pocketbase/core"
)

// RestoreOptions say what is restored, and where.
type RestoreOptions struct {
	Archive    string
	Dir        string // the data folder; nobody may be using it
	Identities []age.Identity
	Journals   []string // of erasures, besides the data folder's and the one beside the archive
	// Open opens a data folder and migrates it (app.Open).
	Open func(dir string) (core.App, error)
	Now  time.Time
	// Step, if set, is told the name of each step before it is taken.
	Step func(string)
}

// Restored is what a restore did.
type Restored struct {
	Manifest Manifest
	Epoch    string // the new one
	Erased   int    // how many devices in the archive had been erased since
	Old      string // where the folder lies that was there before; "" for none
}

// Restore makes the data folder what it was when the archive was made, less
// what was erased since, with another epoch. All of that happens beside the
// folder, which changes in one step at the end (see folder.Replacement.Commit)
// and is kept under another name. It fails with [ErrDamaged], [ErrNewer], and
// folder.ErrBusy while anybody uses the folder; then nothing has changed.
func Restore(ctx context.Context, o RestoreOptions) (restored *Restored, err error) {
	if o.Step == nil {
		o.Step = func(string) {}
	}
	next, err := folder.Replace(o.Dir, filepath.Base(o.Archive), o.Now)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, next.Close()) }()
	o.Step("journals")
	erased, err := o.journals()
	if err != nil {
		return nil, err
	}
	o.Step("unpack")
	m, err := open(ctx, o.Archive, next.Path(), o.Identities...)
	if err != nil {
		return nil, err
	}
	if err := knownIn(ctx, next.Path()); err != nil {
		return nil, err
	}
	restored = &Restored{Manifest: *m, Epoch: newEpoch()}
	if restored.Erased, err = o.prepare(ctx, next.Path(), restored.Epoch, erased); err != nil {
		return nil, err
	}
	o.Step("commit")
	restored.Old, err = next.Commit(o.Step)
	return restored, err
}

// journals gives what was erased, as far as anybody here knows.
func (o RestoreOptions) journals() ([]erasure.Entry, error) {
	paths := append([]string{erasure.File(o.Dir), JournalCopy(filepath.Dir(o.Archive))}, o.Journals...)
	var all []erasure.Entry
	for _, path := range paths {
		entries, err := erasure.Read(path)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for _, e := range entries {
			if e.Kind != erasure.Device {
				return nil, fmt.Errorf("%w: %s has erasures of the kind %q", ErrNewer, path, e.Kind)
			}
		}
		all = append(all, entries...)
	}
	return erasure.Merge(all), nil
}

// prepare turns the unpacked folder into the next data folder: migrated, less
// what was erased, with the epoch, the journal and the mark.
func (o RestoreOptions) prepare(ctx context.Context, dir, epoch string, erased []erasure.Entry) (n int, err error) {
	o.Step("migrate")
	app, err := o.Open(dir)
	if err != nil {
		return 0, fmt.Errorf("open the restored database: %w", err)
	}
	o.Step("erase")
	n, err = o.forget(app, erased)
	if err == nil {
		err = o.noteRestore(ctx, app)
	}
	if err == nil {
		o.Step("epoch")
		err = setEpoch(app, epoch)
	}
	if err := errors.Join(err, app.ResetBootstrapState()); err != nil {
		return 0, err
	}
	o.Step("check")
	err = inspect(ctx, dir, func(_ string, _ map[string]int, found string) error {
		if found != "" && found != epoch {
			return errors.New("the restored database has the old epoch")
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	o.Step("journal")
	if err := folder.WriteFile(erasure.File(dir), erasure.Format(erased)); err != nil {
		return 0, err
	}
	return n, folder.Mark(dir, o.Now)
}

// forget erases the devices again that were erased after the archive was made.
// Marks are made with the key of the folder in which a device was erased: that
// is the archive's, unless somebody made a new one since.
func (o RestoreOptions) forget(app core.App, erased []erasure.Entry) (n int, err error) {
	keys, err := o.keys(app)
	if err != nil {
		return 0, err
	}
	return Forget(app, erased, keys...)
}

// Forget erases the devices that entries of journals name, whose marks were made
// with one of the keys. It gives how many there were.
func Forget(app core.App, erased []erasure.Entry, keys ...*access.Keys) (n int, err error) {
	marked := make(map[string]bool, len(erased))
	for _, e := range erased {
		marked[e.Mark] = true
	}
	var devices []struct {
		ID   string `db:"id"`
		Hash string `db:"secretHash"`
	}
	if err := app.DB().NewQuery("SELECT id, secretHash FROM devices").All(&devices); err != nil {
		return 0, fmt.Errorf("list devices: %w", err)
	}
	err = app.RunInTransaction(func(tx core.App) error {
		for _, d := range devices {
			if !slices.ContainsFunc(keys, func(k *access.Keys) bool { return marked[k.ErasureMark(d.ID)] || marked[k.ErasureMark(d.Hash)] }) {
				continue
			}
			if err := access.EraseDevice(tx, d.ID); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	return n, err
}

// noteRestore adds to the audit log where it ended in the folder that is
// replaced, as far as that can be read: those who have seen later rows learn
// why they are gone.
func (o RestoreOptions) noteRestore(ctx context.Context, app core.App) error {
	before := "unknown"
	if head, err := audit.HeadIn(ctx, o.Dir); err == nil {
		before = head.String()
	}
	return audit.Write(app, audit.System, audit.Restored, before, o.Now)
}

func (o RestoreOptions) keys(app core.App) ([]*access.Keys, error) {
	own, err := access.OpenKeys(app)
	if err != nil {
		return nil, fmt.Errorf("the archive's keys: %w", err)
	}
	keys := []*access.Keys{own}
	if here, err := access.LoadKeys(o.Dir, false); err == nil { // none where the folder was lost
		keys = append(keys, here)
	}
	return keys, nil
}

// BeginEpoch begins another history of changes, whose name it gives.
func BeginEpoch(app core.App) (string, error) {
	epoch := newEpoch()
	return epoch, setEpoch(app, epoch)
}

// newEpoch makes a name as the migration of settings does.
func newEpoch() string { return strings.ToLower(rand.Text()[:12]) }

func setEpoch(app core.App, epoch string) error {
	r, err := app.FindFirstRecordByData("settings", "name", "epoch")
	if err != nil {
		return fmt.Errorf("find the epoch: %w", err)
	}
	r.Set("value", epoch)
	if err := app.Save(r); err != nil {
		return fmt.Errorf("begin a new epoch: %w", err)
	}
	return nil
}
