package replica_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"folje/internal/database"
	"folje/internal/replica"

	"github.com/pocketbase/dbx"
)

// open makes a database as a writer has it.
func open(t *testing.T, path string) *dbx.DB {
	t.Helper()
	db, err := database.ConnectReplicated(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	execute(t, db, "CREATE TABLE IF NOT EXISTS rows (n INTEGER PRIMARY KEY)")
	return db
}

func execute(t *testing.T, db *dbx.DB, query string) {
	t.Helper()
	if _, err := db.NewQuery(query).Execute(); err != nil {
		t.Fatal(err)
	}
}

// restored counts the rows of a term's copy.
func restored(t *testing.T, from string, term uint64) (rows int) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "restored.db")
	if _, err := replica.Restore(t.Context(), from, term, 0, path, nil); err != nil {
		t.Fatal(err)
	}
	db, err := dbx.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.NewQuery("SELECT count(*) FROM rows").Row(&rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

func TestWhatWasWaitedForIsInTheCopy(t *testing.T) {
	dir := t.TempDir()
	path, to := filepath.Join(dir, database.Main), "file://"+filepath.Join(dir, "copies")
	db := open(t, path)
	execute(t, db, "INSERT INTO rows DEFAULT VALUES")
	r, err := replica.Begin(t.Context(), to, 3, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n := restored(t, to, 3); n != 1 {
		t.Errorf("%d rows when it had begun", n)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 10 {
				if _, err := db.NewQuery("INSERT INTO rows DEFAULT VALUES").Execute(); err != nil {
					t.Error(err)
				}
				if err := r.Wait(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if n := restored(t, to, 3); n != 41 {
		t.Errorf("%d rows of 41", n) // nothing was ended: the copy is of a writer that was killed
	}
	if err := r.Wait(t.Context()); err != nil {
		t.Error(err)
	}
	if r.Lag() != 0 {
		t.Errorf("lags by %v", r.Lag())
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	position, err := r.Close(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	copied, err := replica.Position(t.Context(), to, 3)
	if err != nil || copied != position {
		t.Errorf("the copy ends with %d, and its writer said %d: %v", copied, position, err)
	}
	if local, err := replica.Local(path, 3); err != nil || local < copied {
		t.Errorf("beside the database it is %d: %v", local, err)
	}
}

func TestAReplicaThatTakesNothingIsTold(t *testing.T) {
	dir := t.TempDir()
	path, copies := filepath.Join(dir, database.Main), filepath.Join(dir, "copies")
	db := open(t, path)
	r, err := replica.Begin(t.Context(), "file://"+copies, 1, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(copies); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(copies, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	execute(t, db, "INSERT INTO rows DEFAULT VALUES")
	if err := r.Wait(t.Context()); !errors.Is(err, replica.ErrAway) {
		t.Errorf("%v", err)
	}
	if r.Lag() == 0 {
		t.Error("it lags by nothing")
	}
	if err := r.Abandon(); err != nil {
		t.Error(err)
	}
	if err := r.Wait(t.Context()); !errors.Is(err, replica.ErrAway) {
		t.Errorf("after its end: %v", err)
	}
}

func TestTheNewestTermIsFound(t *testing.T) {
	dir := t.TempDir()
	to := "file://" + filepath.Join(dir, "copies")
	for _, term := range []uint64{2, 7} {
		path := filepath.Join(dir, fmt.Sprint(term), database.Main)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		open(t, path)
		r, err := replica.Begin(t.Context(), to, term, path, nil)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = r.Abandon() })
	}
	for _, known := range []uint64{0, 2, 5, 7} {
		if newest, err := replica.Newest(t.Context(), to, known); err != nil || newest != 7 {
			t.Errorf("from %d: %d %v", known, newest, err)
		}
	}
	for _, known := range []uint64{8, 39, 40, 100} { // the newest ones never came to begin
		if newest, err := replica.Newest(t.Context(), to, known); err != nil || newest != 7 {
			t.Errorf("before %d: %d %v", known, newest, err)
		}
	}
	if newest, err := replica.Newest(t.Context(), "file://"+filepath.Join(dir, "others"), 40); err != nil || newest != 0 {
		t.Errorf("nothing: %d %v", newest, err)
	}
	path := filepath.Join(dir, "behind.db")
	if _, err := replica.Restore(t.Context(), to, 7, 1000, path, nil); !errors.Is(err, replica.ErrBehind) {
		t.Errorf("an older copy: %v", err)
	}
	if _, err := replica.Restore(t.Context(), to, 6, 0, path, nil); !errors.Is(err, replica.ErrNone) {
		t.Errorf("no copy: %v", err)
	}
	if err := replica.Delete(t.Context(), to, 2, 3); err != nil {
		t.Error(err)
	}
	if _, err := replica.Position(t.Context(), to, 2); !errors.Is(err, replica.ErrNone) {
		t.Errorf("a deleted copy: %v", err)
	}
}

func TestARestoreEndsWithItsContext(t *testing.T) {
	dir := t.TempDir()
	path, to := filepath.Join(dir, database.Main), "file://"+filepath.Join(dir, "copies")
	open(t, path)
	r, err := replica.Begin(t.Context(), to, 1, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Abandon() })
	ctx, cancel := context.WithTimeout(t.Context(), -time.Second)
	defer cancel()
	_, err = replica.Restore(ctx, to, 1, 0, filepath.Join(t.TempDir(), "x.db"), nil)
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func TestWhatIsDeletedIsNotKeptForLong(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, database.Main)
	open(t, path)
	r, err := replica.Begin(t.Context(), "file://"+filepath.Join(dir, "copies"), 1, path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Abandon() })
	if kept := r.Keeps(); kept <= 0 || kept > 48*time.Hour { // docs/privacy.md
		t.Errorf("%v", kept)
	}
}

func TestCheckNamesWhatNoReplicaCanHave(t *testing.T) {
	for _, to := range []string{"", "copies", "ftp://host/x", "nats://host/x", "://", "sftp://host/copies", "sftp://user:password@host/copies",
		"s3://user:password@bucket/prefix", "s3://user:password@bucket/%zz", "user:password@bucket"} {
		if err := replica.Check(to); err == nil || strings.Contains(err.Error(), "password@") {
			t.Errorf("%q: %v", to, err)
		}
	}
	for _, to := range []string{"file:///var/copies", "s3://bucket/prefix?endpoint=http://127.0.0.1:9000&region=eu-north-1"} {
		if err := replica.Check(to); err != nil {
			t.Errorf("%s: %v", to, err)
		}
	}
}
