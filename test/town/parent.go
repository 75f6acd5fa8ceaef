package town

import "folje/test/browser"

// Parent is somebody with a phone, reading in a language.
type Parent struct {
	*browser.Page
	Tag  string // her locale
	town *Town
}

// Parent gives somebody a phone that has never been here. The phone itself
// speaks her language.
func (w *Town) Parent(tag string) *Parent {
	w.r.Helper()
	phone := browser.Phone()
	phone.Locale = tag
	return w.ParentOn(w.shop.Profile(w.r), phone, tag)
}

// ParentOn is a parent on a phone that may have been here before.
func (w *Town) ParentOn(profile *browser.Profile, phone browser.Device, tag string) *Parent {
	w.r.Helper()
	return &Parent{Page: profile.Page(phone), Tag: tag, town: w}
}

// Say answers a message in her language.
func (p *Parent) Say(id string) string {
	p.town.r.Helper()
	return p.town.Words(p.Tag, id, nil)
}

// Open goes to a path and answers the question for the language, if it comes.
func (p *Parent) Open(path string) {
	p.town.r.Helper()
	p.Navigate(p.town.URL(path))
	p.WaitFor("h1")
	if p.Attr("main", "data-view") == "language" {
		p.Chooses(p.Tag)
	}
}

// Chooses taps a language's own name, on the screen that asks for it.
func (p *Parent) Chooses(tag string) {
	p.town.r.Helper()
	p.Tag = tag
	p.Click("button |= " + p.Say("locale.name"))
	p.WaitUntil("document.querySelector('main')?.dataset.view !== 'language'")
}

// Switches goes to the languages by the pill at the top and chooses one.
func (p *Parent) Switches(tag string) {
	p.town.r.Helper()
	p.Click("a[data-language]")
	p.WaitFor("main[data-view=language]")
	p.Chooses(tag)
}

// Joins follows an invitation's link, says yes and goes to the letters.
func (p *Parent) Joins(code string) {
	p.town.r.Helper()
	p.Open("/join#" + code)
	p.Click("button |= " + p.Say("join.submit"))
	p.Click("a |= " + p.Say("join.read"))
	p.WaitFor("h1 |= " + p.Say("letters.title"))
}

// Syncs takes her phone through a tunnel, once it keeps the app: with the
// network back it looks for news, and this returns when it has them.
func (p *Parent) Syncs() {
	p.town.r.Helper()
	p.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")
	const heard = "(document.documentElement.dataset.synced ?? '')"
	before := browser.Eval[string](p.Page, heard)
	p.Profile().Allow(browser.Request, "ERR_INTERNET_DISCONNECTED")
	p.Profile().Offline(true)
	p.WaitUntil("!navigator.onLine") // or the page may hear of neither
	p.Profile().Offline(false)
	p.WaitUntil(heard + " > '" + before + "'")
}

// Reads opens the letter whose row in the list contains words.
func (p *Parent) Reads(words string) {
	p.town.r.Helper()
	p.Click("a.letter-row | " + words)
	p.WaitFor("article.letter")
}

// Back goes to where she came from, by the sign at the top.
func (p *Parent) Back() {
	p.town.r.Helper()
	p.Click("a |= " + p.Say("nav.back"))
}

// LosesNetwork takes the network from her phone.
func (p *Parent) LosesNetwork() {
	p.town.r.Helper()
	// The browser is told to wake the worker again.
	p.Profile().Allow(browser.Exception, "operations still wait")
	WithoutNetwork(p.Page)
}
