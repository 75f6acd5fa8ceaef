package confidential_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// Whatever is sent to POST requests, the answer is one of few, and nothing is
// stored but what the server says that it took.
func FuzzRequests(f *testing.F) {
	w := newWorld(f)
	c := w.opened("steget", w.siv)
	good, err := json.Marshal(w.request(c, "Hej"))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		string(good), "", "{}", "[]", "null", `{"op":1}`, `{"op":"11111111-1111-4111-8111-111111111111"}`, "\xff", strings.Repeat("[", 9000),
		strings.Replace(string(good), `"to"`, `"TO"`, 1), strings.Replace(string(good), "ciphertext", "ciphertext\\u0000", 1),
		string(good) + string(good), strings.Replace(string(good), c.key, "' OR 1=1 --", 1),
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sent string) {
		count := func() int64 {
			n, err := w.app.CountRecords("requests")
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		before := count()
		r := httptest.NewRequest(http.MethodPost, v1+"requests", strings.NewReader(sent))
		r.RemoteAddr = sent // everybody sends from elsewhere
		rec := httptest.NewRecorder()
		w.handler.ServeHTTP(rec, r)
		var answer struct{ Op, Verdict, Code, Message string }
		if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
			t.Fatalf("%d %q", rec.Code, rec.Body)
		}
		switch now := count(); {
		case rec.Code == 200 && answer.Verdict == "applied" && now == before+1:
		case rec.Code == 200 && answer.Verdict == "repeated" && now == before:
		case rec.Code == 200 && answer.Verdict == "rejected" && strings.HasPrefix(answer.Code, "error.request_") && answer.Message != "" && now == before:
		case (rec.Code == 400 || rec.Code == 413 || rec.Code == 429) && answer.Code != "" && now == before:
		default:
			t.Fatalf("%d %s; %d requests, %d before", rec.Code, rec.Body, count(), before)
		}
	})
}
