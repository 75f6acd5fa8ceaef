package confidential_test

import (
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/demo"
	"folje/test/town"
)

const (
	passphrase = "kanel bromsa tidlös ugglan 7"
	another    = "torvmosse klinga ödla regnig 9"
)

// holder is one of those who may read a channel, on her own screen.
type holder struct {
	*town.Colleague
	t *testing.T
	w *town.Town
}

func arrives(t *testing.T, w *town.Town, who demo.Staff) *holder {
	t.Helper()
	return &holder{w.Colleague(who), t, w}
}

func (h *holder) goesTo(channel string) {
	h.t.Helper()
	h.Navigate(h.w.URL("/staff"))
	h.Click("[data-way='/staff/channels']")
	h.Click("[data-channel=" + channel + "]")
	h.WaitFor("[data-channel-page][data-channel=" + channel + "]")
}

// chooses a passphrase in the form that is shown.
func (h *holder) chooses(text string) {
	h.t.Helper()
	h.Fill("[data-secret=passphrase]", text)
	h.Fill("[data-secret=again]", text)
	h.Click("[data-form=passphrase] button[type=submit]")
}

func (h *holder) unlocks(text string) {
	h.t.Helper()
	h.Fill("[data-secret=unlock]", text)
	h.Click("button[data-action=unlock]")
}

// sets up: the administrator names a head and says when messages are answered.
func sets(t *testing.T, w *town.Town, channel string) {
	t.Helper()
	a := arrives(t, w, w.Staff("admin", ""))
	a.goesTo(channel)
	if a.Count("[data-part=choosing]") > 0 {
		t.Error("an administrator is asked for a passphrase")
	}
	a.Click("a[data-action=settings]")
	a.WaitFor("select#head")
	a.Choose("select#head", browser.Eval[string](a.Page, "document.querySelectorAll('select#head option')[1].value"))
	a.Fill("label |= "+a.Say("staff.channel.answers_days"), "0")
	a.Fill("label |= "+a.Say("staff.channel.keep_days"), "30")
	a.Click("button[data-action=save]")
	a.WaitFor(".field .error")
	a.Fill("label |= "+a.Say("staff.channel.answers_days"), "3")
	a.Click("button[data-action=save]")
	a.WaitFor("[data-channel-state=closed]")
}

// opensChannel goes from nothing to an open channel, and answers the recovery key.
func (h *holder) opensChannel(channel string) (recovery string) {
	h.t.Helper()
	h.goesTo(channel)
	h.Fill("[data-secret=passphrase]", "hejhejhejhej")
	h.WaitFor("[data-strength=weak]")
	h.Click("[data-form=passphrase] button[type=submit]")
	h.WaitFor(".error | " + h.Say("staff.channel.passphrase_weak"))
	h.chooses(passphrase)
	h.Click("button[data-action=begin]")
	recovery = strings.ReplaceAll(h.Text("[data-recovery-key]"), " ", "")
	h.Fill("label | "+h.SayUntil("staff.channel.type_back", "Count"), "FELFELFE")
	h.Click("button[data-action=open]")
	h.WaitFor("[data-form=confirm] .error")
	h.Fill("label | "+h.SayUntil("staff.channel.type_back", "Count"), strings.ToLower(recovery[len(recovery)-8:]))
	h.Click("button[data-action=open]")
	h.WaitFor("[data-channel-state=open]")
	h.WaitFor("[data-part=requests] .empty")
	return recovery
}

// From a closed channel to one that two read: opened with the recovery key on
// paper, a request read, a colleague let in after comparing digits, a wrong
// passphrase said plainly, one lost and found again.
func TestALeadersWay(t *testing.T) {
	w := shop.Beside(t)
	sets(t, w, "steget")
	lena := arrives(t, w, w.Staff("steget", "lena"))
	recovery := lena.opensChannel("steget")

	t.Log("a parent writes, in Arabic")
	p := newWriter(t, w, w.Parent("ar"))
	p.begins("steget")
	p.writes()
	p.WaitFor("[data-fate=applied]")

	comesBack(t, lena)
	david := arrives(t, w, w.Staff("steget", "david"))
	letsIn(t, lena, david)
	findsBack(t, david, recovery)
	leaves(t, lena, david, func() {
		p.Navigate(w.URL("/letters"))
		p.Syncs()
		p.WaitUntil("import('/js/data/requests.js').then(async (r) => { const before = (await r.requestKeys()).channels[0].key; await r.fetchKeys(); return (await r.requestKeys()).channels[0].key === before })")
		p.begins("steget")
		p.writes()
		p.WaitFor("[data-fate=applied]")
	})
	isWatchful(t, lena)
}

func comesBack(t *testing.T, lena *holder) {
	t.Helper()
	t.Log("Lena comes back later: the lock is shut, a wrong passphrase is said plainly")
	lena.goesTo("steget")
	lena.unlocks("kanel bromsa tidlös ugglan 8")
	lena.WaitFor(".error | " + lena.Say("staff.channel.passphrase_wrong"))
	lena.unlocks(passphrase)
	lena.reads(secretText)
	if href := lena.Attr("a[data-action=reach]", "href"); href != "tel:0701740677" {
		t.Errorf("the button calls %s", href)
	}
	lena.WaitFor("[data-plain] dd | " + lena.Say("staff.channel.voicemail_no"))
	lena.Click("button[data-action=answered]")
	lena.WaitFor("[data-request][data-state=answered]")
}

func letsIn(t *testing.T, lena, david *holder) {
	t.Helper()
	t.Log("David asks to be let in, and both see the same digits")
	david.goesTo("steget")
	david.chooses(another)
	digits := david.Text("[data-part=waiting] [data-fingerprint]")
	lena.goesTo("steget")
	lena.unlocks(passphrase)
	if seen := lena.Text("[data-part=people] [data-fingerprint]"); seen != digits {
		t.Errorf("Lena sees %q, David %q", seen, digits)
	}
	lena.Click("label |= " + lena.Say("staff.channel.compared"))
	lena.Click("button[data-action=let-in]")
	lena.WaitGone("button[data-action=let-in]")
	david.Click("button[data-action=look]")
	david.reads(secretText)
}

func findsBack(t *testing.T, david *holder, recovery string) {
	t.Helper()
	t.Log("he loses his passphrase, and finds back with the key on paper")
	david.goesTo("steget")
	david.Click("button[data-action=lost]")
	david.Fill("[data-secret=recovery]", recovery[:30])
	david.Click("button[data-action=check]")
	david.WaitFor(".error | " + david.Say("staff.channel.recovery_wrong"))
	david.Fill("[data-secret=recovery]", strings.ToLower(recovery[:20]+" "+recovery[20:]))
	david.Click("button[data-action=check]")
	david.chooses("glasberg vitsippa 4 hummer tal")
	david.reads(secretText)
}

// leaves is the way of a colleague who leaves the channel; writes is a parent's
// next message.
func leaves(t *testing.T, lena, david *holder, writes func()) {
	t.Helper()
	t.Log("he leaves, a new key is made, and what comes then Lena reads")
	lena.goesTo("steget")
	lena.unlocks(passphrase)
	david.Click("button[data-action=leave]")
	david.Click("dialog button[data-action=leave-anyway]")
	david.WaitFor("button[data-action=ask]")
	lena.goesTo("steget")
	lena.unlocks(passphrase)
	lena.Click("button[data-action=rotate]")
	lena.WaitGone("button[data-action=rotate]")
	writes()
	lena.goesTo("steget")
	lena.unlocks(passphrase)
	lena.reads(secretText)
	if lena.Count("[data-broken]") > 0 {
		t.Error("the log does not go on")
	}
	lena.findsNoKey()
}

func isWatchful(t *testing.T, lena *holder) {
	t.Helper()
	t.Log("a log that does not go on from what her computer saw alarms her, until she has told of it")
	browser.Eval[any](lena.Page, `import('/js/data/db.js').then(async ({ meta, setMeta }) => {
		const head = await meta('auditHead')
		await setMeta('auditHead', { seq: head.seq - 1, hash: 'f'.repeat(64) })
	}).then(() => null)`)
	lena.goesTo("steget")
	lena.unlocks(passphrase)
	lena.Click("[data-broken] button[data-action=accept]")
	lena.WaitGone("[data-broken]")

	t.Log("ten minutes without a touch lock it")
	browser.Eval[any](lena.Page, `void (() => { const now = Date.now; Date.now = () => now() + 11 * 60_000 })()`)
	lena.WaitFor("[data-part=locked]")
}

// reads opens the first request that is not open, and finds words in it.
func (h *holder) reads(words string) {
	h.t.Helper()
	h.Click("[data-request] button[data-action=read]")
	h.WaitFor("[data-text] | " + words)
}

// findsNoKey looks for keys and for what was read in what the computer keeps,
// once she has left the page.
func (h *holder) findsNoKey() {
	h.t.Helper()
	h.Click("button[data-action=lock]")
	h.WaitFor("[data-part=locked]")
	all := browser.Eval[string](h.Page, `(async () => {
		const { openDB } = await import('/js/data/db.js');
		const db = await openDB();
		const stores = await Promise.all([...db.objectStoreNames].map(async (name) => [await db.getAllKeys(name), await db.getAll(name)]));
		return JSON.stringify([stores, { ...localStorage }, { ...sessionStorage }, history.state, document.documentElement.outerHTML,
			[...document.querySelectorAll('input')].map((f) => f.value)]);
	})()`)
	for _, word := range []string{"AGE-SECRET-KEY", secretText, "Viktoriano", passphrase} {
		if strings.Contains(all, word) {
			h.t.Errorf("her computer has %q", word)
		}
	}
}

// The coordinator's own channel: a question about anything, answered; shared
// with one colleague when the parent has said so; handed to the case system.
func TestACoordinatorsRequest(t *testing.T) {
	w := shop.Beside(t)
	sets(t, w, "familjeguiden")
	birgitta := arrives(t, w, w.Staff("coordinator", ""))
	birgitta.opensChannel("familjeguiden")
	p := newWriter(t, w, w.Parent("sv"))
	p.begins("familjeguiden")
	p.writes()
	p.WaitFor("[data-fate=applied]")

	t.Log("a colleague chooses a passphrase of her own")
	maria := arrives(t, w, w.Staff("editor", "maria"))
	maria.Navigate(w.URL("/staff/channels"))
	maria.Click("a[data-shares]")
	maria.chooses(another)
	maria.WaitFor(".empty | " + maria.Say("staff.channel.no_shares_what"))

	birgitta.goesTo("familjeguiden")
	birgitta.unlocks(passphrase)
	birgitta.reads(secretText)
	birgitta.Click("button[data-action=export]")
	birgitta.WaitFor("#announcer | " + birgitta.Say("staff.channel.exported"))
	birgitta.Click("button[data-action=share]")
	birgitta.Click("dialog button[data-action=share-now]")
	birgitta.WaitFor("dialog .error | " + birgitta.Say("staff.channel.share_to_missing"))
	birgitta.Choose("dialog select", browser.Eval[string](birgitta.Page, "[...document.querySelectorAll('dialog select option')].find((o) => o.value && o.text.includes('Maria')).value"))
	birgitta.Click("dialog label |= " + birgitta.Say("staff.channel.consent.phone"))
	birgitta.Click("dialog button[data-action=share-now]")
	birgitta.WaitFor("dialog .error | " + birgitta.Say("staff.channel.consent_needed"))
	birgitta.Click("dialog label |= " + birgitta.Say("staff.channel.consented"))
	birgitta.Click("dialog button[data-action=share-now]")
	birgitta.WaitGone("dialog")

	maria.Navigate(w.URL("/staff/shares"))
	maria.unlocks(another)
	maria.Click("[data-share] button[data-action=read]")
	maria.WaitFor("[data-text] | " + secretText)
	maria.Navigate(w.URL("/staff/channels/familjeguiden"))
	maria.WaitFor("h1 |= " + maria.Say("staff.problem.title"))
}
