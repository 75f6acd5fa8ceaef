package operation

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"unicode"

	"folje/internal/access"
	"folje/internal/pattern"
	"folje/internal/problem"
)

// What an operation is rejected with before its kind is asked.
var (
	errMalformed = problem.New(http.StatusBadRequest, "error.operation_malformed")
	errNewer     = problem.New(http.StatusBadRequest, "error.operation_newer")
)

// maxSeq is the largest whole number that JavaScript counts exactly.
const maxSeq = 1<<53 - 1

var kindName = pattern.Of(`^[a-z_]{1,20}$`)

// envelope is an operation as it is sent. What the phone's clock said (made)
// is not read.
type envelope struct {
	Op   string          `json:"op"`
	Seq  int             `json:"seq"`
	Kind string          `json:"kind"`
	V    int             `json:"v"`
	Body json.RawMessage `json:"body"`
}

// item is something that was sent as an operation. Where it can't be one, err
// is errMalformed, and id what it calls itself, "" if that can't be repeated to
// the phone.
type item struct {
	op  Operation
	id  string
	err error
}

func open(raw json.RawMessage, most int) item {
	var e envelope
	if err := json.Unmarshal(raw, &e); err != nil {
		return item{id: nameOf(raw), err: errMalformed.Because(err)}
	}
	if !access.ValidDeviceID(e.Op) { // the same form of UUID
		return item{id: nameOf(raw), err: errMalformed.Because(errors.New("op is no UUID of version 4"))}
	}
	it := item{op: Operation{ID: e.Op, Seq: e.Seq, Kind: e.Kind, V: e.V, Body: e.Body}, id: e.Op}
	if e.Seq < 1 || e.Seq > maxSeq || e.V < 1 || !kindName.MatchString(e.Kind) || len(e.Body) > most || !plainObject(e.Body) {
		it.err = errMalformed
	}
	return it
}

// nameOf is the op of something that isn't an operation.
func nameOf(raw json.RawMessage) string {
	var e struct {
		Op json.RawMessage `json:"op"`
	}
	var name string
	if json.Unmarshal(raw, &e) != nil || json.Unmarshal(e.Op, &name) != nil || len(name) > 64 {
		return ""
	}
	for _, c := range name {
		if !unicode.IsPrint(c) {
			return ""
		}
	}
	return name
}

// plainObject reports whether raw is a JSON object without the character NUL,
// which no person writes and at which some programs end a text.
func plainObject(raw json.RawMessage) bool {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	first, err := d.Token()
	if err != nil || first != json.Delim('{') {
		return false
	}
	for {
		token, err := d.Token()
		if err != nil {
			return errors.Is(err, io.EOF)
		}
		if text, ok := token.(string); ok && strings.ContainsRune(text, 0) {
			return false
		}
	}
}
