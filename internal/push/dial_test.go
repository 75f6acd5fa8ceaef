package push

import (
	"errors"
	"net"
	"net/netip"
	"testing"
)

func TestPublic(t *testing.T) {
	for _, address := range []string{
		"8.8.8.8", "142.250.74.74", "17.57.144.1", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1", "192.0.1.1", "198.17.255.255", "198.20.0.1", "223.255.255.255",
		"2a00:1450:400f:80d::200a", "2620:149:208::1", "2001:4860:4860::8888",
		"::ffff:8.8.8.8",   // mapped
		"64:ff9b::808:808", // NAT64 of 8.8.8.8
		"2001:200::1",      // just behind the protocol assignments
		"3ffe:ffff::1",     // just before the documentation's second block
		"2003:0:1::1",      // just behind 6to4
		"1.1.1.1",          // the first that is somebody's
		"11.0.0.1",         // just behind a private block
		"169.253.255.255",  // just before link-local
		"192.167.255.255",  // just before a private block
	} {
		if !public(netip.MustParseAddr(address)) {
			t.Errorf("%s is refused", address)
		}
	}
	for name, addresses := range map[string][]string{
		"this network, unspecified": {"0.0.0.0", "0.1.2.3", "::"},
		"loopback":                  {"127.0.0.1", "127.255.255.254", "::1"},
		"private":                   {"10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255"},
		"link-local, metadata":      {"169.254.0.1", "169.254.169.254", "fe80::1", "febf::1", "fe80::1%eth0"},
		"carrier's own":             {"100.64.0.1", "100.127.255.255"},
		"multicast":                 {"224.0.0.1", "239.255.255.255", "ff02::1", "ff0e::1"},
		"broadcast, reserved":       {"255.255.255.255", "240.0.0.1"},
		"documentation":             {"192.0.2.1", "198.51.100.1", "203.0.113.255", "2001:db8::1", "3fff::1", "3fff:fff:ffff::1"},
		"benchmarking":              {"198.18.0.1", "198.19.255.255", "2001:2::1"},
		"protocol assignments":      {"192.0.0.1", "192.0.0.170", "2001:1::1", "2001:1ff:ffff::1"},
		"relays of 6to4":            {"192.88.99.1"},
		"6to4":                      {"2002:7f00:1::1", "2002:808:808::1"},
		"Teredo":                    {"2001::1", "2001:0:53aa:64c:0:7f00:1:1"},
		"ORCHID":                    {"2001:10::1", "2001:20::1"},
		"ULA":                       {"fc00::1", "fd12:3456:789a::1"},
		"site-local":                {"fec0::1"},
		"mapped":                    {"::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0.0.0.0"},
		"compatible":                {"::7f00:1", "::808:808"},
		"translated (SIIT)":         {"::ffff:0:7f00:1"},
		"NAT64 of a private one":    {"64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b::a9fe:a9fe", "64:ff9b::"},
		"NAT64 of a network's own":  {"64:ff9b:1::808:808"},
		"discard only":              {"100::1"},
		"segment routing":           {"5f00::1"},
		"not given out":             {"4000::1", "1000::1", "8000::1", "e000::1"},
	} {
		for _, address := range addresses {
			if public(netip.MustParseAddr(address)) {
				t.Errorf("%s: %s is taken for public", name, address)
			}
		}
	}
	if public(netip.Addr{}) {
		t.Error("no address is taken for public")
	}
}

// The guard stands at the socket: a name that leads to ourselves helps nobody.
func TestGuarded(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	reached := make(chan struct{})
	go func() {
		defer close(reached)
		if conn, err := listener.Accept(); err == nil {
			conn.Close()
			t.Error("somebody came through")
		}
	}()
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	for _, host := range []string{"127.0.0.1", "localhost", "::ffff:127.0.0.1", "0.0.0.0"} {
		conn, err := guarded().DialContext(t.Context(), "tcp", net.JoinHostPort(host, port))
		if err == nil {
			conn.Close()
			t.Errorf("%s is reached", host)
		}
		if !errors.Is(err, errNotPublic) {
			t.Errorf("%s: %v", host, err)
		}
	}
	listener.Close()
	<-reached
}
