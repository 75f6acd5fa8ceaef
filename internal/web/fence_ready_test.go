package web_test

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"folje/internal/web"
)

// holds is a fence that stands as long as its error is nil.
type holds struct{ over error }

func (h holds) Begin(*http.Request) error       { return nil }
func (h holds) Answer(*http.Request, int) error { return nil }
func (h holds) Ready(context.Context) error     { return h.over }

// Edges and load balancers ask /readyz whom to turn to.
func TestAFallenFenceIsNotReady(t *testing.T) {
	for want, f := range map[int]web.Fence{http.StatusOK: holds{}, http.StatusServiceUnavailable: holds{errors.New("over")}} {
		r := run(t, func(cfg *web.Config) { cfg.Fence = f })
		if res, body := ask(t, r.addr, "GET", "/readyz", "", ""); res.StatusCode != want {
			t.Errorf("/readyz: %d %s, want %d", res.StatusCode, body, want)
		}
	}
}
