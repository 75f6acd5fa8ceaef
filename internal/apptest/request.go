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
	header := http.Header{}
	if authorization != "" {
		header.Set("Authorization", authorization)
	}
	return AskWith(tb, h, header, method, path, body)
}

// AskWith is [Ask] with any headers.
func AskWith(tb testing.TB, h http.Handler, header http.Header, method, path string, body any) Answer {
	tb.Helper()
	r := httptest.NewRequest(method, path, bytes.NewReader(encode(tb, body)))
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	for name, values := range header {
		r.Header[name] = values
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	a := Answer{Status: w.Code, Header: w.Header(), Body: w.Body.Bytes()}
	_ = json.Unmarshal(a.Body, &a.JSON) // not every answer is an object
	return a
}

func encode(tb testing.TB, body any) []byte {
	tb.Helper()
	switch b := body.(type) {
	case nil:
		return nil
	case string:
		return []byte(b)
	}
	raw, err := json.Marshal(body)
	if err != nil {
		tb.Fatalf("encode body: %v", err)
	}
	return raw
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
