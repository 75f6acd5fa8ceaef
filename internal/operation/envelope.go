package operation

import (
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"unicode"

	"folje/internal/access"
	"folje/internal/problem"
)

// What an operation is rejected with before its kind is asked.
var (
	errMalformed = problem.New(http.StatusBadRequest, "error.operation_malformed")
	errNewer     = problem.New(http.StatusBadRequest, "error.operation_newer")
)

// maxSeq is the largest whole number that JavaScript counts exactly.
const maxSeq = 1<<53 - 1

var kindName = regexp.MustCompile(`^[a-z_]{1,20}$`)

// envelope is an operation as it is sent. What the phone's clock said (made)
// is not read.
type envelope struct {
	Op   string          `json:"op"`
	Seq  int             `json:"seq"`
	Kind string          `json:"kind"`
	V    int             `json:"v"`
	Body json.RawMessage `json:"body"`
}

// open reads an operation. Where it can't be one, err is errMalformed and id
// what it calls itself, "" if that can't be repeated to the phone.
func open(raw json.RawMessage) (op Operation, id string, err error) {
	var e envelope
	if err := json.Unmarshal(raw, &e); err != nil {
		return Operation{}, nameOf(raw), errMalformed.Because(err)
	}
	if !access.ValidDeviceID(e.Op) { // the same form of UUID
		return Operation{}, nameOf(raw), errMalformed.Because(errors.New("op is no UUID of version 4"))
	}
	op = Operation{ID: e.Op, Seq: e.Seq, Kind: e.Kind, V: e.V, Body: e.Body}
	if e.Seq < 1 || e.Seq > maxSeq || e.V < 1 || !kindName.MatchString(e.Kind) || len(e.Body) > MaxBody || !isObject(e.Body) {
		return op, op.ID, errMalformed
	}
	return op, op.ID, nil
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

func isObject(raw json.RawMessage) bool {
	var object map[string]json.RawMessage
	return json.Unmarshal(raw, &object) == nil && object != nil
}
