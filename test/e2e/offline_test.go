package e2e_test

import (
	"testing"

	"folje/test/town"
)

// Without a network the language can still be changed, for the screens and for
// the letters that this phone holds.
func TestSwitchOffline(t *testing.T) {
	w := shop.Beside(t)
	p := w.Parent("ar")
	p.Joins(w.Invitation("Blåsippan").Code)
	p.Switches("en")
	p.WaitFor("a.letter-row h2[dir=ltr] [lang=en]")
	p.KeepsAll()
	town.WithoutNetwork(p.Page)
	p.Reload()
	for _, language := range []struct{ tag, lang, dir string }{
		{"ar", "ar", "rtl"}, {"sv", "sv", "ltr"}, {"en", "en", "ltr"},
	} {
		p.Switches(language.tag)
		p.WaitFor("h1 |= " + p.Say("letters.title"))
		if dir := p.Attr("html", "dir"); dir != language.dir {
			t.Errorf("in %s the page runs %s", language.tag, dir)
		}
		p.WaitFor("a.letter-row h2[dir=" + language.dir + "] [lang=" + language.lang + "]")
		p.Click("a.letter-row:has(h2 [lang=" + language.lang + "])")
		p.WaitFor(".letter-text p[dir=" + language.dir + "] [lang=" + language.lang + "]")
		p.Back()
	}
	p.WaitFor("[data-line=offline]")
}
