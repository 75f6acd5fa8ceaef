package e2e_test

import (
	"slices"
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/languages"
)

// TestLanguages takes parents who read Arabic and Tigrinya through the whole
// app; test/chaos/languages takes those of every language that has something of
// its own.
func TestLanguages(t *testing.T) {
	t.Parallel()
	w := shop.Town(t)
	for _, tag := range []string{"ar", "ti"} {
		t.Run(tag, func(t *testing.T) {
			t.Parallel()
			languages.Journey(t, &shop, w, tag)
		})
	}
}

// TestLookFinds proves that looking can find each of the faults that it looks
// for, and that it finds nothing on the same page without them.
func TestLookFinds(t *testing.T) {
	t.Parallel()
	w := shop.Town(t)
	p := w.Parent("ar")
	p.Open("/join")
	p.WaitFor("h1 |= " + p.Say("join.title"))
	if faults := languages.Look(p.Page, "ar"); len(faults) > 0 {
		t.Fatalf("a page without faults has some: %q", faults)
	}
	// A fault is built as the app builds: its policy takes no HTML from strings.
	for want, fault := range map[string]string{
		"cut off":          "make('button', { style: 'inline-size: 60px; overflow: hidden; white-space: nowrap' }, long)",
		"px too wide":      "make('p', { style: 'inline-size: 900px' }, 'رسالة')",
		"sticks out":       "make('button', { style: 'inline-size: 60px; padding: 0; white-space: nowrap' }, long)",
		"is broken":        "make('p', { style: 'inline-size: 40px; overflow-wrap: anywhere' }, 'المستشفيات')",
		"message's key":    "make('p', {}, 'nav.letters')",
		"placeholder":      "make('p', {}, 'رسالة {{.Name}}')",
		"digits":           "make('p', {}, 'رسالة ٣')",
		"cannot be tapped": "make('p', {}, 'اتصل 0980-319 210')",
		"out of order":     "make('a', { href: 'tel:0980319210' }, '\u202e0980-319 210')",
		"runs ltr":         "make('p', { dir: 'ltr' }, long)",
		"language than ar": "make('p', {}, 'Förskolan Blåsippan')",
		"language than sv": "make('p', { lang: 'sv', dir: 'ltr' }, long)",
		"the line ends":    "make('div', { className: 'letter-text' }, make('div', { className: 'fact' }, make('p', { dir: 'ltr', lang: 'sv' }, 'Vi ses')))",
		"in its field":     "make('label', { className: 'field', style: 'inline-size: 120px' }, make('select', {}, make('option', {}, long)))",
	} {
		browser.Eval[any](p.Page, `(() => {
			const long = 'رسالة طويلة جدا إلى الأهل'
			const make = (name, given, what) => {
				const { style, ...rest } = given, e = Object.assign(document.createElement(name), rest)
				e.style.cssText = style ?? ''
				e.append(what)
				return e
			}
			const fault = make('div', { id: 'fault' }, '')
			fault.append(`+fault+`)
			document.querySelector('main').append(fault)
			return null
		})()`)
		if faults := languages.Look(p.Page, "ar"); !slices.ContainsFunc(faults, func(f string) bool { return strings.Contains(f, want) }) {
			t.Errorf("%s: looking found %q", want, faults)
		}
		browser.Eval[any](p.Page, "void document.getElementById('fault').remove()")
	}
	browser.Eval[any](p.Page, "void (document.documentElement.dir = 'ltr')")
	if faults := languages.Look(p.Page, "ar"); len(faults) == 0 {
		t.Error("a page that runs the wrong way as a whole was overlooked")
	}
}
