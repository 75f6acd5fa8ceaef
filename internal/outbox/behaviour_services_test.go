package outbox

import (
	"io"
	"net/http"
	"time"
)

func early(w http.ResponseWriter, r *http.Request, _ int64, _ time.Time) {
	w.WriteHeader(201)
	w.(http.Flusher).Flush()
	_, _ = io.Copy(io.Discard, r.Body)
}

func late(w http.ResponseWriter, _ *http.Request, _ int64, _ time.Time) {
	time.Sleep(20 * time.Millisecond) // the service's, not the test's
	w.WriteHeader(201)
}

func inTurn(w http.ResponseWriter, _ *http.Request, n int64, _ time.Time) {
	w.WriteHeader([]int{200, 202, 204}[n%3])
}

func huge(w http.ResponseWriter, _ *http.Request, _ int64, _ time.Time) {
	w.WriteHeader(201)
	for range 160 {
		if _, err := w.Write(make([]byte, 64<<10)); err != nil {
			return
		}
	}
}

func redirects(code int, to string) behaviour {
	return func(w http.ResponseWriter, r *http.Request, _ int64, _ time.Time) { http.Redirect(w, r, to, code) }
}

func refusesOneInTen(w http.ResponseWriter, r *http.Request, _ int64, _ time.Time) {
	if r.URL.Path[len(r.URL.Path)-1] == 'X' {
		w.WriteHeader(403)
		return
	}
	w.WriteHeader(201)
}

func downForTwoHours(w http.ResponseWriter, _ *http.Request, _ int64, now time.Time) {
	if now.Before(noon.Add(2 * time.Hour)) {
		w.WriteHeader(502)
		return
	}
	w.WriteHeader(201)
}

func silent(_ http.ResponseWriter, r *http.Request, _ int64, _ time.Time) {
	_, _ = io.Copy(io.Discard, r.Body) // or the server doesn't see that the client went
	<-r.Context().Done()
}
