package admin_test

import (
	"os"
	"path/filepath"
	"testing"

	"folje/test/browser"
)

// What the administrator chooses is on a parent's phone, also without a
// network: the colour before anything is drawn, the logo, and the
// municipality's own numbers behind 112. Every page leads to complaints.
func TestAMunicipalityLooksLikeItself(t *testing.T) {
	w := shop.Beside(t)
	c := hand{w.Hand("admin")}
	c.Opens("/staff/admin")
	c.Tap("[data-way='/staff/admin/town']")
	c.WaitFor("[name=name]")
	browser.Eval[any](c.Page, `void (() => {
		const field = document.querySelector('[name=colour]')
		field.value = '#ffd200'
		field.dispatchEvent(new Event('input', { bubbles: true }))
	})()`)
	c.WaitFor("#colour-error")
	shows(t, c.Page, "town-weak")
	c.Tap("[data-action=save]") // is told of it
	c.WaitUntil("document.activeElement?.name === 'colour'")
	c.Tap("[data-action=colour-near]")
	c.WaitGone("#colour-error")
	colour := c.Attr("[data-colour]", "data-colour")
	c.Tap("[data-list=numbers] [data-action=add]")
	c.Fill("[name=name-0]", "Jouren i Björkhult")
	c.Fill("[name=number-0]", "112")
	c.Tap("[data-action=save]")
	c.WaitFor("#number-0-error")
	c.Fill("[name=number-0]", "040-628 01 20")
	browser.Eval[any](c.Page, `(async () => {
		const paper = new OffscreenCanvas(1200, 500)
		const pen = paper.getContext('2d')
		pen.fillStyle = '#005aa0'
		pen.fillRect(0, 0, 500, 500)
		pen.font = '140px sans-serif'
		pen.fillText('Björkhult', 540, 320)
		const files = new DataTransfer()
		files.items.add(new File([await paper.convertToBlob({ type: 'image/webp' })], 'logo.webp', { type: 'image/webp' }))
		const field = document.querySelector('[name=logo]')
		field.files = files.files
		field.dispatchEvent(new Event('change', { bubbles: true }))
	})()`)
	c.WaitFor("[data-logo] img")
	c.WaitUntil(drawn)
	shows(t, c.Page, "town")
	c.Tap("[data-action=save]")
	c.WaitFor("[data-way='/staff/admin/town']")
	c.WaitFor("#foot a[href='/more/accessibility#tell']")
	c.Navigate(w.URL("/staff"))
	group := c.Attr("[data-group] | Blåsippan", "data-group")
	for name, path := range map[string]string{"poster": "/staff/poster/" + group, "slips": "/staff/groups/" + group + "/slips"} {
		c.Navigate(w.URL(path))
		if name == "slips" {
			c.Click("[data-action=make-slips]")
		}
		c.WaitFor("img.town-logo")
		c.WaitUntil(drawn)
		shows(t, c.Page, name)
	}

	p := w.Parent("ar")
	p.Joins(w.Invitation("Blåsippan").Code)
	shows(t, p.Page, "letters-ar")
	p.KeepsAll()
	p.Open("/more")
	p.WaitFor("img.town-logo")
	p.LosesNetwork()
	p.Navigate(w.URL("/more"))
	p.WaitFor("img.town-logo")
	p.WaitUntil(drawn)
	if got := browser.Eval[string](p.Page, accent); got != colour {
		t.Errorf("links are %q, not %q", got, colour)
	}
	if got := browser.Eval[string](p.Page, "document.querySelector('meta[name=theme-color]').content"); got != colour {
		t.Errorf("the browser's bar is %q, not %q", got, colour)
	}
	shows(t, p.Page, "more-ar")
	p.Emulate(browser.Media{Dark: true})
	if got := browser.Eval[string](p.Page, accent); got == colour || got == "" {
		t.Errorf("in the dark links are %q", got)
	}
	shows(t, p.Page, "more-dark-ar")
	p.Emulate(browser.Media{})
	p.Navigate(w.URL("/urgent"))
	p.WaitFor("a[href='tel:112']")
	p.WaitFor("a[href='tel:0406280120'] | " + p.Say("urgent.kind.social"))
	shows(t, p.Page, "urgent-ar")
	p.Click("#foot a | " + p.Say("town.access.tell"))
	p.WaitUntil("document.activeElement?.id === 'tell'")
	shows(t, p.Page, "complaint-ar")
}

// drawn says whether the logo is there, and accent in what colour links are.
const (
	drawn  = "(document.querySelector('img.town-logo')?.naturalWidth ?? 0) > 0"
	accent = "getComputedStyle(document.documentElement).getPropertyValue('--spruce').trim()"
)

// shows keeps a picture of the screen where somebody wants to look at it.
func shows(t *testing.T, p *browser.Page, name string) {
	t.Helper()
	if dir := os.Getenv("FOLJE_LOOK_SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), p.Screenshot(true), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
