package push

import (
	"net/http"
	"testing"
	"time"
)

// Phones that anybody may register can't ring one endpoint by turns without end.
func TestAnEndpointIsNotPassedRoundWithoutEnd(t *testing.T) {
	w := newWorld(t)
	in := w.subscribed(google + "a")
	for range 4 * endpointWritesAnHour {
		p := w.phone()
		w.put(p, in)
		for range testsAnHour {
			w.ask(p, http.MethodPost, "devices/me/subscription/test", in)
		}
	}
	if most := endpointWritesAnHour * testsAnHour; len(w.rung) != most {
		t.Errorf("rung %d times, want %d", len(w.rung), most)
	}
	late := w.phone()
	w.refused(w.put(late, in), http.StatusTooManyRequests, "error.too_many_requests")
	w.now = start.Add(time.Hour)
	w.expect(w.put(late, in), http.StatusNoContent)
	w.expect(w.put(w.phone(), w.subscribed(google+"b")), http.StatusNoContent)
}
