package oidc

import (
	"os"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// shop is where the test in a browser has its town from.
var shop town.Workshop

func TestMain(m *testing.M) { os.Exit(shop.Run(m)) }

// A colleague presses the button with the municipality's name, signs in there,
// and is where she wanted to be; on the second device she is let in nowhere,
// for the municipality knows her and nobody here does.
func TestTheMunicipalitysButton(t *testing.T) {
	w := shop.Town(t)
	municipality := newProvider(t, w.URL("/staff/signed-in"))
	anna := w.Staff("editor", "")
	municipality.users.account("anna", anna.Email, true)
	municipality.users.account("stranger", "stranger@example.org", true)
	w.Operator().Changes("collections/staff", map[string]any{"oauth2": municipality.ways()})

	c := w.Stranger("sv", browser.Phone())
	municipality.opens(c, w, "/staff/bank")
	municipality.letsIn(c, "anna", "gissat")
	c.WaitFor("p | password wrong")
	municipality.letsIn(c, "anna", theirs)
	c.WaitFor("[data-view=staff-bank] h1")
	if got := c.URL(); got != w.URL("/staff/bank") {
		t.Errorf("she comes back to %s", got)
	}
	c.GoesTo(w.Ways.Invitations[0].Group)

	stranger := w.Stranger("ar", browser.Phone())
	stranger.Profile().Allow(browser.Request, "/auth-with-oauth2")
	municipality.opens(stranger, w, "/staff")
	municipality.letsIn(stranger, "stranger", theirs)
	stranger.WaitFor("[data-part=refused] | " + stranger.Say("error.provider_no_account"))
	stranger.Click("[data-part=refused] a")
	stranger.WaitFor("[data-form=signin]")
}

// opens goes to a page of staff's and from its form to the provider's.
func (p *provider) opens(c *town.Colleague, w *town.Town, path string) {
	c.Profile().Allow(browser.Request, p.URL+"/favicon.ico") // it has no sign of its own
	c.Navigate(w.URL(path))
	c.Click("[data-form=signin] [data-action=provider] | Björkhults kommun")
	c.WaitFor("#username")
}

// letsIn fills the provider's form.
func (p *provider) letsIn(c *town.Colleague, name, password string) {
	c.Fill("#username", name)
	c.Fill("#password", password)
	c.Click("button | Login")
}
