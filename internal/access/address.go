package access

import (
	"net/http"
	"net/netip"
)

// remoteKey is what attempts are counted by where [Config] says nothing else:
// the address that the request came from, for IPv6 its /64. It believes no
// header.
func remoteKey(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	addr := at.Addr().Unmap().WithZone("")
	if !addr.Is6() {
		return addr.String()
	}
	prefix, err := addr.Prefix(64)
	if err != nil {
		return ""
	}
	return prefix.String()
}
