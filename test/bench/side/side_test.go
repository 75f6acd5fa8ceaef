package side

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func TestReplace(t *testing.T) {
	first := replace("# Performance\n", "feeds", "one\n")
	second := replace(first+"\n## More\n", "feeds", "two\n")
	for _, want := range []string{"# Performance\n", "two\n", "## More\n", "<!-- /feeds -->"} {
		if !strings.Contains(second, want) {
			t.Errorf("%q is missing in:\n%s", want, second)
		}
	}
	if strings.Contains(second, "one") || strings.Count(second, "<!-- feeds:") != 1 {
		t.Errorf("the old text is still there:\n%s", second)
	}
}

// The client reads what a server writes: with a length, in chunks, and nothing.
func TestDrive(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/length":
			_, _ = w.Write(make([]byte, 1000))
		case "/chunks":
			_, _ = w.Write(make([]byte, 500))
			w.(http.Flusher).Flush()
			_, _ = w.Write(make([]byte, 500))
		case "/unchanged":
			w.WriteHeader(http.StatusNotModified)
		}
	}))
	defer server.Close()
	address := server.Listener.Addr().String()
	for path, want := range map[string]struct{ status, bytes int }{"/length": {200, 1000}, "/chunks": {200, 1000}, "/unchanged": {304, 0}} {
		got, err := Drive(address, []Request{{Path: path}}, want.status, 2, 5*time.Millisecond)
		if err != nil || got.Bytes != want.bytes || got.PerSecond <= 0 || got.P99 < got.P50 {
			t.Errorf("%s: %+v %v", path, got, err)
		}
	}
	if err := Once(address, []Request{{Path: "/length"}, {Path: "/chunks"}}, 200); err != nil {
		t.Error(err)
	}
	if _, err := Drive(address, []Request{{Path: "/length"}}, 304, 1, time.Millisecond); err == nil {
		t.Error("another status passes")
	}
}

func TestMedian(t *testing.T) {
	m := Median([]Load{{PerSecond: 1, P99: 5}, {PerSecond: 9, P99: 1}, {PerSecond: 4, P99: 3}})
	if m.PerSecond != 4 || m.P99 != 3 {
		t.Errorf("%+v", m)
	}
}
