package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"

	"folje/internal/access"

	_ "modernc.org/sqlite" // the driver
)

// ledger is what the server's database has of one phone.
type ledger struct {
	verdicts map[string]string // by op, of those that the phone holds as sent
	entries  int               // of operations, since the beginning of the run
	wishes   map[string]int    // how often each text is there
	answers  map[string]answer // by meeting
}

type answer struct {
	seq          int
	status, note string
}

// read reads a stopped server's database, past all of the server's own code
// but the keys.
func read(dir string, phone held, before int) (l ledger, err error) {
	now, err := countOperations(dir)
	if err != nil {
		return l, err
	}
	l = ledger{verdicts: map[string]string{}, entries: now - before, wishes: map[string]int{}, answers: map[string]answer{}}
	db, err := open(dir)
	if err != nil {
		return l, err
	}
	defer db.Close()
	if err := l.readVerdicts(db, dir, phone); err != nil {
		return l, fmt.Errorf("read the verdicts: %w", err)
	}
	err = each(db, func(scan func(...any) error) error {
		var text string
		err := scan(&text)
		l.wishes[text]++
		return err
	}, "SELECT text FROM wishes WHERE text LIKE 'Storm %'")
	if err != nil {
		return l, fmt.Errorf("read the wishes: %w", err)
	}
	err = each(db, func(scan func(...any) error) error {
		var meeting string
		var a answer
		err := scan(&meeting, &a.seq, &a.status, &a.note)
		l.answers[meeting] = a
		return err
	}, "SELECT meeting, seq, status, note FROM rsvps WHERE device = ?", phone.Device.ID)
	if err != nil {
		return l, fmt.Errorf("read the answers: %w", err)
	}
	return l, nil
}

func (l ledger) readVerdicts(db *sql.DB, dir string, phone held) error {
	secret, err := os.ReadFile(access.KeyFile(dir))
	if err != nil {
		return err
	}
	keys, err := access.NewKeys(secret)
	if err != nil {
		return err
	}
	for _, o := range phone.Sent {
		err := each(db, func(scan func(...any) error) error {
			var verdict string
			err := scan(&verdict)
			l.verdicts[o.Op] += verdict
			return err
		}, "SELECT verdict FROM operations WHERE mark = ?", keys.OperationMark(phone.Device.ID, o.Op))
		if err != nil {
			return err
		}
	}
	return nil
}

// countOperations counts all operations that the server has a verdict on.
func countOperations(dir string) (n int, err error) {
	db, err := open(dir)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	if err := db.QueryRow("SELECT count(*) FROM operations").Scan(&n); err != nil {
		return 0, fmt.Errorf("count operations: %w", err)
	}
	return n, nil
}

func open(dir string) (*sql.DB, error) {
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "data.db")+"?mode=ro&_pragma=busy_timeout(10000)")
	if err != nil {
		return nil, fmt.Errorf("open the server's database: %w", err)
	}
	return db, nil
}

// each hands every row of the query to see.
func each(db *sql.DB, see func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := db.Query(query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := see(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
