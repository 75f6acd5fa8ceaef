package elsewhere_test

import (
	"os"
	"testing"

	"folje/test/browser"
	"folje/test/elsewhere"
	"folje/test/town"
)

// shop is this package's workshop; TestMain owns it.
var shop town.Workshop

func TestMain(m *testing.M) { os.Exit(shop.Run(m)) }

// everywhere runs a journey in each of the other browsers.
func everywhere(t *testing.T, journey func(*testing.T, *parent)) {
	for name, open := range map[string]func(browser.Reporter) *elsewhere.Window{
		"Firefox": elsewhere.Firefox, "WebKitGTK": elsewhere.WebKit,
	} {
		t.Run(name, func(t *testing.T) {
			w := open(t) // first, so that nothing is built where it is missing
			journey(t, &parent{Window: w, town: shop.Served(t), t: t})
		})
	}
}

// parent is somebody who reads Swedish in such a browser.
type parent struct {
	*elsewhere.Window
	town *town.Town
	t    *testing.T
}

func (p *parent) say(id string) string { return p.town.Words("sv", id, nil) }

// joins follows an invitation's link and goes to the letters, with all of the
// app kept on the phone.
func (p *parent) joins(code string) {
	p.t.Helper()
	p.Navigate(p.town.URL("/join#" + code))
	p.Click("button |= " + p.say("locale.name"))
	p.Click("button |= " + p.say("join.submit"))
	p.Click("a |= " + p.say("join.read"))
	p.WaitFor("a.letter-row")
	p.WaitUntil(town.ParentsKept())
}
