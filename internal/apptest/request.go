package apptest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
)

// Answer is what a request got: its status, headers and body, and the body
// read as a JSON object where it is one.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
	JSON   map[string]any
}

// Ask sends a request with the Authorization given ("" for none) and a body
// that is encoded as JSON (nil for none; a string goes as it stands).
func Ask(tb testing.TB, h http.Handler, authorization, method, path string, body any) Answer {
	tb.Helper()
	var raw []byte
	switch b := body.(type) {
	case nil:
	case string:
		raw = []byte(b)
	default:
		var err error
		if raw, err = json.Marshal(b); err != nil {
			tb.Fatalf("encode body: %v", err)
		}
	}
	r := httptest.NewRequest(method, path, bytes.NewReader(raw))
	if len(raw) > 0 {
		r.Header.Set("Content-Type", "application/json")
	}
	if authorization != "" {
		r.Header.Set("Authorization", authorization)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	a := Answer{Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
	_ = json.Unmarshal(a.Body, &a.JSON) // not every answer is an object
	return a
}

// Get follows the path of keys into the JSON answer; nil where it ends early.
func (a Answer) Get(keys ...string) any {
	var at any = a.JSON
	for _, key := range keys {
		m, ok := at.(map[string]any)
		if !ok {
			return nil
		}
		at = m[key]
	}
	return at
}
