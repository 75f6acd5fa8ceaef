package web_test

import (
	"net/netip"
	"strings"
	"testing"

	"folje/internal/web"
)

func TestOnlyATrustedProxyIsBelieved(t *testing.T) {
	trusting, err := web.ParseProxies([]string{"127.0.0.1", "10.0.0.0/8", "fd00::/8"})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		trusted []netip.Prefix
		header  string
		want    string
	}{
		"no proxy configured":    {nil, "X-Forwarded-For: 203.0.113.7\r\n", "127.0.0.1"},
		"another proxy":          {trusting[1:], "X-Forwarded-For: 203.0.113.7\r\n", "127.0.0.1"},
		"trusted":                {trusting, "X-Forwarded-For: 203.0.113.7\r\n", "203.0.113.7"},
		"two proxies":            {trusting, "X-Forwarded-For: 203.0.113.7, 10.1.2.3\r\n", "203.0.113.7"},
		"two headers":            {trusting, "X-Forwarded-For: 203.0.113.7\r\nX-Forwarded-For: 10.1.2.3\r\n", "203.0.113.7"},
		"client makes one up":    {trusting, "X-Forwarded-For: 1.1.1.1, 203.0.113.7\r\n", "203.0.113.7"},
		"client pretends proxy":  {trusting, "X-Forwarded-For: 1.1.1.1, 10.9.9.9, 203.0.113.7, fd00::1\r\n", "203.0.113.7"},
		"nobody but proxies":     {trusting, "X-Forwarded-For: 10.1.1.1, 10.2.2.2\r\n", "10.1.1.1"},
		"nonsense":               {trusting, "X-Forwarded-For: <script>\r\n", "127.0.0.1"},
		"nonsense before a hop":  {trusting, "X-Forwarded-For: x, 10.2.2.2\r\n", "10.2.2.2"},
		"empty":                  {trusting, "X-Forwarded-For: \r\n", "127.0.0.1"},
		"none":                   {trusting, "", "127.0.0.1"},
		"IPv6":                   {trusting, "X-Forwarded-For: 2001:db8::1\r\n", "2001:db8::"},
		"IPv6 with a port":       {trusting, "X-Forwarded-For: [2001:db8::1]:443\r\n", "2001:db8::"},
		"IPv6 of one household":  {trusting, "X-Forwarded-For: 2001:db8::ffff:9\r\n", "2001:db8::"},
		"IPv4 in IPv6":           {trusting, "X-Forwarded-For: ::ffff:203.0.113.7\r\n", "203.0.113.7"},
		"other headers say more": {trusting, "X-Real-Ip: 203.0.113.7\r\nForwarded: for=203.0.113.7\r\n", "127.0.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			r := run(t, func(cfg *web.Config) { cfg.TrustedProxies = c.trusted })
			_, body := ask(t, r.addr, "GET", v1+"who", c.header, "")
			client, pocketBase, _ := strings.Cut(body, " ")
			if client != c.want || !strings.HasPrefix(pocketBase, netip.MustParseAddr(c.want).StringExpanded()+" ") {
				t.Errorf("%s, want %s, to PocketBase too", body, c.want)
			}
		})
	}
}

func TestAttemptsAreCountedByHousehold(t *testing.T) {
	key := func(s string) string { return web.AddressKey(netip.MustParseAddr(s)) }
	for _, pair := range [][2]string{
		{"2001:db8:1:2::1", "2001:db8:1:2:ffff::9"}, {"203.0.113.7", "::ffff:203.0.113.7"}, {"fe80::1%eth0", "fe80::2"},
	} {
		if key(pair[0]) != key(pair[1]) {
			t.Errorf("%v differ", pair)
		}
	}
	for _, pair := range [][2]string{{"2001:db8:1:2::1", "2001:db8:1:3::1"}, {"203.0.113.7", "203.0.113.8"}} {
		if key(pair[0]) == key(pair[1]) {
			t.Errorf("%v are one", pair)
		}
	}
	if web.AddressKey(netip.Addr{}) == "" {
		t.Error("no address, no key")
	}
}

func TestParseProxiesRefusesNonsense(t *testing.T) {
	for _, s := range []string{"", "x", "10.0.0.0/33", "10.0.0"} {
		if _, err := web.ParseProxies([]string{s}); err == nil {
			t.Errorf("%q passed", s)
		}
	}
}
