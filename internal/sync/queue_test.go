package sync_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	stdsync "sync"
	"testing"

	"folje/internal/sync"
)

// TestManyCursorsAtOnceAreAnsweredByTurns has a phone ask from ever other
// cursors, which nobody has made an answer to: only a few are made at a time,
// and only so many wait, while who is told otherwise is told to come again.
func TestManyCursorsAtOnceAreAnsweredByTurns(t *testing.T) {
	w := newWorld(t)
	const asked = sync.MostWaiting + 20
	for i := range asked/3 + 2 { // three numbers each
		w.mustWrite(fmt.Sprint("note", i), fmt.Sprint("text ", i))
	}
	epoch, _, _ := strings.Cut(w.ask("feeds/"+scope, "").cursor(), ".")
	inside, goOn := make(chan bool, asked), make(chan bool)
	w.reading = func() { inside <- true; <-goOn; <-inside }
	answers := make(chan *httptest.ResponseRecorder, asked)
	var phones stdsync.WaitGroup
	for i := range asked {
		phones.Go(func() {
			rec := httptest.NewRecorder()
			w.handler.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, fmt.Sprintf("/api/folje/v1/%s%s.%d", feed, epoch, i), nil))
			answers <- rec
		})
	}
	for range asked - sync.MostWaiting { // those who find no place
		rec := <-answers
		if rec.Code != http.StatusTooManyRequests || rec.Header().Get("Retry-After") == "" {
			t.Errorf("%d %v", rec.Code, rec.Header())
		}
	}
	if most := len(inside); most > sync.Turns {
		t.Errorf("%d are made at once", most)
	}
	if got := w.ask("feeds/"+scope, ""); got.status != http.StatusOK || !got.full() {
		t.Errorf("a feed that is kept waits for them: %d", got.status)
	}
	close(goOn)
	phones.Wait()
	close(answers)
	for rec := range answers {
		if rec.Code != http.StatusOK {
			t.Errorf("who waited got %d", rec.Code)
		}
	}
}
