// Package listen has what every listener for administrators needs.
package listen

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// OwnHost refuses requests to a loopback listener that name another host: a
// page of the web whose name was made to point at this machine (DNS rebinding)
// would otherwise be of one origin with what is served there. Beyond loopback
// the operator has chosen the names.
func OwnHost(at net.Addr, next http.Handler) http.Handler {
	if !Loopback(at) {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		ip, err := netip.ParseAddr(strings.Trim(host, "[]"))
		if strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback() {
			next.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Connection", "close")
		http.Error(w, "this listener is for this machine: call it localhost", http.StatusMisdirectedRequest)
	})
}

// Loopback reports whether only this machine reaches an address of a listener.
func Loopback(at net.Addr) bool {
	addr, err := netip.ParseAddrPort(at.String())
	return err == nil && addr.Addr().IsLoopback()
}
