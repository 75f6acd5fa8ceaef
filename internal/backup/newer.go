package backup

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/pocketbase/pocketbase/core"
)

// ErrNewer says that a database or an archive was made by a program that is
// newer than this.
var ErrNewer = errors.New("this was made by a newer program")

// Known checks that this program is not older than the database: it could
// neither use nor undo what newer migrations did. It fails with [ErrNewer].
//
// Only a migration with a later number than all of ours is newer: PocketBase
// drops old ones of its own.
func Known(ctx context.Context, db *sql.DB) error {
	applied, err := migrations(ctx, db)
	if err != nil {
		return err
	}
	newest := ""
	for _, m := range slices.Concat(core.SystemMigrations.Items(), core.AppMigrations.Items()) {
		newest = max(newest, m.File)
	}
	for _, file := range applied {
		if file > newest {
			return fmt.Errorf("%w: this one does not know the migration %s", ErrNewer, file)
		}
	}
	return nil
}

// knownIn is [Known] of the data folder dir, which may be without a database.
func knownIn(ctx context.Context, dir string) (err error) {
	path := filepath.Join(dir, "data.db")
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return nil
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return Known(ctx, db)
}

// migrations are the names of those that the database has been through.
func migrations(ctx context.Context, db *sql.DB) (files []string, err error) {
	var begun int // not in a folder whose first start crashed
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema WHERE name = '_migrations'").Scan(&begun); err != nil || begun == 0 {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, "SELECT file FROM _migrations")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var file string
		if err := rows.Scan(&file); err != nil {
			return nil, fmt.Errorf("list migrations: %w", err)
		}
		files = append(files, file)
	}
	return files, rows.Err()
}
