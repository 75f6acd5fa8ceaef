package backup_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"folje/internal/audit"
	"folje/internal/backup"
)

// A restore keeps the audit log's chain whole, and says where it ended before.
func TestTheAuditLogOutlivesARestore(t *testing.T) {
	w := newTown(t)
	write := func(n int) audit.Head {
		t.Helper()
		for i := range n {
			if err := audit.Write(w.app, "anna", "publish letter", fmt.Sprint("letter", i), noon); err != nil {
				t.Fatal(err)
			}
		}
		head, err := audit.Last(w.app)
		if err != nil {
			t.Fatal(err)
		}
		return head
	}
	verify := func(kept audit.Head) audit.Report {
		t.Helper()
		db, err := audit.Open(w.app.DataDir())
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		r, err := audit.Verify(context.Background(), db, kept)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	early := write(4)
	made := w.backup(t, noon)
	late := write(3)
	w.restore(t, made.Path)
	if r := verify(early); !r.Intact() || r.Rows != 5 {
		t.Errorf("%+v", r)
	}
	if r := verify(late); r.Intact() {
		t.Error("a head that the archive doesn't have is found all the same")
	}
	rows, err := audit.After(w.app, early.Seq, 10)
	if err != nil || len(rows) != 1 || rows[0].Actor != audit.System || rows[0].Action != audit.Restored || rows[0].Subject != late.String() {
		t.Errorf("%+v %v", rows, err)
	}
	write(1)
	if r := verify(early); !r.Intact() || r.Rows != 6 {
		t.Errorf("after the restore: %+v", r)
	}
}

// Where the folder is lost nobody knows where its log ended.
func TestARestoreElsewhereKnowsNoHead(t *testing.T) {
	w := newTown(t)
	made := w.backup(t, noon)
	dir := t.TempDir() + "/elsewhere"
	o := w.restoring(made.Path, dir)
	o.Now = noon.Add(time.Hour)
	if err := w.app.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	if _, err := backup.Restore(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	rows, err := audit.After(openApp(t, dir), 0, 10)
	if err != nil || len(rows) != 1 || rows[0].Subject != "unknown" {
		t.Errorf("%+v %v", rows, err)
	}
}
