package listen

import (
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestTheDashboardIsNobodyElsesName(t *testing.T) {
	fine := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	loopback := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8091}
	beyond := &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 8091}
	for _, c := range []struct {
		at   net.Addr
		host string
		want int
	}{
		{loopback, "127.0.0.1:8091", 204}, {loopback, "localhost:8091", 204}, {loopback, "LOCALHOST", 204},
		{loopback, "[::1]:8091", 204}, {loopback, "127.0.0.1", 204},
		{loopback, "evil.example:8091", 421}, {loopback, "localhost.evil.example", 421}, {loopback, "", 421},
		{loopback, "192.0.2.1:8091", 421}, {loopback, "127.0.0.1.evil.example", 421},
		{beyond, "admin.folje.example", 204},
	} {
		r := httptest.NewRequest(http.MethodGet, "/_/", nil)
		r.Host = c.host
		w := httptest.NewRecorder()
		OwnHost(c.at, fine).ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("host %q at %v: %d, want %d", c.host, c.at, w.Code, c.want)
		}
	}
}
