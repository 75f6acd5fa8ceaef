package web

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

func TestAFullDiskIsNeverTheCallersFault(t *testing.T) {
	r := router.NewRouter(func(w http.ResponseWriter, req *http.Request) (*core.RequestEvent, router.EventCleanupFunc) {
		return &core.RequestEvent{Event: router.Event{Response: w, Request: req}}, nil
	})
	r.Bind(storageGuard(refuser{english{}}))
	full := fmt.Errorf("save: %w", syscall.ENOSPC)
	for path, err := range map[string]error{
		"/record":  router.NewBadRequestError("Failed to create record.", full),
		"/plain":   full,
		"/hook":    router.NewApiError(http.StatusInsufficientStorage, "full", nil),
		"/refused": router.NewBadRequestError("no", errors.New("refusal")),
		"/broken":  errors.New("broken"),
	} {
		r.GET(path, func(*core.RequestEvent) error { return err })
	}
	r.GET("/written", func(e *core.RequestEvent) error { return errors.Join(e.NoContent(http.StatusAccepted), full) })
	mux, err := r.BuildMux()
	if err != nil {
		t.Fatal(err)
	}
	for path, status := range map[string]int{
		"/record": 507, "/plain": 507, "/hook": 507, "/refused": 400, "/broken": 400, "/written": 202,
	} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
		if w.Code != status || (w.Header().Get("Retry-After") == "60") != (status == 507) {
			t.Errorf("%s: %d %v %s", path, w.Code, w.Header(), w.Body)
		}
		if status == 507 && w.Body.String() != `{"code":"error.storage_full","message":"Text of error.storage_full"}` {
			t.Errorf("%s: %s", path, w.Body)
		}
	}
}
