package problem_test

import (
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"syscall"
	"testing"

	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/router"
	_ "modernc.org/sqlite" // the driver
)

// database opens a fresh database file that has one table.
func database(t *testing.T) *dbx.DB {
	t.Helper()
	db, err := dbx.Open("sqlite", filepath.Join(t.TempDir(), "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	db.DB().SetMaxOpenConns(1)
	run(t, db, "CREATE TABLE notes (text)")
	return db
}

func run(t *testing.T, db dbx.Builder, sql string) {
	t.Helper()
	if _, err := db.NewQuery(sql).Execute(); err != nil {
		t.Fatal(err)
	}
}

// full is what SQLite says when its file may not grow.
func full(t *testing.T) error {
	t.Helper()
	db := database(t)
	run(t, db, "PRAGMA max_page_count = 3")
	_, err := db.NewQuery("INSERT INTO notes VALUES (zeroblob(100000))").Execute()
	if err == nil {
		t.Fatal("a full database took more")
	}
	return err
}

func TestAFullDiskIsNobodysFaultAndPasses(t *testing.T) {
	sqlite := full(t)
	for name, err := range map[string]error{
		"sqlite":       sqlite,
		"wrapped":      fmt.Errorf("save letter: %w", sqlite),
		"rolled back":  fmt.Errorf("save letter: %w", dbx.Errors{sqlite, errors.New("no transaction is active")}),
		"joined":       errors.Join(errors.New("first"), sqlite),
		"record API":   router.NewBadRequestError("Failed to create record.", fmt.Errorf("submit: %w", sqlite)),
		"API in API":   router.NewBadRequestError("", router.NewBadRequestError("", dbx.Errors{sqlite})),
		"hook":         router.NewApiError(http.StatusInsufficientStorage, "full", nil),
		"no space":     fmt.Errorf("write: %w", syscall.ENOSPC),
		"over a quota": fmt.Errorf("write: %w", syscall.EDQUOT),
	} {
		t.Run(name, func(t *testing.T) {
			rec, answer, log := write(t, err)
			if rec.Code != http.StatusInsufficientStorage || answer["code"] != "error.storage_full" || rec.Header().Get("Retry-After") != "60" {
				t.Errorf("%d %v %v", rec.Code, rec.Header(), answer)
			}
			if log == "" {
				t.Error("the operator isn't told")
			}
		})
	}
}

func TestALockedDatabaseIsBusy(t *testing.T) {
	db := database(t)
	var file string
	if err := db.NewQuery("SELECT file FROM pragma_database_list").Row(&file); err != nil {
		t.Fatal(err)
	}
	run(t, db, "BEGIN IMMEDIATE")
	other, err := dbx.Open("sqlite", file)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	_, err = other.NewQuery("INSERT INTO notes VALUES (1)").Execute()
	for _, err := range []error{err, router.NewBadRequestError("", fmt.Errorf("save: %w", err))} {
		p := problem.From(err)
		if p.Status != http.StatusServiceUnavailable || p.RetryAfter == 0 {
			t.Errorf("%v: %d", err, p.Status)
		}
	}
}

func TestOtherFaultsOfADatabaseAreNotStorage(t *testing.T) {
	db := database(t)
	_, syntax := db.NewQuery("SELECT nothing FROM nowhere").Execute()
	run(t, db, "CREATE UNIQUE INDEX one ON notes (text)")
	run(t, db, "INSERT INTO notes VALUES ('a')")
	_, twice := db.NewQuery("INSERT INTO notes VALUES ('a')").Execute()
	for _, err := range []error{syntax, twice} {
		if p := problem.From(err); err == nil || p.Status != http.StatusInternalServerError {
			t.Errorf("%v: %v", err, p)
		}
	}
	for _, status := range []int{400, 403, 404} {
		err := router.NewApiError(status, "no", errors.New("a reason"))
		if p := problem.From(err); p.Status != status {
			t.Errorf("%d became %d", status, p.Status)
		}
	}
}
