package guide_test

import (
	"slices"
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// A parent who has no group and no network finds help for a child of fourteen,
// by age, by worry and by a misspelt word, within three taps from her first
// page.
func TestHelpForAChildOfFourteen(t *testing.T) {
	for tag, word := range map[string]string{"sv": "Ungdomsmotagning", "ar": "Ungdomsmottagningen", "so": "ungdomsmottagningen"} {
		t.Run(tag, func(t *testing.T) {
			w := shop.Beside(t)
			p := &finder{w.Parent(tag), t, 0}
			p.keepsTheGuide()
			town.WithoutNetwork(p.Page)

			p.begins()
			p.taps("nav a |= " + p.Say("nav.guide"))
			p.taps("a[data-age='13']")
			p.taps("a[data-to=sig]")
			p.arrives("sig")
			p.WaitFor("article [data-contact=phone][href^='tel:']")
			if path := p.path(); path != "/guide/sig" {
				t.Errorf("the entry's address is %s", path)
			}

			p.begins()
			p.taps("nav a |= " + p.Say("nav.guide"))
			p.taps("[data-to=absence]")
			p.taps("[data-to=skolfranvaro]")
			p.arrives("skolfranvaro")

			p.begins()
			p.taps("nav a |= " + p.Say("nav.guide"))
			p.Fill("#guide-search", word)
			p.taps(".guide-rows [data-to=ungdomsmottagning]")
			p.arrives("ungdomsmottagning")
		})
	}
}

// finder is a parent who looks for help and counts her taps.
type finder struct {
	*town.Parent
	t      *testing.T
	tapped int
}

// keepsTheGuide waits until the phone has the guide and all of the app.
func (p *finder) keepsTheGuide() {
	p.Open("/letters")
	p.KeepsAll()
	p.WaitUntil("import('/js/data/guide.js').then((g) => g.readGuide('" + p.Tag + "')).then((g) => g.entries.length > 20 && g.worries.length > 20)")
}

// begins is back on the first page, with no taps.
func (p *finder) begins() {
	p.Open("/letters")
	p.tapped = 0
}

func (p *finder) taps(selector string) {
	p.tapped++
	p.Click(selector)
}

// arrives is at an entry, within three taps.
func (p *finder) arrives(key string) {
	p.WaitFor("article[data-entry='" + key + "'] h1")
	if p.tapped > 3 {
		p.t.Errorf("%s took %d taps", key, p.tapped)
	}
}

// Urgent help is one tap from wherever somebody is, also when the network was
// gone before she ever opened it, before she has said her language and before
// she has a group. The municipality's own number is there too.
func TestUrgentHelpWithoutANetwork(t *testing.T) {
	w := shop.Beside(t)
	p := w.Parent("ar")
	p.Navigate(w.URL("/join"))
	p.WaitFor("main[data-view=language]")
	p.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")
	p.WaitUntil("import('/js/data/guide.js').then((g) => g.readGuide('ar')).then((g) => g.entries.some((e) => e.urgent))")
	town.WithoutNetwork(p.Page)
	p.Reload()
	p.WaitFor("main[data-view=language]")
	p.Click("header a[href='/urgent']")
	for _, number := range []string{"112", "11414", "1177", "116111"} {
		p.WaitFor("[data-urgent] a[href='tel:" + number + "']")
	}
	p.WaitFor("[data-urgent] [data-entry=akut] a[href^='tel:0']")
	if twice := p.Count("[data-urgent] a.button[href='tel:112']"); twice != 1 {
		t.Errorf("112 is shown %d times", twice)
	}
	p.Reload()
	p.WaitFor("[data-urgent] a[href='tel:112']")
}

// What is read about Steget leaves no sign: neither address nor title nor
// history, nothing in the phone's stores, and not one request that a phone
// which did not look had not sent as well.
func TestStegetLeavesNothing(t *testing.T) {
	w := shop.Beside(t)
	looked, other := &finder{w.Parent("sv"), t, 0}, &finder{w.Parent("sv"), t, 0}
	for _, p := range []*finder{looked, other} {
		p.keepsTheGuide()
		p.Click("nav a |= " + p.Say("nav.guide"))
		p.WaitFor("[data-to=alcohol_at_home]")
		p.Profile().Forget()
	}
	before := looked.trace()
	looked.Click("[data-to=alcohol_at_home]")
	looked.Click("[data-to=steget]")
	looked.WaitFor("article[data-entry=steget] [data-groups]")
	browser.Eval[any](looked.Page, "scrollTo(0, 400)")
	looked.Click("[data-consent]")
	looked.WaitFor("[data-consent-sheet]")
	looked.Click(".guide-up")
	looked.WaitFor("article[data-entry=steget]")
	if while := looked.trace(); while != before {
		t.Errorf("while Steget is read the phone holds\n%s\nand before\n%s", while, before)
	}
	looked.Click(".guide-up")
	looked.Click(".guide-up")
	looked.Fill("#guide-search", "stegt")
	looked.Click(".guide-rows [data-to=steget]")
	looked.WaitFor("article[data-entry=steget]")
	if while := looked.trace(); while != before {
		t.Errorf("found by words, Steget leaves\n%s\nand before there was\n%s", while, before)
	}
	for _, p := range []*finder{looked, other} {
		if p == looked {
			p.Click("[data-leave] button")
		} else {
			p.Navigate(w.URL("/letters"))
		}
		p.WaitFor("h1 |= " + p.Say("letters.title"))
		p.WaitUntil("document.documentElement.dataset.synced")
		for _, last := range []string{"/request-keys", "/identity.js"} {
			p.WaitUntil("performance.getEntriesByType('resource').some((e) => e.name.endsWith('" + last + "') && e.responseEnd > 0)")
		}
	}
	if a, b := looked.requests(), other.requests(); a != b {
		t.Errorf("the phone that looked asked for\n%s\nand the other for\n%s", a, b)
	}
	if steps, path := browser.Eval[int](looked.Page, "history.length"), looked.path(); path != "/letters" || steps != browser.Eval[int](other.Page, "history.length")-1 {
		t.Errorf("after leaving quickly it is at %s, %d steps, the other at %d", path, steps, browser.Eval[int](other.Page, "history.length"))
	}
	t.Log("a poster's link has no address either, and Escape twice leaves")
	looked.Navigate(w.URL("/guide/steget"))
	looked.WaitFor("article[data-entry=steget]")
	if path, title := looked.path(), browser.Eval[string](looked.Page, "document.title"); path != "/guide" || strings.Contains(title, "Steget") {
		t.Errorf("the link stays at %s, %s", path, title)
	}
	looked.Press("Escape")
	looked.Press("Escape")
	looked.WaitFor("h1 |= " + looked.Say("letters.title"))
}

func (p *finder) path() string { return browser.Eval[string](p.Page, "location.pathname") }

// The whole guide is one page of the server's, without scripts, in her language;
// the app's worker doesn't stand in its way, and it leads back.
func TestTheGuideOnOnePage(t *testing.T) {
	w := shop.Beside(t)
	p := &finder{w.Parent("ar"), t, 0}
	p.keepsTheGuide()
	p.Click("nav a |= " + p.Say("nav.guide"))
	p.Click("a[href='/plain/ar']")
	p.WaitUntil("location.pathname === '/plain/ar' && document.readyState === 'complete'")
	if scripts, dir := browser.Eval[int](p.Page, "document.scripts.length"), p.Attr("html", "dir"); scripts != 0 || dir != "rtl" {
		t.Errorf("the page has %d scripts and runs %s", scripts, dir)
	}
	p.WaitFor("body | Familjecentralen")
	p.WaitFor("a[href^='tel:112']")
}

// trace is everything that somebody who takes this phone could find, but for
// when the server was heard.
func (p *finder) trace() string {
	p.t.Helper()
	return browser.Eval[string](p.Page, `(async () => {
		const { openDB } = await import('/js/data/db.js');
		const db = await openDB();
		const stores = {};
		for (const name of db.objectStoreNames) {
			const [keys, values] = [await db.getAllKeys(name), await db.getAll(name)];
			stores[name] = name === 'meta' ? keys.map((k, i) => [k, ['heard', 'hello'].includes(k) ? '' : values[i]]) : [keys, values];
		}
		const { y, ...state } = history.state ?? {};
		const kept = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((r) => r.url).sort()));
		const digest = async (text) => [...new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))].map((b) => b.toString(16).padStart(2, '0')).join('').slice(0, 12);
		const sizes = {};
		for (const [name, store] of Object.entries(stores)) sizes[name] = await digest(JSON.stringify(store));
		return JSON.stringify({ address: location.href, title: document.title, steps: history.length, state, stores: sizes, kept: await digest(JSON.stringify(kept)),
			local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie }, null, 1);
	})()`)
}

// requests are what was asked of the server since the book was forgotten, and
// every file that the phone did not have.
func (p *finder) requests() string {
	p.t.Helper()
	var all []string
	for _, x := range p.Profile().Traffic() {
		if strings.Contains(x.URL, "/api/") || !x.Cached && x.Status > 0 {
			all = append(all, x.Method+" "+x.URL)
		}
	}
	slices.Sort(all)
	return strings.Join(all, "\n")
}
