package confidential_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// words are what nobody may find on the phone afterwards.
const (
	secretText   = "Pappan dricker, Viktoriano är rädd"
	secretNumber = "070-174 06 77"
)

// writer is a parent on a phone that others use too.
type writer struct {
	*town.Parent
	t *testing.T
	w *town.Town
}

// ready has the guide and all of the app, and the keys.
func newWriter(t *testing.T, w *town.Town, p *town.Parent) *writer {
	t.Helper()
	p.Open("/letters")
	p.KeepsAll()
	p.WaitUntil("import('/js/data/requests.js').then((r) => r.requestKeys()).then((keys) => keys?.channels.length > 0)")
	p.WaitUntil("import('/js/data/guide.js').then((g) => g.readGuide('" + p.Tag + "')).then((g) => g.entries.some((e) => e.ask))")
	return &writer{p, t, w}
}

// begins opens the form of an entry, by the guide.
func (p *writer) begins(entry string) {
	p.t.Helper()
	p.Navigate(p.w.URL("/guide/" + entry))
	p.Click("[data-request]")
	p.WaitFor("main h1 |= " + p.Say("request.title"))
}

// writes fills the form and sends it.
func (p *writer) writes() {
	p.t.Helper()
	p.Fill("label |= "+p.Say("request.text"), secretText)
	p.Click("[data-how=phone]")
	p.Fill("label |= "+p.Say("request.value.phone"), secretNumber)
	p.Fill("label |= "+p.Say("request.when"), "Tisdagar")
	p.Click("button[data-action=send]")
}

// A request from a phone that others use leaves nothing to find, whether it was
// sent at once or waited for a network; exactly one of each arrives, as it was
// written.
func TestARequestLeavesNothing(t *testing.T) {
	w := shop.Beside(t)
	l := opens(t, w, "steget", "steget")
	p := newWriter(t, w, w.Parent("sv"))
	p.Navigate(w.URL("/guide"))
	p.WaitFor("h1")
	before := p.trace()
	p.begins("steget")
	if path, title := p.at(); path != "/guide" || strings.Contains(title, "Steget") {
		t.Errorf("the form is at %s, %s", path, title)
	}
	p.writes()
	p.WaitFor("[data-fate=applied]")
	p.findsNothing("after sending")
	p.Click("[data-leave] button")
	p.WaitFor("h1 |= " + p.Say("letters.title"))
	p.Navigate(w.URL("/guide"))
	p.WaitFor("h1")
	if after := p.trace(); after != before {
		t.Errorf("the phone holds\n%s\nand before\n%s", after, before)
	}
	if got := l.reads(); len(got) != 1 || got[0].Text != secretText || got[0].Reach.Value != secretNumber || got[0].Reach.Voicemail || got[0].Reach.When != "Tisdagar" {
		t.Fatalf("%+v arrived", got)
	}

	t.Log("without a network it waits, encrypted, in no list")
	p.LosesNetwork()
	p.begins("steget")
	p.writes()
	p.WaitFor("[data-fate=waiting]")
	if n := browser.Eval[int](p.Page, "import('/js/data/db.js').then(({ withDB }) => withDB((db) => db.count('sealed')))"); n != 1 {
		t.Errorf("%d requests wait", n)
	}
	p.findsNothing("while it waits")
	p.Navigate(w.URL("/more/outbox"))
	p.WaitFor("main[data-view=outbox] .empty")
	if p.Count("[data-line=waiting]") > 0 {
		t.Error("the line of news tells that something waits")
	}
	p.Profile().Offline(false)
	p.WaitUntil("import('/js/data/db.js').then(({ withDB }) => withDB((db) => db.count('sealed'))).then((n) => n === 0)")
	if got := l.reads(); len(got) != 2 {
		t.Errorf("%d requests arrived", len(got))
	}
	p.findsNothing("after it was sent later")
}

// A browser that is killed while a request waits, or is on its way, sends it
// when it is opened again: exactly one arrives.
func TestAKilledBrowserSendsOnce(t *testing.T) {
	w := shop.Beside(t)
	l := opens(t, w, "steget", "steget")
	folder := t.TempDir()
	profile := browser.Open(t, folder)
	phone := browser.Phone()
	phone.Locale = "sv"
	p := newWriter(t, w, w.ParentOn(profile, phone, "sv"))
	p.LosesNetwork()
	p.begins("steget")
	p.writes()
	p.WaitFor("[data-fate=waiting]")
	profile.Kill()

	again := browser.Open(t, folder)
	p = &writer{w.ParentOn(again, phone, "sv"), t, w}
	p.Navigate(w.URL("/letters"))
	p.WaitUntil("import('/js/data/db.js').then(({ withDB }) => withDB((db) => db.count('sealed'))).then((n) => n === 0)")
	if got := l.reads(); len(got) != 1 || got[0].Text != secretText {
		t.Errorf("%+v arrived", got)
	}
}

// What is wrong is said at its field, before anything leaves the phone.
func TestWhatIsWrongIsSaidAtItsField(t *testing.T) {
	for _, tag := range []string{"sv", "ar"} {
		t.Run(tag, func(t *testing.T) {
			w := shop.Beside(t)
			l := opens(t, w, "steget", "steget")
			p := newWriter(t, w, w.Parent(tag))
			p.begins("steget")
			p.Click("button[data-action=send]")
			p.WaitFor("#r-1-error | " + p.Say("request.error_text"))
			p.WaitFor("#r-how-error | " + p.Say("request.error_way"))
			p.Click("[data-how=mail]")
			p.Fill("label |= "+p.Say("request.value.mail"), "ingen adress")
			p.WaitFor("#r-2-error | " + p.Say("request.error_mail"))
			p.Fill("label |= "+p.Say("request.value.mail"), "mor@example.com")
			p.WaitGone("#r-2-error svg")
			p.Fill("label |= "+p.Say("request.text"), strings.Repeat("långt ", 1100))
			p.WaitFor("#r-1-error svg")
			p.Click("button[data-action=send]")
			p.WaitFor("#r-1-error svg")
			if got := l.reads(); len(got) != 0 {
				t.Fatalf("%d requests arrived", len(got))
			}
			p.Click("[data-kind=contact]")
			p.Fill("label |= "+p.Say("request.text"), "")
			p.Click("button[data-action=send]")
			p.WaitFor("[data-fate=applied]")
			if got := l.reads(); len(got) != 1 || got[0].Kind != "contact" || got[0].Reach.Value != "mor@example.com" {
				t.Errorf("%+v arrived", got)
			}
		})
	}
}

// A channel that takes nothing says so before anybody has written; one that was
// closed while a request waited lets it go, and says that too.
func TestAChannelThatIsClosed(t *testing.T) {
	w := shop.Beside(t)
	l := opens(t, w, "steget", "steget")
	p := newWriter(t, w, w.Parent("sv"))
	p.begins("steget")
	l.closes()
	p.writes()
	p.WaitFor("[data-fate=rejected]")
	p.findsNothing("after it was rejected")
	p.Navigate(w.URL("/letters"))
	p.WaitUntil("import('/js/data/requests.js').then((r) => r.fetchKeys().then(r.requestKeys)).then((keys) => keys.channels.every((c) => !c.open))")
	p.begins("steget")
	p.WaitFor("[data-unsendable=closed]")
}

// synced is what every phone asks for now and then.
var synced = regexp.MustCompile(`/api/folje/v1/(hello|feeds/.*|request-keys)$`)

// The encryption is on every phone and runs on none before the form opens.
func TestTheEncryptionWaitsForTheForm(t *testing.T) {
	w := shop.Beside(t)
	opens(t, w, "steget", "steget")
	p := newWriter(t, w, w.Parent("sv"))
	p.Navigate(w.URL("/guide/steget"))
	p.WaitFor("[data-request]")
	p.KeepsAll()
	const ran = "performance.getEntriesByType('resource').some((r) => r.name.includes('age-encryption'))"
	if browser.Eval[bool](p.Page, ran) {
		t.Error("the encryption ran before the form opened")
	}
	p.Profile().Forget()
	p.Click("[data-request]")
	p.WaitFor("button[data-action=send]")
	p.WaitUntil(ran)
	for _, x := range p.Profile().Traffic() {
		if !x.Cached && strings.HasPrefix(x.URL, "http") && !synced.MatchString(x.URL) {
			t.Errorf("opening the form asked for %s %s", x.Method, x.URL)
		}
	}
}

func (l *leader) closes() {
	l.t.Helper()
	l.ask("POST", l.path(""), map[string]any{"open": false}, nil)
}

func (p *writer) at() (path, title string) {
	return browser.Eval[string](p.Page, "location.pathname"), browser.Eval[string](p.Page, "document.title")
}

// findsNothing looks for what was written everywhere that a page can look.
func (p *writer) findsNothing(when string) {
	p.t.Helper()
	all := browser.Eval[string](p.Page, `(async () => {
		const { openDB } = await import('/js/data/db.js');
		const db = await openDB();
		const stores = await Promise.all([...db.objectStoreNames].map(async (name) => [name, await db.getAllKeys(name), await db.getAll(name)]));
		const kept = await Promise.all((await caches.keys()).map(async (name) => Promise.all((await (await caches.open(name)).keys()).filter((r) => !/\/(js|css|vendor|locales|fonts|icons)\//.test(r.url)).map(async (r) => [r.url, await (await caches.match(r)).text()]))));
		return JSON.stringify([stores, kept, { ...localStorage }, { ...sessionStorage }, document.cookie, history.state, location.href, document.title,
			document.documentElement.outerHTML, [...document.querySelectorAll('input, textarea')].map((f) => f.value)]);
	})()`)
	for _, word := range []string{secretText, "Viktoriano", secretNumber, "Tisdagar"} {
		if strings.Contains(all, word) {
			p.t.Errorf("%s the phone has %q", when, word)
		}
	}
}

// trace is everything that somebody who takes this phone could compare, but for
// when the server was heard.
func (p *writer) trace() string {
	p.t.Helper()
	return browser.Eval[string](p.Page, fmt.Sprintf(`(async () => {
		const { openDB } = await import('/js/data/db.js');
		const db = await openDB();
		const stores = {};
		for (const name of db.objectStoreNames) {
			const [keys, values] = [await db.getAllKeys(name), await db.getAll(name)];
			stores[name] = name === 'meta' ? keys.map((k, i) => [k, ['heard', 'hello'].includes(k) ? '' : values[i]]) : [keys, values];
		}
		const sizes = Object.fromEntries(Object.entries(stores).map(([name, store]) => [name, JSON.stringify(store).length]));
		const kept = await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map((r) => r.url).sort()));
		return JSON.stringify({ address: location.href, title: document.title, state: Object.keys(history.state ?? {}), stores: sizes, kept: JSON.stringify(kept).length,
			local: { ...localStorage }, session: { ...sessionStorage }, cookies: document.cookie, sealed: %s }, null, 1);
	})()`, "await db.getAll('sealed')"))
}
