package message_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"folje/internal/translation"
)

func TestHowFastMessagesAreWrittenIsBounded(t *testing.T) {
	w := newWorld(t)
	amal, err := w.app.FindAuthRecordByEmail("staff", "amal@example.org")
	if err != nil {
		t.Fatal(err)
	}
	base := w.place(w.amal, "a.right", "")["version"]
	for range translation.WritesHourly {
		if err := w.service.Pace.Take(amal, noon); err != nil {
			t.Fatal(err)
		}
	}
	a := w.ask(w.amal, http.MethodPut, at("a.right"), map[string]any{"text": "مضبوط", "base": base})
	status(t, a, http.StatusTooManyRequests, "error.too_many_requests")
	if wait, err := strconv.Atoi(a.Header.Get("Retry-After")); err != nil || wait < 1 || wait > int(time.Minute.Seconds()) {
		t.Errorf("again after %q", a.Header.Get("Retry-After"))
	}
	status(t, w.confirm(w.amal, "a.right"), http.StatusTooManyRequests, "error.too_many_requests")
	status(t, w.ask(w.ib, http.MethodPut, at("a.right"), map[string]any{"text": "مضبوط", "base": base}), http.StatusOK, "")
}
