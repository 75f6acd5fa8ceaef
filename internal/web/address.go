package web

import (
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// ClientIP is the address of the client behind a guarded request: the guard
// has already put it into RemoteAddr, believing X-Forwarded-For from trusted
// proxies only. Of an IPv6 address the public listener keeps the /64 alone. It
// is not valid where the listener has no addresses.
func ClientIP(r *http.Request) netip.Addr {
	addr, _ := parseAddr(r.RemoteAddr)
	return addr
}

// AddressKey is what attempts are counted by: an IPv4 address, or the /64 an
// IPv6 address lies in, which is what one household or phone has. All addresses
// that are not valid share one key.
func AddressKey(addr netip.Addr) string {
	addr = addr.Unmap().WithZone("")
	if !addr.Is6() {
		return addr.String()
	}
	prefix, _ := addr.Prefix(64)
	return prefix.String()
}

// household makes a RemoteAddr of an IPv6 client that of the /64 it lies in.
// PocketBase counts sign-ins by whole addresses, and who has a /64 has more of
// them than there are passwords to try.
func household(remote string) string {
	addr, ok := parseAddr(remote)
	if !ok || !addr.Is6() {
		return remote
	}
	prefix, _ := addr.Prefix(64)
	return netip.AddrPortFrom(prefix.Addr(), 0).String()
}

// ParseProxies reads addresses and prefixes such as "127.0.0.1" and
// "10.0.0.0/8". It fails on the first that is neither.
func ParseProxies(list []string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, s := range list {
		prefix, err := netip.ParsePrefix(s)
		if err != nil {
			addr, err := netip.ParseAddr(s)
			if err != nil {
				return nil, fmt.Errorf("trusted proxy %q is neither an address nor a prefix", s)
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		out = append(out, prefix.Masked())
	}
	return out, nil
}

// clientAddr is the client's address in the form of RemoteAddr. Each proxy
// appends who called it, so the list is read from its end, for as long as what
// stands there is itself a trusted proxy.
func clientAddr(r *http.Request, trusted []netip.Prefix) string {
	addr, ok := parseAddr(r.RemoteAddr)
	if !ok || !contains(trusted, addr) {
		return r.RemoteAddr
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, hop := range slices.Backward(hops) {
		next, ok := parseAddr(strings.TrimSpace(hop))
		if !ok {
			break
		}
		addr = next
		if !contains(trusted, addr) {
			break
		}
	}
	return netip.AddrPortFrom(addr, 0).String()
}

// parseAddr reads an address with or without a port.
func parseAddr(s string) (netip.Addr, bool) {
	addr, err := netip.ParseAddr(s)
	if err != nil {
		withPort, err := netip.ParseAddrPort(s)
		if err != nil {
			return netip.Addr{}, false
		}
		addr = withPort.Addr()
	}
	return addr.Unmap().WithZone(""), true
}

func contains(prefixes []netip.Prefix, addr netip.Addr) bool {
	return slices.ContainsFunc(prefixes, func(p netip.Prefix) bool { return p.Contains(addr) })
}
