package folder

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver
)

// The refusals of [Check].
var (
	// ErrLost says that there was a database and there is none now.
	ErrLost = errors.New("the data folder had a database, and has none now")
	// ErrForeign says that the database is another program's.
	ErrForeign = errors.New("the database in the data folder is not Följe's")
	// ErrHalfway says that a restore into the folder was not finished.
	ErrHalfway = errors.New("a restore into the data folder was not finished")
)

// Check says whether dir may be opened: a folder that is new, or that has what
// it had. An empty database must never quietly take the place of a lost one:
// phones would take it for the truth. It changes nothing; call it before
// anything opens the database, with the folder held. It fails with [ErrLost],
// [ErrForeign] and [ErrHalfway], each with what to do, and with what also says
// of the database, where there is one: each new connection to it takes the time
// of reading its schema. Also may be nil.
func Check(dir string, also func(*sql.DB) error) (err error) {
	path, err := real(dir)
	if err != nil {
		return err
	}
	nothing, err := bare(path)
	if err != nil {
		return err
	}
	if nothing && exists(beside(path)) {
		return fmt.Errorf("%w: run folje restore again, or remove %s to begin with an empty database", ErrHalfway, beside(path))
	}
	db, found, err := look(filepath.Join(path, "data.db"))
	if err != nil {
		return fmt.Errorf("%w: %w; bring it back with folje restore", ErrLost, err)
	}
	if db != nil {
		defer func() { err = errors.Join(err, db.Close()) }()
	}
	switch {
	case found == foreign:
		return fmt.Errorf("%w: choose another folder with --dir", ErrForeign)
	case found == none && used(path):
		return fmt.Errorf("%w: bring it back with folje restore (docs/operations.md), or begin with an empty one "+
			"in another folder with --dir", ErrLost)
	case db == nil || also == nil:
		return nil
	}
	return also(db)
}

// used reports whether something in dir says that there was a database.
func used(dir string) bool {
	keys, err := os.ReadDir(filepath.Join(dir, "keys"))
	journal, missing := os.Stat(filepath.Join(dir, "erasures.log"))
	return exists(dir, markFile) || err == nil && len(keys) > 0 || missing == nil && journal.Size() > 0
}

// Mark notes in dir that there is a database now; from then on [Check] misses
// it. A folder that is marked stays as it is.
func Mark(dir string, now time.Time) error {
	path := filepath.Join(dir, markFile)
	if exists(path) {
		return nil
	}
	mark, err := json.Marshal(map[string]string{"created": now.UTC().Format(time.RFC3339)})
	if err != nil {
		return err
	}
	return WriteFile(path, append(mark, '\n'))
}

// content is what a database file holds.
type content int

const (
	none    content = iota // no file, no tables, or no more than PocketBase's own
	ours                   // Följe's collections
	foreign                // somebody else's
)

// open opens the database file; nil where there is none, or nothing in it.
func open(path string) (*sql.DB, error) {
	info, err := os.Stat(path)
	if errors.Is(err, os.ErrNotExist) || err == nil && info.Size() == 0 {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look at the database: %w", err)
	}
	db, err := sql.Open("sqlite", path+"?_pragma=busy_timeout(10000)")
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return db, nil
}

// look opens the database and says what it holds; nil and none where there is none.
func look(path string) (db *sql.DB, found content, err error) {
	if db, err = open(path); err != nil || db == nil {
		return nil, none, err
	}
	if found, err = held(db); err != nil {
		return nil, none, errors.Join(err, db.Close())
	}
	return db, found, nil
}

// held is what the database holds. A crash in the very first start leaves
// PocketBase's own tables and nothing else: that is nothing yet.
func held(db *sql.DB) (found content, err error) {
	var settings, others int
	if settings, err = count(db, `SELECT count(*) FROM sqlite_schema WHERE name IN ('settings', 'letters', 'devices')`); err != nil {
		return none, err
	}
	if settings == 3 {
		return ours, nil
	}
	if collections, err := count(db, `SELECT count(*) FROM sqlite_schema WHERE name = '_collections'`); err != nil {
		return none, err
	} else if collections == 0 {
		others, err = count(db, `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name NOT LIKE '\_%' ESCAPE '\'`)
		return verdict(others), err
	}
	others, err = count(db, `SELECT count(*) FROM _collections WHERE NOT system AND name <> 'users'`)
	return verdict(others), err
}

func verdict(others int) content {
	if others > 0 {
		return foreign
	}
	return none
}

func count(db *sql.DB, query string) (n int, err error) {
	if err := db.QueryRow(query).Scan(&n); err != nil {
		return 0, fmt.Errorf("read the database: %w", err)
	}
	return n, nil
}
