package machine

import (
	"errors"
	"net/http"
	"net/netip"
	"net/url"
	"testing"
)

func TestWhichAddressesAreInTheHouse(t *testing.T) {
	for address, want := range map[string]bool{
		"127.0.0.1": true, "::1": true, "10.0.0.8": true, "172.31.0.1": true, "192.168.7.7": true, "fd12::1": true, "fe80::1": true, "::ffff:10.0.0.8": true,
		"192.0.2.7": false, "172.32.0.1": false, "8.8.8.8": false, "2001:db8::1": false, "::ffff:8.8.8.8": false, "0.0.0.0": false, "::": false,
	} {
		if got := inHouse(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}

// Whatever a name leads to is looked at when it is connected to, so that it
// can't lead elsewhere later. Nothing is sent here: the refusal comes before.
func TestNothingConnectsOutOfTheHouse(t *testing.T) {
	for address, public := range map[string]bool{"https://engine.example": false, "http://engine.example": true} {
		base, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		dial := newClient(base, public).http.Transport.(*http.Transport).DialContext
		c, err := dial(t.Context(), "tcp", "192.0.2.7:443")
		if err == nil {
			_ = c.Close()
		}
		if !errors.Is(err, ErrPublic) {
			t.Errorf("%s, public %v: %v", address, public, err)
		}
		var fault *Fault
		if errors.As(unanswered(err), &fault); fault.Code != Down {
			t.Errorf("%s: %v", address, fault)
		}
	}
}
