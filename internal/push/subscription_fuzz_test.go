package push

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// Whatever is sent, it is the sender's fault or it is kept.
func FuzzSubscription(f *testing.F) {
	w := newWorld(f)
	p := w.phone()
	good, err := json.Marshal(w.subscribed(google + "a"))
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{string(good), "", "{}", "null", `{"endpoint":[]}`, `{"keys":{"auth":null}}`,
		strings.Replace(string(good), "googleapis", "googleapi\\u0073", 1), strings.Replace(string(good), "send/a", "send/\\u0000", 1)} {
		for _, method := range []string{http.MethodPut, http.MethodDelete, http.MethodPost} {
			f.Add(method, seed)
		}
	}
	f.Fuzz(func(t *testing.T, method, in string) {
		w.now = w.now.Add(15 * time.Minute) // so that the limits don't answer for everything
		path := own + "devices/me/subscription"
		switch method {
		case http.MethodPut, http.MethodDelete:
		default:
			method, path = http.MethodPost, path+"/test"
		}
		r := httptest.NewRequest(method, path, strings.NewReader(in))
		r.Header.Set("Authorization", "Bearer "+p.secret)
		rec := httptest.NewRecorder()
		w.handler.ServeHTTP(rec, r)
		switch rec.Code {
		case http.StatusNoContent, http.StatusAccepted, http.StatusBadRequest, http.StatusNotFound, http.StatusConflict,
			http.StatusRequestEntityTooLarge, http.StatusTooManyRequests:
		default:
			t.Errorf("%s %q: %d %s", method, in, rec.Code, rec.Body)
		}
	})
}
