package machine

import "slices"

// codes are what engines call the languages of our locales, the preferred code
// first: ISO 639-1 as LibreTranslate has it, ISO 639-3 as Apertium. Only codes of
// the very language are here. Dari is not Iranian Persian, Kurmancî and Sorani
// are not the macrolanguage "kur", and nothing writes lätt svenska.
var codes = map[string][]string{
	"sv":    {"sv", "swe"},
	"en":    {"en", "eng"},
	"ar":    {"ar", "ara", "arb"},
	"fa":    {"fa", "fas", "pes"},
	"fa-AF": {"fa-AF", "prs"},
	"so":    {"so", "som"},
	"ti":    {"ti", "tir"},
	"uk":    {"uk", "ukr"},
	"ckb":   {"ckb"},
	"ku":    {"ku", "kmr"},
	"ps":    {"ps", "pus"},
	"tr":    {"tr", "tur"},
	"pl":    {"pl", "pol"},
	"fi":    {"fi", "fin"},
	"nb":    {"nb", "nob"}, // none of the app's own: what a test has a real engine for
}

// source is what staff write in.
const source = "sv"

// pairFor gives the engine's direction from Swedish to the locale, false where
// it has none.
func pairFor(pairs []Pair, locale string) (Pair, bool) {
	for _, from := range codes[source] {
		for _, to := range codes[locale] {
			if p := (Pair{from, to}); locale != source && slices.Contains(pairs, p) {
				return p, true
			}
		}
	}
	return Pair{}, false
}
