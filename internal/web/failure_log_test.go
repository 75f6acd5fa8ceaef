package web

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"
)

func TestOnlyOurOwnFaultsAreLogged(t *testing.T) {
	log := &bytes.Buffer{}
	r := router.NewRouter(func(w http.ResponseWriter, req *http.Request) (*core.RequestEvent, router.EventCleanupFunc) {
		return &core.RequestEvent{Event: router.Event{Response: w, Request: req}}, nil
	})
	r.Bind(failureLog(slog.New(slog.NewTextHandler(log, nil))))
	r.GET("/fine/{id}", func(e *core.RequestEvent) error { return e.NoContent(http.StatusNoContent) })
	r.GET("/refused/{id}", func(e *core.RequestEvent) error { return e.NotFoundError("no", errors.New("refusal")) })
	r.GET("/broken/{id}", func(e *core.RequestEvent) error {
		return e.InternalServerError("sorry", errors.New("the disk is full"))
	})
	r.GET("/plain/{id}", func(*core.RequestEvent) error { return errors.New("the pool is closed") })
	mux, err := r.BuildMux()
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"fine", "refused", "broken", "plain"} {
		req := httptest.NewRequest(http.MethodGet, "/"+path+"/fatima?code=ABCDE", nil)
		req.Header.Set("User-Agent", "Telefon 3000")
		mux.ServeHTTP(httptest.NewRecorder(), req)
	}
	said := log.String()
	for _, want := range []string{"/broken/{id}", "the disk is full", "/plain/{id}", "the pool is closed"} {
		if !strings.Contains(said, want) {
			t.Errorf("the log doesn't say %q: %s", want, said)
		}
	}
	for _, never := range []string{"fatima", "ABCDE", "Telefon", "fine", "refus", "192.0.2"} {
		if strings.Contains(said, never) {
			t.Errorf("the log says %q: %s", never, said)
		}
	}
}
