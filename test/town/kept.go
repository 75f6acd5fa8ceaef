package town

import "folje/test/browser"

// Parents' and staff's screens, as the worker's own lists name what they need.
const (
	parents = "['FILES', 'LATER']"
	all     = "['FILES', 'LATER', 'STAFF']"
)

// ParentsKept is a script whose promise says whether a browser has all that it
// needs to show parents' screens without a network.
func ParentsKept() string { return kept(parents) }

// kept asks the worker's own script what that is, so that no test has to know
// which file comes last.
func kept(lists string) string {
	return `navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated' && fetch('/sw.js').then((answer) => answer.text()).then(async (script) => {
		const files = ` + lists + `.flatMap((list) => JSON.parse(script.match(new RegExp('^const ' + list + ' = (\\[.*\\])$', 'm'))[1]))
		return (await Promise.all(files.map((file) => caches.match(file)))).every(Boolean)
	}))`
}

// KeepsAll waits until her phone has all of the parents' screens.
func (p *Parent) KeepsAll() {
	p.town.r.Helper()
	p.WaitUntil(kept(parents))
}

// KeepsAll waits until her browser has all of the app.
func (c *Colleague) KeepsAll() {
	c.town.r.Helper()
	c.WaitUntil(kept(all))
}

// WithoutNetwork takes the network from a page's browser.
func WithoutNetwork(p *browser.Page) {
	p.Profile().Allow(browser.Request, "ERR_INTERNET_DISCONNECTED")
	p.Profile().Allow(browser.Request, "ERR_FAILED") // what a worker could not fetch
	p.Profile().Offline(true)
}
