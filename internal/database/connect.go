// Package database opens SQLite the way Följe needs it, and makes new rows.
package database

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	_ "modernc.org/sqlite" // the driver, pure Go
)

// MaxOpen is the size of each pool of connections: PocketBase's default of 120
// takes five times the memory at the same rate.
const MaxOpen = 4

// pragmas of every connection. busy_timeout stands first because the others
// may have to wait for a lock. An acknowledged write must survive a power cut
// (synchronous FULL), and what was erased must not stay readable in free pages
// (secure_delete).
var pragmas = []string{
	"busy_timeout(10000)", "journal_mode(WAL)", "journal_size_limit(200000000)",
	"synchronous(FULL)", "secure_delete(ON)", "foreign_keys(ON)",
	"temp_store(MEMORY)", "cache_size(-16000)",
}

// Connect opens the database file at path; it is PocketBase's DBConnect.
func Connect(path string) (*dbx.DB, error) { return connect(path, pragmas) }

// Main is the name of the database file that a replica is made of.
const Main = "data.db"

// ConnectReplicated is Connect where Litestream copies the main database: then
// only Litestream may move what is in the write-ahead log into the file.
func ConnectReplicated(path string) (*dbx.DB, error) {
	if filepath.Base(path) != Main {
		return Connect(path)
	}
	return connect(path, append(slices.Clone(pragmas), "wal_autocheckpoint(0)"))
}

func connect(path string, pragmas []string) (*dbx.DB, error) {
	db, err := dbx.Open("sqlite", path+"?_pragma="+strings.Join(pragmas, "&_pragma="))
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", path, err)
	}
	return db, nil
}
