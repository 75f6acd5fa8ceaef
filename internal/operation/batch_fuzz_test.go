package operation_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// FuzzBatch sends any bytes as a request: no answer is a fault of ours, every
// verdict is one of the four, and nothing is half applied.
func FuzzBatch(f *testing.F) {
	w := newWorld(f)
	p := w.phone()
	good := `{"op":"2b1c4d5e-6f70-4a8b-9c0d-1e2f3a4b5c6d","seq":1,"kind":"pair","v":1,"body":{"text":"x"},"made":"now"}`
	for _, seed := range []string{
		"", "null", "[]", `{}`, `{"operations":[]}`, `{"operations":[null,1,"x",[],{}]}`,
		`{"operations":[` + good + `,` + good + `]}`,
		`{"operations":[` + strings.Replace(good, `"seq":1`, `"seq":1e999`, 1) + `]}`,
		`{"operations":[` + strings.Replace(good, `"pair"`, `"old"`, 1) + `]}`,
		`{"operations":[` + strings.Replace(good, `"x"`, `"x","then":"reject"`, 1) + `]}`,
		`{"operations":[` + strings.Replace(good, `"x"`, `"x","then":"late"`, 1) + `]}`,
		`{"operations":[` + strings.Replace(good, `"x"`, `""`, 1) + `]}`,
		`{"operations":[` + strings.Replace(good, `"x"`, `"\u0000\ud800"`, 1) + `]}`,
		`{"operations":[{"op":"2b1c4d5e-6f70-4a8b-9c0d-1e2f3a4b5c6e","seq":2,"kind":"leave","v":1,"body":{"group":"x"}}]}`,
		`{"operations":` + strings.Repeat("[", 5000) + strings.Repeat("]", 5000) + `}`,
		"{\"operations\":[\"\xff\xfe\"]}", `{"operations":[{"OP":"a","op":"b","op":{}}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		if strings.Contains(string(raw), "panic") {
			t.Skip("the test's own kind panics when told to")
		}
		w.TB = t
		w.now = w.now.Add(time.Hour) // so that the device may send on
		wishes, entries := w.count("wishes"), w.count("operations")
		a := w.post(p, raw)
		if a.status != http.StatusOK && (a.status < 400 || a.status >= 500 || a.code == "" || a.verdicts != nil) {
			t.Errorf("%d %s", a.status, a.raw)
		}
		changed := 0
		for _, v := range a.verdicts {
			switch v.Verdict {
			case "applied", "late":
				changed++
			case "repeated", "rejected":
			default:
				t.Errorf("verdict %q", v.Verdict)
			}
		}
		more, entered := w.count("wishes")-wishes, w.count("operations")-entries
		if more%2 != 0 || more > 2*changed || entered > len(a.verdicts) || a.status != http.StatusOK && entered != 0 {
			t.Errorf("%d wishes more, %d verdicts in the ledger, for %s", more, entered, a.raw)
		}
	})
}
