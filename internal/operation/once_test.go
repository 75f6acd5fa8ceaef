package operation_test

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"folje/internal/access"
)

func TestAnOperationIsAppliedOnce(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	o := pair("en", "")
	w.expect(w.send(p, o), "applied")
	w.expect(w.send(p, o), "repeated")
	w.expect(w.send(p, o, o), "repeated repeated")
	w.expect(w.send(p, o.with("seq", 9).with("body", map[string]any{"text": "annat"})), "repeated")
	w.wishes(2)
}

func TestTheSameOperationTwiceInABatch(t *testing.T) {
	w := newWorld(t)
	o := pair("en", "")
	a := w.send(w.phone(), o, o)
	w.expect(a, "applied repeated")
	if a.verdicts[0].Op != o["op"] || a.verdicts[1].Op != o["op"] {
		t.Errorf("the verdicts name %q and %q", a.verdicts[0].Op, a.verdicts[1].Op)
	}
	w.wishes(2)
}

func TestTwoPhonesMayNameOperationsAlike(t *testing.T) {
	w := newWorld(t)
	o := pair("en", "")
	w.expect(w.send(w.phone(), o), "applied")
	w.expect(w.send(w.phone(), o), "applied")
	w.wishes(4)
}

func TestManyRequestsAtOnceApplyAnOperationOnce(t *testing.T) {
	w := newWorld(t)
	p, o := w.phone(), pair("en", "")
	said := make([]string, 12)
	var all sync.WaitGroup
	for i := range said {
		all.Go(func() { said[i] = w.send(p, o).said() })
	}
	all.Wait()
	slices.Sort(said)
	if want := append([]string{"applied"}, slices.Repeat([]string{"repeated"}, len(said)-1)...); !slices.Equal(said, want) {
		t.Errorf("%v", said)
	}
	w.wishes(2)
}

func TestTheLedgerOutlivesTheMembershipAndTheDevice(t *testing.T) {
	w := newWorld(t)
	p, o := w.phone(), pair("en", "")
	w.expect(w.send(p, o), "applied")
	if err := access.EraseDevice(w.app, p.id); err != nil {
		t.Fatal(err)
	}
	w.refused(w.send(p, o), http.StatusUnauthorized, "error.device_unknown")
	w.register(p)
	w.expect(w.send(p, o), "repeated")
	w.wishes(2)
}

func TestVerdictsOtherThanAppliedAreRepeatedAsTheyWere(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	ops := []op{pair("sen", "late"), pair("nej", "reject"), make1("dance", map[string]any{}), pair("ny", "").with("v", 2)}
	const want = "late:answer.late rejected:error.not_member rejected:error.operation_newer rejected:error.operation_newer"
	first := w.send(p, ops...)
	w.expect(first, want)
	w.now = w.now.AddDate(1, 0, 0)
	again := w.send(p, ops...)
	w.expect(again, want)
	for i, v := range first.verdicts {
		if v.Op != ops[i]["op"] || v.Message == "" || strings.Contains(v.Message, v.Code) || v != again.verdicts[i] {
			t.Errorf("first %+v, then %+v", v, again.verdicts[i])
		}
	}
	w.wishes(2) // those of the late one
}

func TestAnOldPhoneStillGetsItsVerdict(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	w.expect(w.send(p, pair("a", "").with("kind", "old"), pair("b", "").with("kind", "old").with("v", 3),
		pair("c", "").with("kind", "old").with("v", 4)), "applied applied rejected:error.operation_newer")
	w.wishes(4)
}

func TestAPhonesClockAndOrderCountForNothing(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	made := []any{nil, 0, -1e300, "1970-01-01T00:00:00Z", "9999-99-99", map[string]any{"a": []int{1}}, strings.Repeat("x", 500), w.now.AddDate(50, 0, 0)}
	var ops []op
	for i, m := range made {
		ops = append(ops, pair("en", "").with("made", m).with("seq", len(made)-i))
	}
	w.expect(w.send(p, ops...), strings.TrimSpace(strings.Repeat("applied ", len(made))))
	slices.Reverse(ops)
	w.expect(w.send(p, ops...), strings.TrimSpace(strings.Repeat("repeated ", len(made))))
}

func TestTheLedgerTellsNeitherDeviceNorTime(t *testing.T) {
	w := newWorld(t)
	p, o := w.phone(), pair("hemligt", "")
	w.expect(w.send(p, o), "applied")
	rows, err := w.app.FindAllRecords("operations")
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	kept := rows[0].FieldsData()
	delete(kept, "mark")
	delete(kept, "id")
	if len(kept) != 2 || kept["verdict"] != "applied" || kept["code"] != "" {
		t.Errorf("the ledger keeps %v", kept)
	}
	for _, secret := range []string{p.id, p.secret, o["op"].(string)} {
		if strings.Contains(rows[0].GetString("mark"), secret) {
			t.Errorf("the mark tells %s", secret)
		}
	}
}

func TestADeviceSendsTwoThousandAnHour(t *testing.T) {
	w := newWorld(t)
	p, other := w.phone(), w.phone()
	hundred := slices.Repeat([]op{pair("en", "")}, 100)
	for range 20 {
		if a := w.send(p, hundred...); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.raw)
		}
	}
	fresh := pair("två", "")
	a := w.send(p, fresh)
	w.refused(a, http.StatusTooManyRequests, "error.too_many_requests")
	if after := a.header.Get("Retry-After"); after != "2" {
		t.Errorf("Retry-After %q, want 2: one operation takes 1.8 s", after)
	}
	w.expect(w.send(other, fresh), "applied")
	w.wishes(4)
	w.now = w.now.Add(2 * time.Second)
	w.expect(w.send(p, fresh), "applied")
	if a := w.send(p, hundred...); a.header.Get("Retry-After") != "180" {
		t.Errorf("Retry-After %q for a hundred", a.header.Get("Retry-After"))
	}
	w.wishes(6)
}
