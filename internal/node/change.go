package node

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"folje/internal/database"
	"folje/internal/folder"
	"folje/internal/replica"
)

// markFile lies in a node's data folder and says what its database is.
const markFile = "node.json"

// mark is what it says.
type mark struct {
	V    int    `json:"v"`
	Term uint64 `json:"term"` // in which the database was written
	// Position and Clean are of the end of that term.
	Position uint64 `json:"position,omitempty"`
	Clean    bool   `json:"clean,omitempty"`
	// Taking is the term for which this node takes over. Until it has, nothing
	// can be said of the database here, unless it is the one that was here before.
	Taking uint64 `json:"taking,omitempty"`
	Same   bool   `json:"same,omitempty"`
	// Adopt says that the database here was, or is being, taken for the truth.
	Adopt bool `json:"adopt,omitempty"`
}

func readMark(dir string) (m mark, err error) {
	raw, err := os.ReadFile(filepath.Join(dir, markFile))
	if errors.Is(err, fs.ErrNotExist) {
		return mark{}, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &m)
	}
	if err != nil {
		return mark{}, fmt.Errorf("read %s: %w", markFile, err)
	}
	return m, nil
}

// Look reports whether the data folder is a node's, and whether its database is
// what the node last wrote, and not half of a takeover.
func Look(dir string) (is, settled bool, err error) {
	m, err := readMark(dir)
	return m != (mark{}), m.Term > 0 && m.Taking == 0, err
}

func (w *Writer) mark(m mark) error {
	m.V = 1
	raw, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return folder.WriteFile(filepath.Join(w.Dir, markFile), append(raw, '\n'))
}

// aside is what a database is called that a takeover put away, before its term.
const aside = ".before-term-"

// beside is where a term's database is restored.
func (w *Writer) beside() string { return fmt.Sprintf("%s.term-%d", w.path(), w.Term()) }

// change puts the restored database in its place. What was there before is put
// aside, never deleted: it goes once the new term has its copy.
func (w *Writer) change(m mark) error {
	m.Taking, m.Same = w.Term(), false
	if err := w.mark(m); err != nil {
		return err
	}
	old := fmt.Sprintf("%s%s%d", w.path(), aside, w.Term())
	if there(old) { // an earlier attempt of this very term put it there
		old = w.beside() + ".twice"
	}
	for _, suffix := range []string{"", "-wal"} {
		if err := move(w.path()+suffix, old+suffix); err != nil {
			return err
		}
	}
	if err := removeIfThere(w.path() + "-shm"); err != nil {
		return err
	}
	if err := os.Rename(w.beside(), w.path()); err != nil {
		return fmt.Errorf("put the restored database in its place: %w", err)
	}
	if err := os.Chmod(w.path(), 0o600); err != nil {
		return fmt.Errorf("put the restored database in its place: %w", err)
	}
	return folder.Sync(w.Dir)
}

func move(from, to string) error {
	err := os.Rename(from, to)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fmt.Errorf("put the old database aside: %w", err)
}

// clear removes what takeovers left: databases put aside, which hold what people
// had erased since, and restored ones that were never used.
func (c Config) clear() error {
	var errs []error
	for _, pattern := range []string{database.Main + aside + "*", database.Main + ".term-*"} {
		found, err := filepath.Glob(filepath.Join(c.Dir, pattern))
		errs = append(errs, err)
		for _, name := range found {
			errs = append(errs, os.Remove(name))
		}
	}
	return errors.Join(errs...)
}

// tidy also removes what Litestream noted of former terms.
func (w *Writer) tidy() error {
	errs := []error{w.clear()}
	metas, err := replica.Metas(w.path())
	errs = append(errs, err)
	for _, name := range metas {
		if name != replica.Meta(w.path(), w.Term()) {
			errs = append(errs, os.RemoveAll(name))
		}
	}
	return errors.Join(errs...)
}

func there(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func removeIfThere(path string) error {
	err := os.Remove(path)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return fmt.Errorf("remove what a takeover left: %w", err)
}
