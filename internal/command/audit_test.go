package command

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"folje/internal/app"
	"folje/internal/audit"
)

// verified runs folje audit verify on the data folder.
func verified(t *testing.T, dir string, args ...string) (code int, said string) {
	t.Helper()
	var out bytes.Buffer
	code = Run(context.Background(), append([]string{"audit", "verify", "--dir", dir}, args...), Files{}, &out, &out)
	return code, out.String()
}

func TestAuditVerify(t *testing.T) {
	dir := t.TempDir()
	if code, said := verified(t, dir); code == 0 {
		t.Errorf("a folder without a database: %s", said)
	}
	a, err := app.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if code, said := verified(t, dir); code != 0 || !strings.Contains(said, "empty") {
		t.Errorf("%d %s", code, said)
	}
	for i := range 3 {
		if err := audit.Write(a, "anna", "publish letter", fmt.Sprint("letter", i), time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	head, err := audit.Last(a)
	if err != nil {
		t.Fatal(err)
	}
	at := fmt.Sprintf("%d:%s", head.Seq, head.Hash)
	if code, said := verified(t, dir, "--head", at); code != 0 || !strings.Contains(said, "3 rows") || !strings.Contains(said, at) {
		t.Errorf("while the app runs: %d %s", code, said)
	}
	if code, said := verified(t, dir, "--head", "4:"+head.Hash); code != 1 || !strings.Contains(said, "ends before row 4") {
		t.Errorf("%d %s", code, said)
	}
	if code, said := verified(t, dir, "--head", "four"); code != 1 || !strings.Contains(said, "--head") {
		t.Errorf("%d %s", code, said)
	}
	if _, err := a.NonconcurrentDB().NewQuery("DROP TRIGGER audit_log_unchanged").Execute(); err != nil {
		t.Fatal(err)
	}
	if _, err := a.NonconcurrentDB().NewQuery("UPDATE audit_log SET actor = 'berit' WHERE seq = 2").Execute(); err != nil {
		t.Fatal(err)
	}
	if err := a.ResetBootstrapState(); err != nil {
		t.Fatal(err)
	}
	if code, said := verified(t, dir); code != 1 || !strings.Contains(said, "row 2") || !strings.Contains(said, "1 rows before") {
		t.Errorf("changed: %d %s", code, said)
	}
}
