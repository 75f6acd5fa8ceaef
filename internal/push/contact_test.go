package push

import (
	"errors"
	"strings"
	"testing"
)

func TestContactIsWhereSomebodyCanBeReached(t *testing.T) {
	for _, good := range []string{
		"https://folje.example", "https://folje.example.se/kontakt", "https://folje.example.se:8443",
		"mailto:drift@kommun.example", "mailto:folje.drift+push@it.kommun.example.se", "https://xn--flje-5qa.example",
	} {
		if err := CheckContact(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "drift@kommun.example", "mailto:x@localhost", "mailto:mailto:drift@kommun.example", "mailto:", "mailto:@kommun.example",
		"mailto:drift@", "mailto:a@b@kommun.example", "mailto:drift@kommun", "mailto:drift@192.0.2.1", "mailto:drift@[192.0.2.1]",
		"mailto: drift@kommun.example", "mailto:drift@kommun.example ", "mailto:drift@kommun.example?subject=x", "mailto:drift@skrivare.local",
		"mailto:Drift <drift@kommun.example>", "mailto:drift@kommun..example", "mailto:drift@-kommun.example",
		"http://folje.example", "https://localhost", "https://localhost:8090", "https://127.0.0.1", "https://[::1]", "https://[2001:db8::1]",
		"https://folje", "https://folje.local", "https://folje.internal", "https://folje.localhost", "https://folje.home.arpa",
		"https://user@folje.example", "https://folje.example/a b", "https://", "https:///x", "https://folje.example\n", "https://följe.example",
		"https://1.2.3.4.5", "https://folje.example.", "https://" + strings.Repeat("a", 64) + ".example", "ftp://folje.example", "mailto:drift@kommun.example\r\n",
	} {
		if err := CheckContact(bad); !errors.Is(err, ErrContact) {
			t.Errorf("%q is taken: %v", bad, err)
		}
	}
}
