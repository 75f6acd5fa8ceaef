package meeting

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"folje/internal/apptest"
)

func TestLanguagesAreKnownByTheirExactNames(t *testing.T) {
	for name, want := range map[string]string{
		"so": "so", "SO": "so", " Somaliska ": "so", "somali": "so", "Soomaali": "so", "ትግርኛ": "ti", "العربية": "ar",
		"fa-AF": "fa-AF", "dari": "fa-AF", "persiska": "fa", "Farsi": "fa", "sorani": "ckb", "kantonesiska": "yue", "TÜRKÇE": "tr",
		"ku": "ku", "kurdiska": "", "Kurmanji": "", "kinesiska": "", "afghanska": "", "pashto": "ps",
		"somaliska eller engelska": "", "somalisk": "", "": "", "teckenspråk": "",
	} {
		if got := tagOf(name); got != want {
			t.Errorf("%q is %q, want %q", name, got, want)
		}
	}
}

// The phone's list and this one name the same languages.
func TestLanguagesAreThePhones(t *testing.T) {
	source, err := os.ReadFile(filepath.Join(apptest.Root(), "public", "js", "i18n", "spoken.js"))
	if err != nil {
		t.Fatal(err)
	}
	list := regexp.MustCompile(`(?s)const SPOKEN = \[(.*?)\]`).FindSubmatch(source)
	if list == nil {
		t.Fatal("spoken.js has no list")
	}
	var phones []string
	for _, m := range regexp.MustCompile(`'([^']+)'`).FindAllSubmatch(list[1], -1) {
		phones = append(phones, string(m[1]))
	}
	if !slices.Equal(phones, strings.Fields(spoken)) {
		t.Errorf("phones offer %v", phones)
	}
}
