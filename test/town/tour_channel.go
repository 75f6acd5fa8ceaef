package town

import (
	"strings"

	"folje/test/browser"
)

// TourHolder shows every screen of those who set a confidential channel up and
// read what comes there: from a closed channel to a request that was read.
func (w *Town) TourHolder(tag string, visit Visit) {
	w.r.Helper()
	w.tourSettings(tag, visit)
	c := w.tourist("steget", tag)
	recovery := w.tourOpening(c, visit)
	w.asksInConfidence("steget", "Vi behöver prata med någon. Vem kan hjälpa oss?")
	w.tourReading(c, visit)
	w.tourLost(c, recovery, visit)
	w.tourShares(tag, visit)
}

const (
	passphrase    = "kanel bromsa tidlös ugglan 7"
	newPassphrase = "glasberg vitsippa 4 hummer tal"
)

// tourist is somebody with a role, signed in, at the list of channels.
func (w *Town) tourist(role, tag string) *Colleague {
	w.r.Helper()
	c := w.Stranger(tag, browser.Phone())
	c.Who = w.Staff(role, "")
	c.Navigate(w.URL("/staff/channels"))
	c.WaitFor("h1 |= " + c.Say("staff.signin.title"))
	c.SignsIn()
	c.WaitFor("[data-channel-page]")
	c.styled()
	return c
}

// tourSettings has an administrator name a head, and get the days wrong first.
func (w *Town) tourSettings(tag string, visit Visit) {
	w.r.Helper()
	c := w.tourist("admin", tag)
	visit("staff-channels", c.Page)
	c.Click("[data-channel=steget]")
	c.Click("a[data-action=settings]")
	c.WaitFor("select#head")
	c.Choose("select#head", browser.Eval[string](c.Page, "document.querySelectorAll('select#head option')[1].value"))
	c.Fill("label |= "+c.Say("staff.channel.answers_days"), "0")
	c.Fill("label |= "+c.Say("staff.channel.keep_days"), "30")
	c.Click("button[data-action=save]")
	c.WaitFor(".field .error")
	visit("staff-channel-settings", c.Page)
	c.Fill("label |= "+c.Say("staff.channel.answers_days"), "3")
	c.Click("button[data-action=save]")
	c.WaitFor("[data-channel-state=closed]")
}

// tourOpening has one who may read choose a passphrase, a weak one first, and
// print the recovery key.
func (w *Town) tourOpening(c *Colleague, visit Visit) (recovery string) {
	w.r.Helper()
	c.Click("[data-channel=steget]")
	c.Fill("[data-secret=passphrase]", "hejhejhejhej")
	c.WaitFor("[data-strength=weak]")
	c.Click("[data-form=passphrase] button[type=submit]")
	c.WaitFor(".error | " + c.Say("staff.channel.passphrase_weak"))
	visit("staff-channel-passphrase", c.Page)
	c.chooses(passphrase)
	c.WaitFor("button[data-action=begin]")
	visit("staff-channel-begin", c.Page)
	c.Click("button[data-action=begin]")
	recovery = strings.ReplaceAll(c.Text("[data-recovery-key]"), " ", "")
	visit("staff-channel-recovery", c.Page)
	c.Fill("label | "+c.SayUntil("staff.channel.type_back", "Count"), recovery[len(recovery)-8:])
	c.Click("button[data-action=open]")
	c.WaitFor("[data-part=requests] .empty")
	visit("staff-channel-open", c.Page)
	return recovery
}

func (c *Colleague) chooses(text string) {
	c.town.r.Helper()
	c.Fill("[data-secret=passphrase]", text)
	c.Fill("[data-secret=again]", text)
	c.Click("[data-form=passphrase] button[type=submit]")
}

// tourReading opens what came.
func (w *Town) tourReading(c *Colleague, visit Visit) {
	w.r.Helper()
	c.Navigate(w.URL("/staff/channels/steget"))
	c.WaitFor("[data-part=locked]")
	visit("staff-channel-locked", c.Page)
	c.Fill("[data-secret=unlock]", passphrase)
	c.Click("button[data-action=unlock]")
	c.WaitFor("[data-request] button[data-action=read]")
	visit("staff-channel-requests", c.Page)
	c.Click("[data-request] button[data-action=read]")
	c.WaitFor("[data-text]")
	visit("staff-channel-request", c.Page)
	c.Click("button[data-action=share]")
	c.WaitFor("dialog button[data-action=share-now]")
	visit("staff-channel-share", c.Page)
	c.Click("dialog button |= " + c.Say("staff.cancel"))
	c.WaitGone("dialog")
	c.Click("button[data-action=answered]")
	c.WaitFor("[data-request][data-state=answered]")
	visit("staff-channel-answered", c.Page)
}

// tourLost shows how somebody who forgot her passphrase finds back.
func (w *Town) tourLost(c *Colleague, recovery string, visit Visit) {
	w.r.Helper()
	c.Navigate(w.URL("/staff/channels/steget"))
	c.Click("button[data-action=lost]")
	c.Fill("[data-secret=recovery]", recovery[:30])
	c.Click("button[data-action=check]")
	c.WaitFor(".error | " + c.Say("staff.channel.recovery_wrong"))
	visit("staff-channel-lost", c.Page)
	c.Fill("[data-secret=recovery]", recovery)
	c.Click("button[data-action=check]")
	c.WaitFor("[data-secret=again]")
	visit("staff-channel-renew", c.Page)
	c.chooses(newPassphrase)
	c.WaitFor("[data-part=requests]")
}

// tourShares shows those who may read nothing of a channel how a request can be
// shared with them.
func (w *Town) tourShares(tag string, visit Visit) {
	w.r.Helper()
	c := w.tourist("editor", tag)
	c.Click("a[data-shares]")
	c.WaitFor("[data-form=passphrase]")
	visit("staff-shares", c.Page)
	c.chooses(passphrase)
	c.WaitFor(".empty | " + c.Say("staff.channel.no_shares_what"))
	visit("staff-shares-none", c.Page)
}
