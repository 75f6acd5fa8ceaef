package access

import (
	"log/slog"
	"strings"
	"testing"
)

func TestNewCodeIsTenCrockfordCharacters(t *testing.T) {
	seen, letters := map[Code]bool{}, map[rune]bool{}
	for range 2000 {
		c := NewCode()
		if len(c) != CodeLength || seen[c] {
			t.Fatalf("code of %d characters, seen before: %v", len(c), seen[c])
		}
		seen[c] = true
		for _, r := range string(c) {
			letters[r] = true
		}
	}
	for r := range letters {
		if !strings.ContainsRune(crockford, r) || strings.ContainsRune("ILOU", r) {
			t.Errorf("character %q", r)
		}
	}
	if len(letters) != len(crockford) {
		t.Errorf("%d of %d characters are ever used", len(letters), len(crockford))
	}
}

func TestParseCodeFoldsWhatPeopleType(t *testing.T) {
	const want = Code("01ABC1DE09")
	for _, in := range []string{
		"01ABC1DE09", "01abc-1de09", " o1AbC IdE-O9 ", "0lABC1DE09", "01ABC‑1DE09", "01ABC—1DE09",
		"\u200e01ABC-1DE09\u200f", "٠١ABC-١DE٠٩", "۰۱abc-۱de۰۹", "0 1 A B C - 1 D E 0 9", "01ABC\u00a01DE09\n",
	} {
		got, err := ParseCode(in)
		if err != nil || got != want {
			t.Errorf("%q: %q %v", in, got, err)
		}
	}
}

func TestParseCodeRefusesTheRest(t *testing.T) {
	for _, in := range []string{
		"", "01ABC1DE0", "01ABC1DE099", "01ABCUDE09", "01ABC1DE0\x00", "01ABC1DE0\xff", "01ABC1DE0ſ", "01ABC_1DE09",
		"01ABC1DE09" + strings.Repeat(" ", 200), strings.Repeat("0", 1<<16),
	} {
		if got, err := ParseCode(in); err == nil {
			t.Errorf("%.40q became %q", in, got)
		}
	}
}

func TestCodeIsShownInTwoHalves(t *testing.T) {
	c := NewCode()
	if s := c.String(); len(s) != 11 || s[5] != '-' {
		t.Errorf("shown in %d characters", len(s))
	}
	if back, err := ParseCode(c.String()); err != nil || back != c {
		t.Error("the shown form does not lead back")
	}
}

func TestCodeStaysOutOfTheLog(t *testing.T) {
	var log strings.Builder
	c := NewCode()
	slog.New(slog.NewTextHandler(&log, nil)).Info("oops", "code", c)
	if strings.Contains(log.String(), string(c)) || strings.Contains(log.String(), c.String()) {
		t.Error("a code was logged")
	}
}

func FuzzParseCode(f *testing.F) {
	f.Add("01ABC-1DE09")
	f.Add("\xff\x00")
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseCode(s)
		if err == nil && (len(c) != CodeLength || strings.Trim(string(c), crockford) != "") {
			t.Errorf("%q became %q", s, string(c))
		}
	})
}
