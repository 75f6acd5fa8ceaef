package audit_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"folje/internal/apptest"
	"folje/internal/audit"

	"github.com/pocketbase/pocketbase/core"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// written is an app whose log has so many rows.
func written(t testing.TB, rows int) core.App {
	t.Helper()
	app := apptest.New(t)
	err := app.RunInTransaction(func(tx core.App) error {
		for i := range rows {
			at := noon.Add(time.Duration(i) * time.Minute)
			if err := audit.Write(tx, fmt.Sprintf("staff%d", i%3), "publish letter", fmt.Sprintf("letter%d", i), at); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return app
}

func verify(t testing.TB, app core.App, kept ...audit.Head) audit.Report {
	t.Helper()
	db, err := audit.Open(app.DataDir())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	r, err := audit.Verify(context.Background(), db, kept...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func last(t testing.TB, app core.App) audit.Head {
	t.Helper()
	h, err := audit.Last(app)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func run(t testing.TB, app core.App, sql string) error {
	t.Helper()
	_, err := app.NonconcurrentDB().NewQuery(sql).Execute()
	return err
}

func TestRowsAreLinked(t *testing.T) {
	empty := apptest.New(t)
	if r := verify(t, empty); !r.Intact() || r.Rows != 0 || last(t, empty) != (audit.Head{}) {
		t.Errorf("an empty log: %+v", r)
	}
	app := written(t, 5)
	head := last(t, app)
	if r := verify(t, app, head); !r.Intact() || r.Rows != 5 || r.Head != head || head.Seq != 5 {
		t.Errorf("%+v, head %v", r, head)
	}
	row, err := audit.Add(app, audit.System, "release letter", "x", noon)
	if err != nil || row.Seq != 6 || len(row.ID) != 15 {
		t.Fatalf("%+v %v", row, err)
	}
	if now := last(t, app); now != (audit.Head{Seq: 6, Hash: row.Hash}) || !verify(t, app, head, now).Intact() {
		t.Errorf("the head is %v, the row %+v", now, row)
	}
}

func TestWhatIsRolledBackLeavesNoGap(t *testing.T) {
	app := written(t, 2)
	broken := errors.New("broken")
	err := app.RunInTransaction(func(tx core.App) error {
		return errors.Join(audit.Write(tx, "a", "b", "c", noon), broken)
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	if err := audit.Write(app, "a", "b", "c", noon); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, app); !r.Intact() || r.Rows != 3 {
		t.Errorf("%+v", r)
	}
}

// Nothing but the next row gets in, and nothing out, whatever SQL the
// dashboard's console is given.
func TestTheDatabaseRefusesChanges(t *testing.T) {
	app := written(t, 3)
	audit.Register(app)
	head := last(t, app)
	for _, sql := range []string{
		`UPDATE audit_log SET actor = 'x' WHERE seq = 2`,
		`UPDATE OR REPLACE audit_log SET seq = 1 WHERE seq = 2`,
		`DELETE FROM audit_log WHERE seq = 3`,
		`DELETE FROM audit_log`,
		`INSERT INTO audit_log (id, seq, actor, action, subject, at, hash) VALUES ('x', 9, 'a', 'b', 'c', '', '` + head.Hash + `')`,
		`INSERT INTO audit_log (id, seq, actor, action, subject, at, hash) VALUES ('x', 4, 'a', 'b', 'c', '', '')`,
		`INSERT OR REPLACE INTO audit_log (id, seq, actor, action, subject, at, hash) VALUES ('x', 2, 'a', 'b', 'c', '', '` + head.Hash + `')`,
		`INSERT OR REPLACE INTO audit_log (id, seq, actor, action, subject, at, hash)
			SELECT id, 4, 'a', 'b', 'c', '', '` + head.Hash + `' FROM audit_log WHERE seq = 1`,
	} {
		if err := run(t, app, sql); err == nil || !strings.Contains(err.Error(), "only added to") {
			t.Errorf("%s: %v", sql, err)
		}
	}
	records, err := app.FindAllRecords("audit_log")
	if err != nil || len(records) != 3 {
		t.Fatal(len(records), err)
	}
	records[0].Set("subject", "other")
	if app.Save(records[0]) == nil || app.Delete(records[1]) == nil {
		t.Error("a record could be saved or deleted")
	}
	c := records[0].Collection()
	if app.TruncateCollection(c) == nil || app.Delete(c) == nil || app.Save(c) == nil {
		t.Error("the collection could be emptied, deleted or altered")
	}
	if r := verify(t, app, head); !r.Intact() {
		t.Errorf("%+v", r)
	}
}

// What the migration finds is linked as it was written.
func TestEarlierRowsAreLinked(t *testing.T) {
	app := written(t, 7)
	runner := core.NewMigrationsRunner(app, core.AppMigrations)
	steps := 0
	for _, m := range core.AppMigrations.Items() {
		if m.File >= "1764057630" {
			steps++
		}
	}
	if _, err := runner.Down(steps); err != nil {
		t.Fatal(err)
	}
	if err := run(t, app, `UPDATE audit_log SET subject = 'earlier' WHERE rowid = 3`); err != nil {
		t.Fatal(err)
	}
	if _, err := runner.Up(); err != nil {
		t.Fatal(err)
	}
	if r := verify(t, app); !r.Intact() || r.Rows != 7 {
		t.Errorf("%+v", r)
	}
	if err := audit.Write(app, "a", "b", "c", noon); err != nil || last(t, app).Seq != 8 {
		t.Errorf("%v, head %v", err, last(t, app))
	}
}

func TestHeads(t *testing.T) {
	want := audit.Head{Seq: 12, Hash: strings.Repeat("ab", 32)}
	for _, s := range []string{want.String(), strings.Replace(want.String(), " ", ":", 1)} {
		if got, err := audit.ParseHead(s); err != nil || got != want {
			t.Errorf("%q: %v %v", s, got, err)
		}
	}
	for _, s := range []string{"", "12", "12 ", "0 " + want.Hash, "x " + want.Hash, "12 " + want.Hash[1:], "12 " + strings.Repeat("x", 64)} {
		if got, err := audit.ParseHead(s); err == nil {
			t.Errorf("%q: %v", s, got)
		}
	}
}
