package audit_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"folje/internal/audit"

	"github.com/pocketbase/pocketbase/core"
)

// intruder has the database file itself, and knows how the chain is made.
type intruder struct {
	testing.TB
	app  core.App
	rand *rand.Rand
	rows int
}

func (i *intruder) do(format string, args ...any) {
	i.Helper()
	if err := run(i, i.app, fmt.Sprintf(format, args...)); err != nil {
		i.Fatalf(format+": %v", append(args, err)...)
	}
}

// some is the number of a row.
func (i *intruder) some() int { return 1 + i.rand.IntN(i.rows) }

// triggers gives what the database refuses with, to be put back.
func (i *intruder) triggers() (sql []string) {
	i.Helper()
	err := i.app.DB().NewQuery(`SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'audit_log'`).Column(&sql)
	if err != nil || len(sql) != 3 {
		i.Fatal(sql, err)
	}
	return sql
}

// tricks are the ways of changing what is written.
var tricks = map[string]func(i *intruder){
	"a field is changed": func(i *intruder) {
		field := []string{"id", "actor", "action", "subject", "at", "hash"}[i.rand.IntN(6)]
		i.do(`UPDATE audit_log SET %s = 'zzzzzzzzzzzz%d' WHERE seq = %d`, field, i.rand.IntN(1000), i.some())
	},
	"words move between fields": func(i *intruder) {
		i.do(`UPDATE audit_log SET action = action || substr(subject, 1, 1), subject = substr(subject, 2) WHERE seq = %d`, i.some())
	},
	"a row is removed": func(i *intruder) {
		i.do(`DELETE FROM audit_log WHERE seq = %d`, i.some())
	},
	"a row is removed, the others move up": func(i *intruder) {
		n := i.some()
		i.do(`DELETE FROM audit_log WHERE seq = %d`, n)
		i.do(`UPDATE audit_log SET seq = -(seq - 1) WHERE seq > %d`, n)
		i.do(`UPDATE audit_log SET seq = -seq WHERE seq < 0`)
	},
	"two rows change places": func(i *intruder) {
		a := 1 + i.rand.IntN(i.rows-1)
		b := a + 1 + i.rand.IntN(i.rows-a)
		i.do(`UPDATE audit_log SET seq = -1 WHERE seq = %d`, a)
		i.do(`UPDATE audit_log SET seq = %d WHERE seq = %d`, a, b)
		i.do(`UPDATE audit_log SET seq = %d WHERE seq = -1`, b)
	},
	"a row is inserted": func(i *intruder) {
		n := i.some()
		i.do(`UPDATE audit_log SET seq = -(seq + 1) WHERE seq >= %d`, n)
		i.do(`UPDATE audit_log SET seq = -seq WHERE seq < 0`)
		i.do(`INSERT INTO audit_log (id, seq, actor, action, subject, at, hash) SELECT 'forged000000000', %d, actor, action, subject, at, hash FROM audit_log LIMIT 1`, n)
	},
	"the end is cut off": func(i *intruder) { i.do(`DELETE FROM audit_log WHERE seq >= %d`, i.some()) },
	"the end is cut off, and other things happen": func(i *intruder) {
		i.do(`DELETE FROM audit_log WHERE seq >= %d`, i.some())
		i.relink(1 + i.rand.IntN(2*i.rows))
	},
	"a row is changed, and all after it are linked anew": func(i *intruder) {
		n := i.some()
		i.do(`UPDATE audit_log SET subject = 'other' WHERE seq = %d`, n)
		var rows []audit.Row
		if err := i.app.DB().NewQuery(fmt.Sprintf(`SELECT actor, action, subject FROM audit_log WHERE seq >= %d ORDER BY seq`, n)).All(&rows); err != nil {
			i.Fatal(err)
		}
		i.do(`DELETE FROM audit_log WHERE seq >= %d`, n)
		for _, r := range rows {
			if err := audit.Write(i.app, r.Actor, r.Action, r.Subject, noon); err != nil {
				i.Fatal(err)
			}
		}
	},
	"what refuses changes is removed": nil,
}

// relink adds so many rows, with the program's own code.
func (i *intruder) relink(rows int) {
	i.Helper()
	for n := range rows {
		if err := audit.Write(i.app, "staff1", "publish letter", fmt.Sprint("other", n), noon); err != nil {
			i.Fatal(err)
		}
	}
}

// A hundred times somebody with the database file in hand changes the log; each
// time it is found, with the head that a holder of a channel keeps.
func TestTamperingIsFound(t *testing.T) {
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 1))
	kinds := make([]string, 0, len(tricks))
	for kind := range tricks {
		kinds = append(kinds, kind)
	}
	slices.Sort(kinds)
	found := 0
	for n := range 100 {
		kind := kinds[n%len(kinds)]
		app := written(t, 3+random.IntN(30))
		head := last(t, app)
		if before := verify(t, app, head); !before.Intact() {
			t.Fatalf("before: %+v", before)
		}
		i := &intruder{TB: t, app: app, rand: random, rows: head.Seq}
		triggers := i.triggers()
		for _, name := range []string{"audit_log_next", "audit_log_unchanged", "audit_log_undeleted"} {
			i.do("DROP TRIGGER %s", name)
		}
		if trick := tricks[kind]; trick != nil {
			trick(i)
			for _, sql := range triggers {
				i.do("%s", sql)
			}
		}
		if after := verify(t, app, head); after.Intact() || after.Wrong < 1 {
			t.Errorf("seed %d: %s: %+v", seed, kind, after)
			continue
		}
		found++
	}
	t.Logf("%d of 100 found, of %d kinds", found, len(kinds))
}

// Without a kept head a chain whose end was cut off looks whole: that is what
// holders' browsers are for.
func TestACutEndNeedsAHead(t *testing.T) {
	app := written(t, 9)
	head := last(t, app)
	i := &intruder{TB: t, app: app}
	triggers := i.triggers()
	i.do("DROP TRIGGER audit_log_undeleted")
	i.do("DELETE FROM audit_log WHERE seq > 4")
	for _, sql := range triggers {
		if strings.Contains(sql, "audit_log_undeleted") {
			i.do("%s", sql)
		}
	}
	if r := verify(t, app); !r.Intact() || r.Rows != 4 {
		t.Errorf("without a head: %+v", r)
	}
	if r := verify(t, app, head); r.Intact() || r.Wrong != 5 || !strings.Contains(r.Why, "ends before row 9") {
		t.Errorf("with the head: %+v", r)
	}
}
