package audit

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
)

// Report is what [Verify] found. Wrong is the number of the first row that is
// not what was written, 0 where there is none, and Why says what is wrong with
// it.
type Report struct {
	Rows  int
	Head  Head
	Wrong int
	Why   string
}

// Intact reports whether nothing is wrong.
func (r Report) Intact() bool { return r.Why == "" }

// triggers are what refuses changes (pb_migrations).
var triggers = []string{"audit_log_next", "audit_log_unchanged", "audit_log_undeleted"}

// Verify follows the whole chain in the database. It looks as well whether the
// chain still contains the heads that somebody has kept, which is what tells
// that its end was cut off, and whether the database still refuses changes.
func Verify(ctx context.Context, db *sql.DB, kept ...Head) (Report, error) {
	var r Report
	at := map[int]string{}
	for _, h := range kept {
		at[h.Seq] = "" // looked up below
	}
	if err := r.follow(ctx, db, at); err != nil || !r.Intact() {
		return r, err
	}
	for _, h := range kept {
		switch hash := at[h.Seq]; {
		case hash == "":
			r.Wrong, r.Why = r.Rows+1, fmt.Sprintf("the log ends before row %d, which somebody has seen", h.Seq)
		case hash != h.Hash:
			r.Wrong, r.Why = h.Seq, "it is not the row that somebody has seen"
		}
	}
	if !r.Intact() {
		return r, nil
	}
	return r, r.guarded(ctx, db)
}

// follow checks row after row, and notes the hashes of the numbers in at.
func (r *Report) follow(ctx context.Context, db *sql.DB, at map[int]string) error {
	rows, err := db.QueryContext(ctx, `SELECT id, seq, actor, action, subject, at, hash FROM audit_log ORDER BY seq, rowid`)
	if err != nil {
		return fmt.Errorf("read the audit log: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var row Row
		if err := rows.Scan(&row.ID, &row.Seq, &row.Actor, &row.Action, &row.Subject, &row.At, &row.Hash); err != nil {
			return fmt.Errorf("read the audit log: %w", err)
		}
		switch {
		case row.Seq != r.Rows+1:
			r.Wrong, r.Why = r.Rows+1, fmt.Sprintf("it is missing: number %d comes instead", row.Seq)
		case row.Hash != link(r.Head.Hash, row.Digest()):
			r.Wrong, r.Why = row.Seq, "it is not what was written, or one before it is gone"
		}
		if !r.Intact() {
			return nil
		}
		r.Rows, r.Head = row.Seq, Head{row.Seq, row.Hash}
		if _, asked := at[row.Seq]; asked {
			at[row.Seq] = row.Hash
		}
	}
	return rows.Err()
}

// guarded looks for what keeps the rows as they are.
func (r *Report) guarded(ctx context.Context, db *sql.DB) error {
	for _, name := range triggers {
		var n int
		err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit_log' AND name = ?`, name).Scan(&n)
		if err != nil {
			return fmt.Errorf("look for the trigger %s: %w", name, err)
		}
		if n == 0 {
			r.Wrong, r.Why = r.Rows+1, "somebody removed what refuses changes: the trigger "+name
			return nil
		}
	}
	return nil
}

// Open opens the database of the data folder dir to read it, also while it is
// served. The caller closes it.
func Open(dir string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(filepath.Join(dir, "data.db"))+"?mode=ro&_pragma=busy_timeout(10000)")
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return db, nil
}

// HeadIn is the head of the log in the data folder dir; it fails where there is
// no database that can be read, or no row in it.
func HeadIn(ctx context.Context, dir string) (h Head, err error) {
	db, err := Open(dir)
	if err != nil {
		return Head{}, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	err = db.QueryRowContext(ctx, `SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1`).Scan(&h.Seq, &h.Hash)
	if err != nil {
		return Head{}, fmt.Errorf("find the head of the audit log: %w", err)
	}
	return h, nil
}
