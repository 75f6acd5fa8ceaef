package staff_test

import (
	"testing"

	"folje/test/browser"
)

// A poster says in every language what to do, and its code is large enough to be
// read from a metre away: 30 mm at least.
func TestAPosterFitsItsSheet(t *testing.T) {
	w := shop.Beside(t)
	ida := w.Colleague(w.Staff("editor", ""))
	ida.Navigate(w.URL("/staff"))
	ida.Navigate(w.URL("/staff/poster/" + ida.Attr("[data-group] | "+w.Ways.Invitations[0].Group, "data-group")))
	ida.WaitFor(".paper.many .qr")
	if mm := browser.Eval[float64](ida.Page, codeOnPaper); mm < 30 {
		t.Errorf("the code is %.1f mm wide", mm)
	}
	if crowded := browser.Eval[string](ida.Page, crowdedOnPaper); crowded != "" {
		t.Errorf("this stands in the way of what follows, or beyond the sheet: %s", crowded)
	}
	papers(t, ida.Page, "poster")
}

const (
	// codeOnPaper is the narrower side of the code as it is drawn, in millimetres.
	codeOnPaper = `(() => {
		const { width, height } = document.querySelector('.sheet .qr').getBoundingClientRect()
		return Math.min(width, height) * 210 / document.querySelector('.sheet').getBoundingClientRect().width
	})()`
	// crowdedOnPaper names the first part that reaches into the next one or over the edge.
	crowdedOnPaper = `(() => {
		const parts = [...document.querySelectorAll('.paper > *')]
		const edge = document.querySelector('.sheet').getBoundingClientRect().bottom
		return parts.find((part, i) => part.getBoundingClientRect().bottom > (parts[i + 1]?.getBoundingClientRect().top ?? edge) + 1
			|| part.scrollWidth > part.clientWidth + 1)?.className ?? ''
	})()`
)
