package machine

import (
	"strings"
	"testing"
)

func TestAnEngineIsToldWhatToLeaveAlone(t *testing.T) {
	for sentence, want := range map[string]string{
		"Vi ses i Blåsippan kl. 18.00.":  `Vi ses i <span translate="no" id="k0">Blåsippan</span> kl. <span translate="no" id="k1">18.00</span>.`,
		"Blåsippans barn & Tallen Norr!": `Blåsippans barn &amp; <span translate="no" id="k0">Tallen Norr</span>!`,
		"Skriv <b>nu</b> till a@b.example": `Skriv <span translate="no" id="k0">&lt;b&gt;</span>nu<span translate="no" id="k1">&lt;/b&gt;</span>` +
			` till <span translate="no" id="k2">a@b.example</span>`,
		"Vi är 23 barn.": "Vi är 23 barn.",
	} {
		if got := newFragment(sentence, []string{"Blåsippan", "Tallen", "Tallen Norr", "V"}).html; got != want {
			t.Errorf("%s\n got %s\nwant %s", sentence, got, want)
		}
	}
}

func TestNamesAndNumbersAreNotSent(t *testing.T) {
	for sentence, plain := range map[string]bool{
		"Blåsippan": false, "08-123 45 67": false, "2026-11-26, 18.00": false, "https://folje.example": false, "!": false,
		"Ring 08-123 45 67": true, "18.00 i Blåsippan": true,
	} {
		if got := newFragment(sentence, []string{"Blåsippan"}).plain; got != plain {
			t.Errorf("%s: to be sent: %v", sentence, got)
		}
	}
}

// What came back is put together again, whatever engines do to spaces, order
// and escapes.
func TestWhatWasKeptComesBackAsItWas(t *testing.T) {
	const sentence = "Kom till Blåsippan kl. 18.00 & ring 08-123 45 67."
	f := newFragment(sentence, []string{"Blåsippan"})
	for name, c := range map[string]struct{ answer, want string }{
		"as asked":        {`Come to <span translate="no" id="k0">Blåsippan</span> at <span translate="no" id="k1">18.00</span> &amp; call <span translate="no" id="k2">08-123 45 67</span>.`, "Come to Blåsippan at 18.00 & call 08-123 45 67."},
		"another order":   {`At <span id="k1" translate="no">18.00</span> come to <span translate="no" id="k0">Blåsippan</span>, call <span translate="no" id="k2">08-123 45 67</span>.`, "At 18.00 come to Blåsippan, call 08-123 45 67."},
		"spaces lost":     {`Come to<span translate="no" id="k0">Blåsippan</span>at<span translate="no" id="k1">18.00</span> & call<span translate="no" id="k2">08-123 45 67</span>.`, "Come to Blåsippan at 18.00 & call 08-123 45 67."},
		"insides altered": {`Come to <span translate="no" id="k0">Anemone</span> at <span translate="no" id="k1">6 pm</span> &amp; call <span translate="no" id="k2">nobody</span>.`, "Come to Blåsippan at 18.00 & call 08-123 45 67."},
	} {
		got, err := f.restore(c.answer, "en")
		if err != nil || got != c.want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestAGenitiveStaysAgainstItsName(t *testing.T) {
	f := newFragment("Hälsa {{.Name}}s barn.", nil)
	got, err := f.restore(`Greet <span translate="no" id="k0">{{.Name}}</span>s child.`, "en")
	if err != nil || got != "Greet {{.Name}}s child." {
		t.Errorf("%q, %v", got, err)
	}
}

// What an engine lost, doubled, invented or got wrong is not used.
func TestTextsThatMisleadAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ sentence, answer, locale string }{
		"a name is lost":         {"Kom till Blåsippan.", "Come along.", "en"},
		"a name is doubled":      {"Kom till Blåsippan.", `<span id="k0">a</span> <span id="k0">b</span>.`, "en"},
		"a name is invented":     {"Kom nu.", `Come <span id="k0">Blåsippan</span>.`, "en"},
		"a number too high":      {"Kom till Blåsippan.", `<span id="k0">a</span> <span id="k99999999999">b</span>.`, "en"},
		"a number is another":    {"Vi är 23 barn.", "We are 32 children.", "en"},
		"nothing":                {"Kom nu.", "", "en"},
		"nothing but a space":    {"Kom nu.", " \n", "en"},
		"markup":                 {"Kom nu.", `<script>alert(1)</script>Come.`, "en"},
		"an invented time":       {"Kom nu.", "Come at 17.30.", "en"},
		"an invented link":       {"Kom nu.", "Come to https://evil.example.", "en"},
		"another script":         {"Kom och lek med oss i dag.", "Come and play with us today.", "ar"},
		"no script of anybody's": {"Kom och lek med oss i dag.", "Приходьте пограти з нами", "en"},
	} {
		if got, err := newFragment(c.sentence, []string{"Blåsippan"}).restore(c.answer, c.locale); err == nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func FuzzRestore(f *testing.F) {
	f.Add("Kom till Blåsippan kl. 18.00.", `<span id="k0">a</span><span id="k1">`)
	f.Add("a < b & c", "&lt;p&gt;")
	f.Fuzz(func(t *testing.T, sentence, answer string) {
		fr := newFragment(sentence, []string{"Blåsippan"})
		got, err := fr.restore(answer, "en")
		if err == nil && len(fr.kept) > 0 && !strings.Contains(got, fr.kept[0].text) {
			t.Errorf("%q from %q lost %q", got, sentence, fr.kept[0].text)
		}
		if back, err := fr.restore(fr.html, "sv"); err == nil && back != strings.TrimSpace(sentence) {
			t.Errorf("%q came back as %q", sentence, back)
		}
	})
}
