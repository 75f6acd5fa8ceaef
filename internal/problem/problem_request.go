package problem

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"
)

// Read decodes the request's body, one JSON object of at most limit bytes in
// UTF-8, into the struct that into points to. An empty body counts as {} and
// unknown fields are ignored, so that old servers and new phones understand
// each other. It fails with [TooLarge], [Request], or, where one field has the
// wrong type, [Invalid] naming that field.
func Read(e *core.RequestEvent, limit int64, into any) error {
	body, err := io.ReadAll(http.MaxBytesReader(e.Response, e.Request.Body, limit))
	if err != nil {
		return unreadable(err)
	}
	if len(body) == 0 {
		return nil
	}
	if !utf8.Valid(body) {
		return Request(errors.New("body is not UTF-8"))
	}
	if err := onlyObject(body); err != nil {
		return Request(err)
	}
	return mistyped(json.Unmarshal(body, into))
}

// unreadable tells a body over the limit from a connection that broke off.
func unreadable(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return TooLarge().Because(err)
	}
	if p := From(err); p.Status < http.StatusInternalServerError {
		return p
	}
	return Request(fmt.Errorf("read body: %w", err))
}

// onlyObject refuses null, arrays and scalars, which Unmarshal would partly
// let through.
func onlyObject(body []byte) error {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(body, &raw); err != nil {
		return fmt.Errorf("decode body: %w", err)
	}
	if raw == nil {
		return errors.New("body is null")
	}
	return nil
}

func mistyped(err error) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) && wrong.Field != "" {
		return Invalid(map[string]Field{wrong.Field: {Code: "error.field_invalid"}}).Because(err)
	}
	if err != nil {
		return Request(err)
	}
	return nil
}
