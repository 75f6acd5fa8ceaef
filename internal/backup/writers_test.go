package backup_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/backup"

	"github.com/pocketbase/pocketbase/core"
)

// writer saves, one transaction after the other, a phone with its membership;
// each has an attachment, put there before the commit. Every third is deleted
// again, and its attachment after that.
type writer struct {
	number       int
	acknowledged atomic.Int64
	failed       chan error
}

// run writes until stop is closed, and says after each time that it has.
func (w *writer) run(a core.App, group string, wrote chan<- struct{}, stop <-chan struct{}) {
	for i := 0; ; i++ {
		select {
		case <-stop:
			return
		default:
		}
		if err := w.write(a, group, i); err != nil {
			w.failed <- err
			return
		}
		w.acknowledged.Add(1)
		select {
		case wrote <- struct{}{}:
		default:
		}
	}
}

func (w *writer) id(i int) string { return fmt.Sprintf("00000000-0000-4000-8%03d-%012d", w.number, i) }

func attachment(dir, id string) string { return filepath.Join(dir, "storage", "devices", id) }

func (w *writer) write(a core.App, group string, i int) error {
	id := w.id(i)
	if err := os.WriteFile(attachment(a.DataDir(), id), []byte(id), 0o600); err != nil {
		return err
	}
	err := a.RunInTransaction(func(tx core.App) error {
		for collection, values := range map[string]map[string]any{
			"devices": {"id": id, "secretHash": fmt.Sprintf("%03d%061d", w.number, i)},
			"wishes":  {"group": group, "text": id, "day": "2026-03-01", "state": "open"},
		} {
			c, err := tx.FindCachedCollectionByNameOrId(collection)
			if err != nil {
				return err
			}
			r := core.NewRecord(c)
			r.Load(values)
			if err := tx.Save(r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil || i%3 != 2 {
		return err
	}
	return w.remove(a, w.id(i-1))
}

func (w *writer) remove(a core.App, id string) error {
	r, err := a.FindRecordById("devices", id)
	if err != nil {
		return err
	}
	if err := a.Delete(r); err != nil {
		return err
	}
	return os.Remove(attachment(a.DataDir(), id))
}

func TestBackupUnderSixWritersIsCompleteAndOfOneMoment(t *testing.T) {
	w := newTown(t)
	group := apptest.MustGroup(t, w.app, apptest.MustUnit(t, w.app, "Björken"), "Blåklockan").Id
	if err := os.MkdirAll(attachment(w.app.DataDir(), ""), 0o700); err != nil {
		t.Fatal(err)
	}
	writers, wrote, stop := make([]*writer, 6), make(chan struct{}, 1), make(chan struct{})
	failed := make(chan error, len(writers))
	var all sync.WaitGroup
	for n := range writers {
		writers[n] = &writer{number: n, failed: failed}
		all.Go(func() { writers[n].run(w.app, group, wrote, stop) })
	}
	var archives []string
	var before [][]int64
	for n := range 4 {
		for slices.Min(acknowledged(writers)) < int64(10*(n+1)) {
			select {
			case <-wrote:
			case err := <-failed:
				t.Fatal(err)
			}
		}
		before = append(before, acknowledged(writers))
		at := noon.Add(time.Duration(n) * time.Second)
		if n%2 == 0 {
			archives = append(archives, w.backup(t, at).Path)
			continue
		}
		if process(t, "backup", w.app.DataDir(), w.to, w.key.Recipient().String(), at.Format(time.RFC3339)) {
			t.Fatal("the process that makes the backup died")
		}
		listed, err := backup.List(w.to)
		if err != nil {
			t.Fatal(err)
		}
		archives = append(archives, listed[0].Path)
	}
	after := acknowledged(writers)
	close(stop)
	all.Wait()
	if len(failed) > 0 {
		t.Error(<-failed)
	}
	for n, archive := range archives {
		checkMoment(t, w, archive, before[n], after)
	}
	t.Logf("four backups, two of them by another process; acknowledged before each: %v, at the end %v", before, after)
}

func acknowledged(writers []*writer) []int64 {
	n := make([]int64, len(writers))
	for i, w := range writers {
		n[i] = w.acknowledged.Load()
	}
	return n
}

// checkMoment restores the archive and checks that it has, of each writer, the
// first so many transactions and nothing of any other.
func checkMoment(t *testing.T, w *town, archive string, before, after []int64) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "data")
	if killed := process(t, "restore", archive, dir, keyFileOf(t, w), ""); killed {
		t.Fatal("the restore died")
	}
	a := openApp(t, dir)
	var ids []string
	if err := a.DB().NewQuery("SELECT id FROM devices").Column(&ids); err != nil {
		t.Fatal(err)
	}
	there := map[string]bool{}
	for _, id := range ids {
		there[id] = true
	}
	for number := range before {
		one := &writer{number: number}
		var n int
		if err := a.DB().NewQuery(fmt.Sprintf("SELECT count(*) FROM wishes WHERE text LIKE '00000000-0000-4000-8%03d-%%'", number)).Row(&n); err != nil {
			t.Fatal(err)
		}
		if int64(n) < before[number] || int64(n) > after[number]+1 {
			t.Errorf("writer %d: %d transactions, of which %d were acknowledged before and %d at the end", number, n, before[number], after[number])
		}
		checkWriter(t, dir, there, one, n)
	}
}

func checkWriter(t *testing.T, dir string, phones map[string]bool, w *writer, n int) {
	t.Helper()
	for i := range n {
		there := phones[w.id(i)]
		// i is deleted after transaction i+1 and before i+2, which tells at the end.
		switch deleted := i%3 == 1; {
		case !there && !deleted, !there && i+1 >= n:
			t.Errorf("writer %d: half of transaction %d", w.number, i)
		case there && deleted && i+2 < n:
			t.Errorf("writer %d: what was deleted after transaction %d is back", w.number, i+1)
		}
		if _, err := os.Stat(attachment(dir, w.id(i))); there && err != nil {
			t.Errorf("writer %d: the attachment of %d is missing", w.number, i)
		}
	}
	if phones[w.id(n)] {
		t.Errorf("writer %d: half of transaction %d", w.number, n)
	}
}

func keyFileOf(t *testing.T, w *town) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "key")
	writeFile(t, file, w.key.String())
	return file
}
