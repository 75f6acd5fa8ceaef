package phone_test

import (
	"fmt"
	"strings"
	"testing"

	"folje/test/browser"
)

// TestFunctions calls the app's own functions in one page of it.
func TestFunctions(t *testing.T) {
	t.Parallel()
	origin := app.origin(t)
	p := shared.Profile(t).Page(browser.Phone())
	p.Navigate(origin + "/")
	p.WaitFor("h1")
	for name, test := range map[string]func(*testing.T, *browser.Page){
		"linkify": linkify, "fold": foldCode, "in-app": isInApp, "locales": firstLocales, "dates": formatDate, "words": wordsMeanwhile,
	} {
		t.Run(name, func(t *testing.T) { test(t, p) })
	}
}

// Telephone numbers, mail and web addresses are found in plain text; times,
// dates and sums are not telephone numbers, and nothing else becomes a link.
func linkify(t *testing.T, p *browser.Page) {
	for text, want := range map[string]string{
		"Ring 0586-481 00.":                     "tel:058648100",
		"Ring 070-123 45 67, helst kl. 9.30":    "tel:0701234567",
		"Ring +46 586 481 00!":                  "tel:+4658648100",
		"اتصل بالرقم 0980-319 210، بين 13 و14":  "tel:0980319210",
		"Ring 112 eller 1177.":                  "tel:112 tel:1177",
		"Skriv till anna.lind@exempel.example.": "mailto:anna.lind@exempel.example",
		"Se https://exempel.example/a?b=c.":     "https://exempel.example/a?b=c",
		"Se www.exempel.example (på svenska)":   "https://www.exempel.example",
		"Kl. 09.00-10.30, den 2026-11-12":       "",
		"Mellan 0900 och 1000":                  "",
		"Det kostar 1 120 kronor, 10.112.3":     "",
		"javascript:alert(1) data:text/html,x":  "",
		"<a href=https://x.example>":            "https://x.example",
		"Inget här.":                            "",
	} {
		got := browser.Eval[[]string](p, fmt.Sprintf(`import('/js/lib/linkify.js').then(({ linkify }) =>
			linkify(%q).filter((piece) => typeof piece !== 'string').map((piece) => piece.values[0]))`, text))
		expect(t, text, strings.Join(got, " "), want)
	}
}

// The words of more screens, come while a language is being chosen, stay.
func wordsMeanwhile(t *testing.T, p *browser.Page) {
	expect(t, "the guide's ages", browser.Eval[string](p, `import('/js/i18n/messages.js?anew').then(async (words) => {
		const real = window.fetch;
		let go;
		const held = new Promise((resolve) => { go = resolve });
		window.fetch = async (...asked) => { if (asked[0].includes('/parent/')) await held; return real(...asked) };
		const chosen = words.chooseLocale('sv');
		await words.loadMore('later');
		window.fetch = real;
		go();
		await chosen;
		return words.t('guide.ages') === 'guide.ages' ? 'its key' : 'its words';
	})`), "its words")
}

// A code is read as people type it, and as a pasted link.
func foldCode(t *testing.T, p *browser.Page) {
	for typed, want := range map[string]string{
		"t87ey-48xpe":                               "T87EY48XPE",
		" T87EY 48XPE ":                             "T87EY48XPE",
		"OIL00-11111":                               "0110011111",
		"https://folje.example/join#T87EY48XPE":     "T87EY48XPE",
		"http://127.0.0.1:8090/join#t87ey-48xpe\n ": "T87EY48XPE",
	} {
		expect(t, typed, browser.Eval[string](p, fmt.Sprintf(`import('/js/parent/code.js').then(({ foldCode }) => foldCode(%q))`, typed)), want)
	}
	for code, want := range map[string]bool{"T87EY48XPE": true, "T87EY48XP": false, "T87EY48XPU": false, "": false} {
		if got := browser.Eval[bool](p, fmt.Sprintf(`import('/js/parent/code.js').then(({ isCode }) => isCode(%q))`, code)); got != want {
			t.Errorf("is %q a code: %v", code, got)
		}
	}
}

// Other apps' own browsers are told from real ones and from the installed app.
func isInApp(t *testing.T, p *browser.Page) {
	const (
		iPhone  = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
		android = "Mozilla/5.0 (Linux; Android 14; Pixel 7"
	)
	for agent, want := range map[string]bool{
		iPhone + "Version/17.5 Mobile/15E148 Safari/604.1":                                                             false,
		iPhone + "CriOS/126.0.0.0 Mobile/15E148 Safari/604.1":                                                          false,
		iPhone + "FxiOS/127.0 Mobile/15E148 Safari/605.1.15":                                                           false,
		iPhone + "Mobile/15E148":                                                                                       true,
		iPhone + "Mobile/15E148 [FBAN/FBIOS;FBAV/470.0.0]":                                                             true,
		iPhone + "GSA/320.0 Mobile/15E148 Safari/604.1":                                                                true,
		android + ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36":                     false,
		android + ") AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36": false,
		android + "; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36":     true,
		android + ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36 Instagram 330.0":     true,
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:147.0) Gecko/20100101 Firefox/147.0":                             false,
	} {
		if got := browser.Eval[bool](p, fmt.Sprintf(`import('/js/parent/inapp.js').then(({ isInApp }) => isInApp(%q, false))`, agent)); got != want {
			t.Errorf("%s is in an app: %v", agent, got)
		}
	}
	if browser.Eval[bool](p, fmt.Sprintf(`import('/js/parent/inapp.js').then(({ isInApp }) => isInApp(%q, true))`, iPhone+"Mobile/15E148")) {
		t.Error("the installed app takes itself for another's browser")
	}
}

// The list of languages that the first screen offers is that of locales/.
func firstLocales(t *testing.T, p *browser.Page) {
	type locale struct{ Tag, Name, Dir string }
	for _, l := range browser.Eval[[]locale](p, `import('/js/i18n/locales.js').then(({ LOCALES }) => LOCALES)`) {
		w := browser.Eval[map[string]any](p, fmt.Sprintf(`import('/js/i18n/messages.js').then((m) => m.fetchMessages('parent', %q))`, l.Tag))
		expect(t, l.Tag, l.Name+" "+l.Dir, fmt.Sprint(w["locale.name"], " ", w["locale.dir"]))
	}
	known := browser.Eval[int](p, `import('/js/i18n/locales.js').then(({ LOCALES }) => LOCALES.length)`)
	served := browser.Eval[int](p, `fetch('/api/folje/v1/hello').then((a) => a.json()).then((hello) => hello.locales.length)`)
	if known != served {
		t.Errorf("the first screen offers %d languages, the server has %d", known, served)
	}
}

// Dates are Stockholm's, Gregorian, on a 24-hour clock, whatever the language
// and wherever the phone is.
func formatDate(t *testing.T, p *browser.Page) {
	for call, want := range map[string]string{
		`f('2026-11-12T16:05:00Z', 'time', now)`:    "17:05",
		`f('2026-07-12T22:30:00Z', 'date', now)`:    "13 juli",
		`f('2025-11-12 16:05:00.000Z', 'day', now)`: "12 nov 2025",
		`f('2026-11-12T08:00:00Z', 'heard', now)`:   "09:00",
		`f('', 'date', now)`:                        "",
		`f('nonsense', 'date', now)`:                "",
	} {
		got := browser.Eval[string](p, `import('/js/i18n/messages.js').then((m) => m.chooseLocale('sv').then(() => {
			const f = m.formatDate, now = new Date('2026-11-12T12:00:00Z'); return `+call+` }))`)
		expect(t, call, got, want)
	}
	got := browser.Eval[string](p, `import('/js/i18n/messages.js').then((m) => m.chooseLocale('ar').then(() =>
		m.formatDate('2026-11-12T16:05:00Z', 'datetime', new Date('2026-11-12T12:00:00Z'))))`)
	if !strings.Contains(got, "17:05") || !strings.Contains(got, "12") {
		t.Errorf("in Arabic: %s", got)
	}
}
