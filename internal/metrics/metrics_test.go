package metrics

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func get(t *testing.T, s *Set, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

func TestFiguresAreTold(t *testing.T) {
	s := New("edge", "v1.2.0")
	s.Gauge(EdgeHeard, func() float64 { return 3 })
	s.Gauge(EdgeHeard, func() float64 { return 2.5 }) // takes the first's place
	s.Bool(NATSConnected, func() bool { return true })
	s.Gauge(BundlesMemory, func() float64 { return 10 }, "pages")
	s.Gauge(BundlesMemory, func() float64 { return 20 }, "answers")
	s.Add(Tickets, 2, "valid")
	s.Observe(EdgeLag, .003)
	s.Answered("/api/folje/v1/feeds/public", 304)
	s.Count(http.NotFoundHandler()).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/nothing", nil))
	s.Check("stream", func(context.Context) error { return nil })
	status, text := get(t, s, "/metrics")
	if status != http.StatusOK {
		t.Fatal(status, text)
	}
	for _, want := range []string{
		"folje_edge_heard_seconds 2.5\n", "folje_nats_connected 1\n", `folje_bundles_bytes{of="answers"} 20`, `folje_tickets_total{result="valid"} 2`,
		`folje_edge_lag_seconds_bucket{le="0.005"} 1`, `folje_requests_total{class="feeds",status="3xx"} 1`, `folje_requests_total{class="web",status="4xx"} 1`,
		"folje_ready 1\n", `folje_check_failing{check="stream"} 0`, `role="edge",version="v1.2.0"`, "go_goroutines", "process_resident_memory_bytes",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestReadinessSaysWhy(t *testing.T) {
	s := New("worker", "")
	s.Watch("slow", func(context.Context) error { return errors.New("a service asked to wait") })
	if status, text := get(t, s, "/readyz"); status != http.StatusOK || !strings.Contains(text, "asked to wait") {
		t.Errorf("with a trouble: %d %s", status, text)
	}
	s.Check("nats", func(context.Context) error { return errors.New("not connected") })
	status, text := get(t, s, "/readyz")
	var state State
	if err := json.Unmarshal([]byte(text), &state); err != nil {
		t.Fatal(err)
	}
	if status != http.StatusServiceUnavailable || state.Ready || state.Causes["nats"] != "not connected" || state.Role != "worker" {
		t.Errorf("%d %+v", status, state)
	}
	if err := s.State(t.Context()).Err(); err == nil || strings.Contains(err.Error(), "connected") || !strings.Contains(err.Error(), "nats") {
		t.Errorf("the error for others is %v", err)
	}
	if status, _ := get(t, s, "/healthz"); status != http.StatusOK {
		t.Errorf("it lives: %d", status)
	}
	if status, _ := get(t, s, "/"); status != http.StatusNotFound {
		t.Errorf("/: %d", status)
	}
	s.Check("nats", func(context.Context) error { return nil })
	if err := s.State(t.Context()).Err(); err != nil {
		t.Error(err)
	}
}

func TestACheckThatHangsHasFailed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New("natsd", "")
		release := make(chan struct{})
		s.Check("disk", func(context.Context) error { <-release; return nil })
		s.Check("quorum", func(context.Context) error { return nil })
		began := time.Now()
		state := s.State(t.Context())
		if state.Ready || state.Causes["disk"] == "" || len(state.Causes) != 1 || time.Since(began) != patience {
			t.Errorf("%+v after %v", state, time.Since(began))
		}
		close(release)
	})
}

func TestNoSetIsNoTrouble(t *testing.T) {
	var s *Set
	s.Gauge(EdgeHeard, nil)
	s.Bool(NATSConnected, nil)
	s.Add(Tickets, 1, "valid")
	s.Observe(EdgeLag, 1)
	s.Answered("/", 200)
	s.Check("x", nil)
	s.Watch("x", nil)
	if !s.State(t.Context()).Ready || s.Count(http.NotFoundHandler()) == nil {
		t.Error("no set is not ready")
	}
}

func TestAMetricIsUsedAsTheCatalogueSays(t *testing.T) {
	s := New("edge", "")
	for name, use := range map[string]func(){
		"an unknown name":        func() { s.Add("folje_other_total", 1) },
		"a gauge that grows":     func() { s.Add(EdgeHeard, 1) },
		"a label too many":       func() { s.Add(ShardsAgain, 1, "x") },
		"a counter that is read": func() { s.Gauge(Tickets, func() float64 { return 0 }, "x") },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s is taken", name)
				}
			}()
			use()
		}()
	}
}

func TestTheListenerAnswersItsOwnMachineOnly(t *testing.T) {
	l, err := Serve("127.0.0.1:0", New("edge", ""), slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close(t.Context()) }()
	for host, want := range map[string]int{"": http.StatusOK, "evil.example": http.StatusMisdirectedRequest} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+l.Addr().String()+"/readyz", nil)
		if err != nil {
			t.Fatal(err)
		}
		if host != "" {
			r.Host = host
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("as %q: %d", host, answer.StatusCode)
		}
	}
	for _, none := range []string{"", "off"} {
		if l, err := Serve(none, nil, nil); l != nil || err != nil || l.Close(t.Context()) != nil {
			t.Errorf("%q: %v %v", none, l, err)
		}
	}
	if _, err := Serve("127.0.0.1:99999", nil, nil); err == nil {
		t.Error("listens nowhere")
	}
}

func BenchmarkAnswered(b *testing.B) {
	s := New("serve", "")
	for b.Loop() {
		s.Answered("/api/folje/v1/feeds/public", 200)
	}
}
