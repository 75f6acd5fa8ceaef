package backup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// format is the version of the archives that this program writes and reads.
const format = 1

// Manifest says what is in an archive.
type Manifest struct {
	Format int                       `json:"format"`
	Build  string                    `json:"build"`
	Made   time.Time                 `json:"made"`
	Epoch  string                    `json:"epoch"`
	Files  []File                    `json:"files"`
	Rows   map[string]map[string]int `json:"rows"` // database → table → rows
}

// File is a file of the data folder, named with slashes.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // in hexadecimal
}

// describe begins the manifest of a copied data folder; the files' hashes are
// added when they are read.
func describe(ctx context.Context, dir string, o Options) (Manifest, error) {
	m := Manifest{Format: format, Build: o.Build, Made: o.Now.UTC().Truncate(time.Second), Rows: map[string]map[string]int{}}
	err := inspect(ctx, dir, func(name string, rows map[string]int, epoch string) error {
		m.Rows[name] = rows
		if epoch != "" {
			m.Epoch = epoch
		}
		return nil
	})
	if err == nil && m.Epoch == "" {
		err = errors.New("the database has no epoch: start this program with it once")
	}
	return m, err
}

// inspect tells each database of a copied data folder: its rows, and the epoch
// of the one that has it.
func inspect(ctx context.Context, dir string, tell func(name string, rows map[string]int, epoch string) error) error {
	for _, name := range databases {
		path := filepath.Join(dir, name)
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := inspectOne(ctx, path, tell); err != nil {
			return fmt.Errorf("look into %s: %w", name, err)
		}
	}
	return nil
}

func inspectOne(ctx context.Context, path string, tell func(string, map[string]int, string) error) (err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := intact(ctx, db); err != nil {
		return err
	}
	rows, err := countRows(ctx, db)
	if err != nil {
		return err
	}
	epoch := ""
	if _, ok := rows["settings"]; ok {
		if epoch, err = readEpoch(ctx, db); err != nil {
			return err
		}
	}
	return tell(filepath.Base(path), rows, epoch)
}

// intact asks SQLite whether the database is in order.
func intact(ctx context.Context, db *sql.DB) error {
	var says string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&says); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if says != "ok" {
		return fmt.Errorf("%w: SQLite says %q", ErrDamaged, says)
	}
	return nil
}

func countRows(ctx context.Context, db *sql.DB) (map[string]int, error) {
	tables, err := db.QueryContext(ctx, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`)
	if err != nil {
		return nil, err
	}
	defer tables.Close()
	var names []string
	for tables.Next() {
		var name string
		if err := tables.Scan(&name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	if err := tables.Err(); err != nil {
		return nil, err
	}
	rows := make(map[string]int, len(names))
	for _, name := range names {
		var n int
		if err := db.QueryRowContext(ctx, `SELECT count(*) FROM "`+strings.ReplaceAll(name, `"`, `""`)+`"`).Scan(&n); err != nil {
			return nil, err
		}
		rows[name] = n
	}
	return rows, nil
}

func readEpoch(ctx context.Context, db *sql.DB) (epoch string, err error) {
	err = db.QueryRowContext(ctx, `SELECT value FROM settings WHERE name = 'epoch'`).Scan(&epoch)
	return strings.Trim(epoch, `"`), err
}
