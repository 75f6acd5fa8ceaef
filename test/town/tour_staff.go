package town

import "folje/test/browser"

// TourStaff shows every screen of those who write, in one language.
func (w *Town) TourStaff(tag string, visit Visit) {
	w.r.Helper()
	c := w.Stranger(tag, browser.Phone())
	c.Who = w.Staff("editor", "")
	group := w.Ways.Invitations[0].Group
	w.tourSignIn(c, visit)
	w.tourMeeting(c, group, visit)
	w.tourInvite(c, group, visit)
	w.tourWriting(c, group, visit)
	w.tourPublishing(c, visit)
	w.tourGoing(tag, visit)
	w.tourConflict(c, group, visit)
	w.tourSession(c, visit)
	w.tourWho(tag, visit)
	c.KeepsAll()
	WithoutNetwork(c.Page)
	c.Navigate(w.URL("/staff/groups/nowhere"))
	c.WaitFor("main[data-view=staff-problem]")
	visit("staff-problem", c.Page)
	c.Profile().Offline(false)
}

func (w *Town) tourSignIn(c *Colleague, visit Visit) {
	w.r.Helper()
	c.Navigate(w.URL("/staff"))
	c.WaitFor("h1 |= " + c.Say("staff.signin.title"))
	c.styled()
	visit("staff-signin", c.Page)
	c.Profile().Allow(browser.Request, "auth-with-password")
	right := c.Who.Password
	c.Who.Password = "fel"
	c.SignsIn()
	c.WaitFor("[role=alert] | " + c.Say("staff.signin.wrong"))
	visit("staff-signin-wrong", c.Page)
	c.Who.Password = right
	c.SignsIn()
	c.WaitFor("h1 |= " + c.Say("staff.home.title"))
	visit("staff-home", c.Page)
	c.Click("a[href='/staff/about']")
	c.WaitFor("[data-kept=drafts]")
	visit("staff-about", c.Page)
	c.Navigate(w.URL("/staff"))
	c.WaitFor("h1 |= " + c.Say("staff.home.title"))
}

// styled waits for staff's own style sheet: a page without it reads well and
// looks like nothing.
func (c *Colleague) styled() {
	c.town.r.Helper()
	c.WaitUntil("[...document.styleSheets].some((sheet) => sheet.href?.endsWith('/css/staff.css'))")
}

func (w *Town) tourInvite(c *Colleague, group string, visit Visit) {
	w.r.Helper()
	c.GoesTo(group)
	c.Click("a | " + c.Say("staff.group.invite"))
	c.WaitFor("[data-invite]")
	visit("staff-invite", c.Page)
	c.Click("button |= " + c.Say("staff.invite.rotate"))
	c.WaitFor("dialog")
	visit("staff-invite-rotate", c.Page)
	c.Click("dialog [data-action=cancel]")
	c.Click("a |= " + c.Say("staff.invite.poster"))
	c.WaitFor(".sheet")
	visit("staff-poster", c.Page)
}

func (w *Town) tourWriting(c *Colleague, group string, visit Visit) {
	w.r.Helper()
	c.Begins(group)
	visit("staff-letter-new", c.Page)
	c.Fill(c.Paragraph(1, 1), "Vi möttes i matsalen kl. 17.30. Många kom, t.ex. flera mor- och farföräldrar! Tack till alla.")
	c.Saved()
	c.Click("button |= " + c.Say("staff.letter.preview"))
	c.Click("button |= " + c.Say("staff.publish.publish"))
	c.WaitFor(".error | " + c.Say("staff.letter.needs_title"))
	visit("staff-letter-faults", c.Page)
	c.Fill(c.Title(), "Vila och ro")
	c.Fill(c.Question(), "Hur kan vi tillsammans ge barnen en lugn stund?")
	c.Click(c.Paragraph(1, 1))
	c.Saved()
	c.Click("[data-action=sentences]")
	c.WaitFor(".block [data-action=sentences]")
	visit("staff-letter-sentences", c.Page)
}

func (w *Town) tourPublishing(c *Colleague, visit Visit) {
	w.r.Helper()
	c.Click("button |= " + c.Say("staff.letter.preview"))
	c.WaitFor("h1 |= " + c.Say("staff.preview.title"))
	c.WaitFor("button[data-locale=ar]")
	visit("staff-preview", c.Page)
	c.Click("button |= " + c.Say("staff.publish.publish"))
	c.WaitFor("dialog h2")
	visit("staff-publish", c.Page)
	c.Click("dialog label | " + c.Say("staff.ring.later"))
	c.Choose("dialog [name=hold]", "2025-01-01T08:00")
	c.Click("dialog button |= " + c.Say("staff.publish.publish"))
	c.WaitFor("dialog .error | " + c.Say("staff.ring.time_past"))
	visit("staff-publish-later", c.Page)
	c.Click("dialog label | " + c.Say("staff.ring.soon"))
	for range 6 {
		w.Phone(w.Ways.Invitations[0].Code)
	}
	c.Click("dialog button |= " + c.Say("staff.publish.publish"))
	c.WaitFor("[data-part=published]")
	c.WaitFor("[data-part=ringing] [data-count=off]")
	visit("staff-published", c.Page)
	w.tourPaper(c, visit)
	c.Click("button[data-locale=ar]")
	c.WaitFor("article[data-locale=ar]")
	visit("staff-preview-translated", c.Page)
	c.Click("button |= " + c.Say("staff.withdraw.withdraw"))
	c.WaitFor("dialog h2")
	visit("staff-withdraw", c.Page)
	c.Click("dialog button |= " + c.Say("staff.withdraw.withdraw"))
	c.WaitGone("dialog")
	c.WaitGone("button |= " + c.Say("staff.withdraw.withdraw"))
	visit("staff-withdrawn", c.Page)
}

func (w *Town) tourConflict(c *Colleague, group string, visit Visit) {
	w.r.Helper()
	c.Begins(group)
	c.Writes("Utflykt", "Hur kan vi tillsammans göra resan lätt?", "Vi går på tisdag.")
	c.Saved()
	visit("staff-letter", c.Page)
	phone := browser.Phone()
	phone.Locale = c.Tag
	other := &Colleague{Page: c.Profile().Page(phone), Tag: c.Tag, Who: c.Who, town: w}
	other.Navigate(c.URL())
	other.Fill(other.Paragraph(1, 1), "Vi går på onsdag.")
	other.Saved()
	other.Close()
	c.Profile().Allow(browser.Request, "/api/collections/letters/")
	c.Fill(c.Paragraph(1, 1), "Vi går på torsdag.")
	c.WaitFor("[data-part=conflict]")
	visit("staff-conflict", c.Page)
	c.Click("button |= " + c.Say("staff.conflict.all_mine"))
	c.Click("button |= " + c.Say("staff.conflict.settle"))
	c.Saved()
}

func (w *Town) tourSession(c *Colleague, visit Visit) {
	w.r.Helper()
	c.Profile().Allow(browser.Request, "/api/collections/")
	c.Profile().Allow(browser.Request, "/api/folje/v1/staff/")
	c.LosesSession()
	c.Fill(c.Paragraph(1, 1), "Vi går på torsdag efter frukosten.")
	c.WaitFor("dialog h2 |= " + c.Say("staff.session.title"))
	visit("staff-session", c.Page)
	c.SignsIn()
	c.WaitGone("dialog")
	c.Saved()
	c.Navigate(w.URL("/staff"))
	c.WaitFor("h1 |= " + c.Say("staff.home.title"))
}
