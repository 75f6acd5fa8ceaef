package town

import "folje/test/browser"

// tourGoing shows a letter that was published and hasn't gone out, in a town
// where that takes its time, and undoes it.
func (w *Town) tourGoing(tag string, visit Visit) {
	w.r.Helper()
	slow := w.shop.Town(w.r, "--undo", "10m")
	c := slow.Stranger(tag, browser.Phone())
	c.Who = slow.Staff("editor", "")
	c.Navigate(slow.URL("/staff"))
	c.SignsIn()
	c.WaitFor("h1 |= " + c.Say("staff.home.title"))
	group := slow.Ways.Invitations[0].Group
	c.Begins(group)
	c.Writes("Innebandy", "Hur kan vi tillsammans röra oss mer?", "Vi spelar på gården på fredag.")
	c.Saved()
	c.Sends()
	visit("staff-going", c.Page)
	letter := c.Attr("main", "data-letter")
	c.GoesTo(group)
	c.WaitFor("[data-part=going] [data-letter='" + letter + "']")
	visit("staff-group-going", c.Page)
	c.Navigate(slow.URL("/staff/letters/" + letter))
	c.WaitFor("[data-part=going]")
	visit("staff-letter-going", c.Page)
	c.Click("button |= " + c.Say("staff.release.undo"))
	c.WaitGone("[data-part=going]")
}
