package backup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"folje/internal/folder"

	"modernc.org/sqlite"
)

// databases are PocketBase's two, in the order in which its migrations lock
// them. The auxiliary one holds the log.
var databases = []string{"auxiliary.db", "data.db"}

// leftOut are the names at the top of a data folder that a backup has no use
// for. The journal of erasures must outlive what is in an archive, and what a
// node notes (node.json) is of the database that was there.
var leftOut = []string{
	"erasures.log", staging, "backups", "lost+found", "node.json",
	".pb_temp_to_delete", ".notify", ".autocert_cache", // PocketBase's
}

// copied begins the names of folders in which the replica's copier keeps what it
// has copied (replica.Meta).
const copied = ".data.db-copied-"

// snapshot copies the data folder as it is at one moment into to. For that
// moment writers wait: both databases are locked, a reader of each is put in
// its place, and the other files are linked. The databases are then copied
// from those readers while writers go on.
func snapshot(ctx context.Context, dir, to string) (err error) {
	if err := os.Mkdir(to, 0o700); err != nil {
		return fmt.Errorf("make the copy's folder: %w", err)
	}
	var sources []*source
	defer func() {
		for _, s := range sources {
			err = errors.Join(err, s.close())
		}
	}()
	for _, name := range databases {
		if _, err := os.Stat(filepath.Join(dir, name)); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		s, err := openSource(ctx, filepath.Join(dir, name))
		if err != nil {
			return fmt.Errorf("open %s: %w", name, err)
		}
		sources = append(sources, s)
	}
	if err := freeze(ctx, sources, func() error { return linkFiles(ctx, dir, to) }); err != nil {
		return err
	}
	for _, s := range sources {
		if err := s.copy(ctx, filepath.Join(to, filepath.Base(s.path))); err != nil {
			return fmt.Errorf("copy %s: %w", filepath.Base(s.path), err)
		}
	}
	return nil
}

// freeze holds all writers off while the readers are put in place and meanwhile
// runs.
func freeze(ctx context.Context, sources []*source, meanwhile func() error) (err error) {
	defer func() {
		for _, s := range sources {
			err = errors.Join(err, s.thaw())
		}
	}()
	for _, s := range sources {
		if err := s.freeze(ctx); err != nil {
			return fmt.Errorf("hold off the writers of %s: %w", filepath.Base(s.path), err)
		}
	}
	return meanwhile()
}

// source is a database that is being copied.
type source struct {
	path           string
	db             *sql.DB
	writer, reader *sql.Conn
	frozen         bool
}

func openSource(ctx context.Context, path string) (*source, error) {
	db, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(10000)")
	if err != nil {
		return nil, err
	}
	s := &source{path: path, db: db}
	if s.writer, err = db.Conn(ctx); err == nil {
		s.reader, err = db.Conn(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

// freeze takes the place of the one writer, and then begins to read: until
// the reader ends, it sees the database as it is now.
func (s *source) freeze(ctx context.Context) error {
	if _, err := s.writer.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	s.frozen = true
	if _, err := s.reader.ExecContext(ctx, "BEGIN"); err != nil {
		return err
	}
	var tables int
	return s.reader.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables)
}

// thaw lets the writers go on. It must happen whatever was cancelled.
func (s *source) thaw() error {
	if !s.frozen {
		return nil
	}
	s.frozen = false
	_, err := s.writer.ExecContext(context.Background(), "ROLLBACK")
	return err
}

func (s *source) close() error {
	return errors.Join(s.reader.Close(), s.writer.Close(), s.db.Close())
}

// pagesAtOnce is how much is copied before a cancelled copy stops.
const pagesAtOnce = 4096

// copy copies the database page by page, with SQLite's own online backup, as
// the reader sees it.
func (s *source) copy(ctx context.Context, to string) error {
	return s.reader.Raw(func(driver any) (err error) {
		from, ok := driver.(interface {
			NewBackup(string) (*sqlite.Backup, error)
		})
		if !ok {
			return errors.New("the driver has no online backup")
		}
		// The copy is thrown away after a crash, so it needs no journal.
		b, err := from.NewBackup(to + "?_pragma=journal_mode(OFF)&_pragma=synchronous(OFF)")
		if err != nil {
			return err
		}
		defer func() {
			if finished := b.Finish(); err == nil {
				err = finished
			}
		}()
		for more := true; more; {
			if err := ctx.Err(); err != nil {
				return err
			}
			if more, err = b.Step(pagesAtOnce); err != nil {
				return err
			}
		}
		return nil
	})
}

// linkFiles gives the copy every other file of the data folder.
func linkFiles(ctx context.Context, dir, to string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) && path != dir {
			return nil // removed meanwhile
		}
		if err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		switch {
		case err != nil || rel == ".":
			return err
		case without(rel) && d.IsDir():
			return fs.SkipDir
		case without(rel):
			return nil
		case d.IsDir():
			return os.Mkdir(filepath.Join(to, rel), 0o700)
		case !d.Type().IsRegular():
			return fmt.Errorf("%s is neither a file nor a folder: a backup can't hold it", path)
		}
		return link(path, filepath.Join(to, rel))
	})
}

// without reports whether the path in the data folder is left out.
func without(rel string) bool {
	if strings.ContainsRune(rel, filepath.Separator) {
		return false
	}
	return folder.Own(rel) || slices.Contains(leftOut, rel) || strings.HasPrefix(rel, copied) || slices.ContainsFunc(databases, func(name string) bool {
		return strings.HasPrefix(rel, name) // the file, and SQLite's beside it
	})
}

// link gives the file a second name, or copies it where that can't be.
func link(from, to string) error {
	err := os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return nil // or removed meanwhile
	}
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("copy a file: %w", err)
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return fmt.Errorf("copy a file: %w", err)
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
