package operation_test

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"folje/internal/problem"

	validation "github.com/pocketbase/ozzo-validation/v4"
)

func TestAPanicHoldsUpNothingElse(t *testing.T) {
	w := newWorld(t)
	p, bad := w.phone(), pair("hemligt", "panic")
	for range 2 {
		w.expect(w.send(p, pair("a", ""), bad, pair("b", "")), "applied applied")
	}
	w.wishes(8)
	w.refused(w.send(p, bad), http.StatusInternalServerError, "error.internal")
}

func TestAFaultOfOursHoldsUpNothingElse(t *testing.T) {
	for name, c := range map[string]struct {
		fail   error
		status int
		code   string
	}{
		"internal": {errors.New("lost"), 500, "error.internal"},
		"full":     {errDisk, 507, "error.storage_full"},
		"busy":     {problem.Busy(errors.New("held")), 503, "error.busy"},
		"deadline": {context.DeadlineExceeded, 503, "error.busy"},
		"too many": {problem.TooMany("error.too_many_requests", 5), 429, "error.too_many_requests"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.fail = c.fail
			p, bad := w.phone(), pair("x", "fail")
			a := w.send(p, pair("a", ""), bad, pair("b", "reject"), pair("c", ""))
			w.expect(a, "applied rejected:error.not_member applied")
			w.refused(w.send(p, bad), c.status, c.code)
			w.fail = nil // it has passed
			w.expect(w.send(p, bad), "applied")
			w.wishes(6)
		})
	}
}

// What the caller is to blame for must not come again and again.
func TestARefusalIsForGoodAndLeavesNothing(t *testing.T) {
	for name, c := range map[string]struct {
		fail error
		code string
	}{
		"problem":    {problem.New(409, "error.not_member"), "error.not_member"},
		"validation": {validation.Errors{"text": validation.ErrRequired}, "error.invalid"},
		"missing":    {sql.ErrNoRows, "error.not_found"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.fail = c.fail
			p, bad := w.phone(), pair("x", "fail")
			w.expect(w.send(p, bad), "rejected:"+c.code)
			w.fail = nil
			w.expect(w.send(p, bad), "rejected:"+c.code)
			w.wishes(0)
		})
	}
}

func TestMalformedOperationsGetAVerdictEach(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	id := newID()
	good := `"op":"` + id + `","seq":1,"kind":"pair","v":1,"body":{"text":"x"}`
	for name, c := range map[string]struct{ raw, id string }{
		"null":               {`null`, ""},
		"number":             {`7`, ""},
		"array":              {`[{` + good + `}]`, ""},
		"empty":              {`{}`, ""},
		"no id":              {`{"seq":1,"kind":"pair","v":1,"body":{}}`, ""},
		"upper-case id":      {strings.ReplaceAll(`{`+good+`}`, id, strings.ToUpper(id)), strings.ToUpper(id)},
		"id of another kind": {`{` + strings.Replace(good, `"`+id+`"`, `7`, 1) + `}`, ""},
		"long id":            {strings.ReplaceAll(`{`+good+`}`, id, strings.Repeat("a", 65)), ""},
		"unprintable id":     {strings.ReplaceAll(`{`+good+`}`, id, `a\u0000`), ""},
		"seq 0":              {strings.Replace(`{`+good+`}`, `"seq":1`, `"seq":0`, 1), id},
		"seq -1":             {strings.Replace(`{`+good+`}`, `"seq":1`, `"seq":-1`, 1), id},
		"seq 1.0":            {strings.Replace(`{`+good+`}`, `"seq":1`, `"seq":1.0`, 1), id},
		"seq 1e999":          {strings.Replace(`{`+good+`}`, `"seq":1`, `"seq":1e999`, 1), id},
		"seq 2^53":           {strings.Replace(`{`+good+`}`, `"seq":1`, `"seq":9007199254740992`, 1), id},
		"seq text":           {strings.Replace(`{`+good+`}`, `"seq":1`, `"seq":"1"`, 1), id},
		"no seq":             {strings.Replace(`{`+good+`}`, `"seq":1,`, ``, 1), id},
		"v 0":                {strings.Replace(`{`+good+`}`, `"v":1`, `"v":0`, 1), id},
		"v null":             {strings.Replace(`{`+good+`}`, `"v":1`, `"v":null`, 1), id},
		"kind with spaces":   {strings.Replace(`{`+good+`}`, `"pair"`, `"pair "`, 1), id},
		"long kind":          {strings.Replace(`{`+good+`}`, `"pair"`, `"`+strings.Repeat("p", 21)+`"`, 1), id},
		"body null":          {strings.Replace(`{`+good+`}`, `{"text":"x"}`, `null`, 1), id},
		"body array":         {strings.Replace(`{`+good+`}`, `{"text":"x"}`, `[1]`, 1), id},
		"body text":          {strings.Replace(`{`+good+`}`, `{"text":"x"}`, `"{}"`, 1), id},
		"no body":            {strings.Replace(`{`+good+`}`, `,"body":{"text":"x"}`, ``, 1), id},
		"body with NUL":      {strings.Replace(`{`+good+`}`, `"x"`, `"x\u0000y"`, 1), id},
		"key with NUL":       {strings.Replace(`{`+good+`}`, `"text"`, `"\u0000"`, 1), id},
		"large body":         {strings.Replace(`{`+good+`}`, `"x"`, strconv.Quote(strings.Repeat("x", 4096)), 1), id},
		"body's field":       {strings.Replace(`{`+good+`}`, `"x"`, `{"a":1e999}`, 1), id},
		"duplicate id":       {`{` + good + `,"op":"x"}`, "x"},
	} {
		t.Run(name, func(t *testing.T) {
			last := newID()
			a := w.post(p, []byte(`{"operations":[`+c.raw+`,`+strings.ReplaceAll(`{`+good+`}`, id, last)+`]}`))
			w := *w
			w.TB = t
			w.expect(a, "rejected:error.operation_malformed applied")
			if a.verdicts[0].Op != c.id || a.verdicts[1].Op != last || a.verdicts[0].Message == "" {
				t.Errorf("%s", a.raw)
			}
		})
	}
}

func TestOddButGoodJSON(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	for name, raw := range map[string]string{
		"huge number in made":   `{"op":"` + newID() + `","seq":1,"kind":"pair","v":1,"made":1e999,"body":{"text":"x"}}`,
		"huge number elsewhere": `{"op":"` + newID() + `","seq":1,"kind":"pair","v":1,"body":{"text":"x","n":1e999},"z":-1E+400}`,
		"the largest seq":       `{"op":"` + newID() + `","seq":9007199254740991,"kind":"pair","v":1,"body":{"text":"x"}}`,
		"half of a pair":        `{"op":"` + newID() + `","seq":1,"kind":"pair","v":1,"body":{"text":"\ud800"}}`,
		"the latest of two":     `{"seq":5,"seq":1,"op":"x","op":"` + newID() + `","kind":"pair","v":1,"body":{"text":"x"}}`,
		"deep":                  `{"op":"` + newID() + `","seq":1,"kind":"pair","v":1,"body":{"text":"x","d":` + strings.Repeat("[", 1900) + strings.Repeat("]", 1900) + `}}`,
	} {
		t.Run(name, func(t *testing.T) {
			w := *w
			w.TB = t
			w.expect(w.post(p, []byte(`{"operations":[`+raw+`]}`)), "applied")
		})
	}
}

func TestABatchThatIsNoneIsRefusedWhole(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	for raw, status := range map[string]int{
		``: 400, `{}`: 400, `null`: 400, `[]`: 400, `{"operations":null}`: 400, `{"operations":{}}`: 400, `{"operations":"x"}`: 400,
		`{"operations":[]`: 400, "{\"operations\":[{\"op\":\"\xff\"}]}": 400, `{"operations":[]}{}`: 400,
		`{"operations":` + strings.Repeat("[", 20_000) + strings.Repeat("]", 20_000) + `}`: 400,
		`{"operations":["` + strings.Repeat("x", 64<<10) + `"]}`:                           413,
	} {
		if a := w.post(p, []byte(raw)); a.status != status || a.verdicts != nil {
			t.Errorf("%.60q: %d %s, want %d", raw, a.status, a.raw, status)
		}
	}
	w.expect(w.send(p), "")
	w.expect(w.post(p, []byte(`{"operations":[],"later":true}`)), "")
}

func TestWhatIsBeyondABatchStaysWithoutAVerdict(t *testing.T) {
	w := newWorld(t)
	p := w.phone()
	var ops []op
	for range 105 {
		ops = append(ops, pair("en", ""))
	}
	if a := w.send(p, ops...); len(a.verdicts) != 100 || a.verdicts[99].Op != ops[99]["op"] {
		t.Fatalf("%d verdicts", len(a.verdicts))
	}
	w.wishes(200)
	w.expect(w.send(p, ops[99:]...), "repeated applied applied applied applied applied")
	w.wishes(210)
}
