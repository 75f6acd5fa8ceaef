package push

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestEndpointsOfTheBrowsersThereAre(t *testing.T) {
	for endpoint, service := range map[string]string{
		"https://fcm.googleapis.com/fcm/send/cX:APA91b_x-Y":                      "https://fcm.googleapis.com",
		"https://fcm.googleapis.com/wp/cX:APA91b":                                "https://fcm.googleapis.com",
		"https://jmt17.google.com/fcm/send/cX":                                   "https://jmt17.google.com",
		"https://updates.push.services.mozilla.com/wpush/v2/gAAAAABx":            "https://updates.push.services.mozilla.com",
		"https://web.push.apple.com/QGuQyavXutnMH":                               "https://web.push.apple.com",
		"https://api.push.apple.com/x":                                           "https://api.push.apple.com",
		"https://wns2-am3p.notify.windows.com/w/?token=BQYAAAA%2bx%3d%3d":        "https://wns2-am3p.notify.windows.com",
		"https://WEB.push.Apple.com/QGuQ":                                        "https://web.push.apple.com",
		"https://fcm.googleapis.com/" + strings.Repeat("x", maxEndpoint-27):      "https://fcm.googleapis.com",
		"https://fcm.googleapis.com/fcm/send/a?b=https://elsewhere.example@x:1/": "https://fcm.googleapis.com",
	} {
		if got, err := DefaultServices().Check(endpoint); err != nil || got != service {
			t.Errorf("%s: %q %v", endpoint, got, err)
		}
	}
}

func TestEndpointsThatAreNone(t *testing.T) {
	for _, c := range []struct {
		want      error
		endpoints []string
	}{
		{ErrService, []string{
			"https://push.example.com/x", "https://fcm.googleapis.com.example.com/x", "https://evilfcm.googleapis.com/x",
			"https://a.fcm.googleapis.com/x", "https://push.apple.com/x", "https://evilpush.apple.com/x", "https://notify.windows.com/x",
			"https://web.push.apple.com.evil.example/x", "https://xnotify.windows.com/x",
		}},
		{ErrEndpoint, []string{
			"", "x", "https://", "https:///x", "https://fcm.googleapis.com", "//fcm.googleapis.com/x", "fcm.googleapis.com/x",
			"http://fcm.googleapis.com/x", "HTTPS://fcm.googleapis.com/x", "ftp://fcm.googleapis.com/x", "https:fcm.googleapis.com/x",
			"https://fcm.googleapis.com:443/x", "https://fcm.googleapis.com:8443/x", "https://fcm.googleapis.com:/x",
			"https://user@fcm.googleapis.com/x", "https://fcm.googleapis.com@127.0.0.1/x", "https://127.0.0.1/x", "https://[::1]/x",
			"https://2130706433/x", "https://0x7f.1/x", "https://localhost/x", "https://router.local/x",
			"https://fcm.googleapis.com./x", "https://.push.apple.com/x", "https://a..push.apple.com/x", "https://-.push.apple.com/x",
			"https://fcm%2egoogleapis.com/x", "https://fcm.googleapis.com%2f/x", "https://fcm.googleapis.com\\@evil.example/x",
			"https://fcm.googleapis.com/x#y", "https://fcm.googleapis.com/x#", "https://fcm.googleapis.com?x", "https://fcm.googleapis.com#/x",
			"https://fcm.googleapis.com/x y", "https://fcm.googleapis.com/x\r\nHost: evil", "https://fcm.googleapis.com/\x00", "https://fcm.googleapis.com/\x7f",
			"https://fcm.googleapis.com/ö", "https://fcm.googleapıs.com/x", "https://fcm.googleapis.com/\xff", "https://fcm.googleapis.com/\\..", " https://fcm.googleapis.com/x",
			"https://fcm.googleapis.com/%zz", "https://fcm.googleapis.com/%", "https://fcm.googleapis.com/\u202e",
			"https://fcm.googleapis.com/" + strings.Repeat("x", maxEndpoint-26),
		}},
	} {
		for _, endpoint := range c.endpoints {
			service, err := DefaultServices().Check(endpoint)
			if !errors.Is(err, c.want) || service != "" {
				t.Errorf("%q: %q %v, want %v", endpoint, service, err, c.want)
			}
			if err != nil && len(endpoint) > 12 && strings.Contains(err.Error(), endpoint[8:]) {
				t.Errorf("the error says the endpoint: %v", err)
			}
		}
	}
}

func TestNoServiceIsAllowedUnlessSaid(t *testing.T) {
	if _, err := (Services{}).Check(google + "a"); !errors.Is(err, ErrService) {
		t.Error(err)
	}
	s, err := ParseServices([]string{"push.example.com", "*.Sub.example.com"})
	if err != nil {
		t.Fatal(err)
	}
	for endpoint, want := range map[string]error{
		"https://push.example.com/x": nil, "https://a.b.sub.example.com/x": nil,
		"https://sub.example.com/x": ErrService, "https://a.push.example.com/x": ErrService, google + "a": ErrService,
	} {
		if _, err := s.Check(endpoint); !errors.Is(err, want) {
			t.Errorf("%s: %v", endpoint, err)
		}
	}
	for _, rule := range []string{"", "*", "*.", "*.com", "com", "localhost", "127.0.0.1", "*.push.local", "https://push.example.com",
		"push.example.com:443", "push.example.com/x", "a*.example.com", "*.*.example.com", "push..example.com"} {
		if _, err := ParseServices([]string{rule}); err == nil {
			t.Errorf("the rule %q is taken", rule)
		}
	}
}

func TestKeysOfASubscription(t *testing.T) {
	private, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	point := private.PublicKey().Bytes()
	raw, padded := base64.RawURLEncoding.EncodeToString, base64.URLEncoding.EncodeToString
	for _, text := range []string{raw(point), padded(point)} {
		if got, err := readP256dh(text); err != nil || string(got) != string(point) {
			t.Errorf("%s: %v", text, err)
		}
	}
	off := append([]byte{}, point...)
	off[64] ^= 1
	compressed := append([]byte{2}, point[1:33]...)
	standard := "+" + raw(point)[1:]
	for name, text := range map[string]string{
		"none": "", "off the curve": raw(off), "compressed": raw(compressed), "infinity": raw([]byte{0}), "short": raw(point[:64]),
		"long": raw(append(point[:65:65], 0)), "base64 of mail": standard, "a line break": raw(point)[:40] + "\r\n" + raw(point)[40:],
		"padded twice": padded(point) + "=", "loose bits": raw(point)[:86] + "B", "of zeros": raw(make([]byte, 65)),
	} {
		if _, err := readP256dh(text); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	for n := range 40 {
		if _, err := readAuth(raw(make([]byte, n))); (err == nil) != (n == 16) {
			t.Errorf("%d bytes of auth: %v", n, err)
		}
	}
	if _, err := readAuth(padded(make([]byte, 16))); err != nil {
		t.Error(err)
	}
}

// Whatever is let through, an HTTP client sends to the host that was checked.
func FuzzEndpoint(f *testing.F) {
	for _, seed := range []string{google + "a", "https://a.push.apple.com/x?y", "https://fcm.googleapis.com\\@evil.example/x",
		"https://fcm.googleapis.com:443/x", "https://fcm.googleapis.com/%2e%2e//x", "https://x.notify.windows.com/?token=a%20b"} {
		f.Add(seed)
	}
	services := DefaultServices()
	f.Fuzz(func(t *testing.T, endpoint string) {
		service, err := services.Check(endpoint)
		if err != nil {
			if !errors.Is(err, ErrEndpoint) && !errors.Is(err, ErrService) || service != "" {
				t.Errorf("%q %v", service, err)
			}
			return
		}
		for _, text := range []string{endpoint, must(t)(normal(endpoint))} {
			r, err := http.NewRequest(http.MethodPost, text, nil)
			if err != nil {
				t.Fatalf("%q can't be sent to: %v", text, err)
			}
			u := r.URL
			host := strings.ToLower(u.Host)
			if u.Scheme != "https" || u.User != nil || u.Fragment != "" || u.Port() != "" || "https://"+host != service {
				t.Errorf("%q goes to %q, not %q", text, u, service)
			}
			if host != "fcm.googleapis.com" && host != "jmt17.google.com" && host != "updates.push.services.mozilla.com" &&
				!strings.HasSuffix(host, ".push.apple.com") && !strings.HasSuffix(host, ".notify.windows.com") {
				t.Errorf("%q goes to %s", text, host)
			}
			if _, err := url.ParseRequestURI(text); err != nil || len(text) > maxEndpoint {
				t.Errorf("%q: %v", text, err)
			}
		}
	})
}

func must(t *testing.T) func(string, error) string {
	return func(s string, err error) string {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
}

func TestRuleIsWhatTheOperatorSaid(t *testing.T) {
	for service, rule := range map[string]string{
		"https://fcm.googleapis.com": "fcm.googleapis.com", "https://any-words.push.apple.com": "*.push.apple.com",
		"https://push.apple.com": "", "https://push.example.com": "",
	} {
		if got := DefaultServices().Rule(service); got != rule {
			t.Errorf("%s: %q, want %q", service, got, rule)
		}
	}
}
