package town

// tourPaper goes from a published letter's preview to how far it has come, to
// the slips and the sheets, and back.
func (w *Town) tourPaper(c *Colleague, visit Visit) {
	w.r.Helper()
	c.Click("[data-action=reach]")
	c.WaitFor("[data-part=reach] [data-count=opened]")
	visit("staff-reach", c.Page)
	c.Click("a |= " + c.Say("staff.slips.title"))
	c.Fill("#field-count", "3")
	c.Click("[data-action=make-slips]")
	c.WaitFor("[data-part=made]")
	visit("staff-slips", c.Page)
	c.Click("a.up")
	c.Click("a |= " + c.Say("staff.print.title"))
	c.WaitFor(".letter-sheet .foot")
	visit("staff-print", c.Page)
	c.Click("a.up")
	c.WaitFor("[data-part=published]")
}
