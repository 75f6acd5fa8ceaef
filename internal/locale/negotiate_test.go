package locale_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"folje/internal/locale"
)

func TestNegotiate(t *testing.T) {
	b := load(t) // sv sv-simple ar en fa-AF
	cases := map[string]string{
		"":                               "sv",
		"sv":                             "sv",
		"sv-SE,sv;q=0.9,en;q=0.8":        "sv",
		"sv-simple":                      "sv-simple",
		"SV-SIMPLE":                      "sv-simple",
		"sv-SE-simple":                   "sv-simple",
		"sv-Latn-SE-simple,sv;q=0.9":     "sv-simple",
		"en-simple":                      "en",
		"simple":                         "en",
		"en-GB,en;q=0.9":                 "en",
		"ar-SY":                          "ar",
		"ar-Arab-SY-u-nu-latn":           "ar",
		"so, ar;q=0.5, sv;q=0.4":         "ar",
		"sv;q=0.3, ar ; q=0.7":           "ar",
		"en;q=0, ar;q=0.1":               "ar",
		"prs":                            "fa-AF",
		"prs-AF":                         "fa-AF",
		"fa-AF":                          "fa-AF",
		"fa-IR":                          "en",
		"so":                             "en",
		"so, *;q=0.5":                    "sv",
		"*":                              "sv",
		"*, ar;q=0.1":                    "sv",
		";q=1,,-,ar;q=x,ar;q=2,ar;q=-1":  "en",
		"ar;q=NaN, en;q=0.001":           "en",
		"../../etc/passwd":               "en",
		strings.Repeat("x,", 20) + "ar":  "en",
		strings.Repeat(",", 5000) + "ar": "ar",
	}
	for header, want := range cases {
		if got := b.Negotiate(header); got != want {
			t.Errorf("Negotiate(%.60q) = %q, want %q", header, got, want)
		}
	}
}

// The browser finds the same locale for the same languages; its tests read the
// same file.
func TestNegotiateAsTheBrowserDoes(t *testing.T) {
	b, err := locale.Open(os.DirFS(root + "/locales"))
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile("testdata/negotiate.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Wanted []string
		Want   string
	}
	if err := json.Unmarshal(raw, &cases); err != nil {
		t.Fatal(err)
	}
	reached := map[string]bool{}
	for _, c := range cases {
		reached[c.Want] = true
		if got := b.Negotiate(strings.Join(c.Wanted, ",")); got != c.Want {
			t.Errorf("%v: %s, want %s", c.Wanted, got, c.Want)
		}
	}
	for _, info := range b.Locales() {
		if !reached[info.Tag] {
			t.Errorf("no phone gets %s", info.Tag)
		}
	}
}

func TestFromRequest(t *testing.T) {
	b := load(t)
	r := &http.Request{Header: http.Header{}}
	if got := b.FromRequest(r); got != "sv" {
		t.Errorf("without a header: %q", got)
	}
	r.Header.Add("Accept-Language", "sv;q=0.5")
	r.Header.Add("Accept-Language", "ar")
	if got := b.FromRequest(r); got != "ar" {
		t.Errorf("with two headers: %q", got)
	}
}

func FuzzNegotiate(f *testing.F) {
	f.Add("sv-simple;q=0.5, *;q=0")
	f.Add("--,;=q,prs-")
	b := load(f)
	f.Fuzz(func(t *testing.T, header string) {
		if _, ok := b.Find(b.Negotiate(header)); !ok {
			t.Errorf("%q gave no locale of ours", header)
		}
	})
}
