package text_test

import (
	"slices"
	"testing"

	"folje/internal/text"
)

// The ids below were computed apart from this program. They are frozen for
// ever: a failure here means that every translation ever made is lost, so
// change the code back, never the ids.
func TestSegmentIDFrozen(t *testing.T) {
	golden := []struct{ locale, text, id string }{
		{"sv", "Hej!", "yfmafpajvub3ugrolusef2szueac3rwm"},
		{"sv", "Vi ses kl. 9.30.", "sdkh4mw3ea72j7usmzzqa6xembu64m2r"},
		{"sv", "Välkomna, Åsa & Örjan!", "xgyslvqrqsbejgrofmah3nw3drv6b4zv"},
		{"sv", "Va\u0308lkomna,\u00a0A\u030asa\t&\n O\u0308rjan! ", "xgyslvqrqsbejgrofmah3nw3drv6b4zv"},
		{"sv", "\u2060V\u00adälkomna,\u200b \u202eÅsa & Örjan!\x00", "xgyslvqrqsbejgrofmah3nw3drv6b4zv"},
		{"en", "Hej!", "hggbxbmmxaiulpoop5durxjivhlxlrjr"},
		{"ar", "مرحبا بكم.", "kyzd453mhywldrenkxosiseusktb36ma"},
		{"sv", "", "kiv4lmcw34wsjixj36viwqtzrpfwuonj"},
	}
	for _, g := range golden {
		if got := text.SegmentID(g.locale, g.text); got != g.id {
			t.Errorf("SegmentID(%q, %q) = %s, want %s", g.locale, g.text, got, g.id)
		}
	}
}

// Frozen as the ids are: wordings for one place are kept under these.
func TestContextsFrozen(t *testing.T) {
	cases := []struct{ ids, want []string }{
		{nil, []string{}},
		{[]string{"a"}, []string{"ny2axhh7wn5jrhff"}},
		{[]string{"a", "b", "c"}, []string{"k7vtkyk5i7zu5ryu", "wf47jeud6wdk4gjc", "dzl3sm5qu6bahyq5"}},
	}
	for _, c := range cases {
		if got := text.Contexts(c.ids); !slices.Equal(got, c.want) {
			t.Errorf("Contexts(%q) = %q, want %q", c.ids, got, c.want)
		}
	}
}

func TestFold(t *testing.T) {
	cases := map[string]string{
		"":                             "",
		" \n\t\u00a0\u2028":            "",
		" a \u3000\r\n b ":             "a b",
		"a\u0085b\u202fc":              "a b c",
		"a \u00ad b":                   "a b",
		"e\u0301":                      "é",
		"a\u2060\u030a":                "å",
		"a\u200b\u2060\ufeff\u00adb":   "ab",
		"a\u202e\u2066b\u2069\u202c":   "ab",
		"a\x00\x1b[31m\x7f\u009bb":     "a[31mb",
		"hi\U000E0041\U000E0042":       "hi",
		"می\u200cخواهم \u200fالف":      "می\u200cخواهم \u200fالف",
		"👩\u200d👧 ❤\ufe0f":             "👩\u200d👧 ❤\ufe0f",
		"a\xffb":                       "a\ufffdb",
		"\u0600\u06dd":                 "\u0600\u06dd",
		"Vi ses.\u2060 Tack!\u200b Å.": "Vi ses. Tack! Å.",
	}
	for in, want := range cases {
		if got := text.Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}
