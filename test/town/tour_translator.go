package town

import "folje/test/browser"

// TourTranslator shows every screen of those who translate, in one language.
func (w *Town) TourTranslator(tag string, visit Visit) {
	w.r.Helper()
	c := w.Stranger(tag, browser.Phone())
	c.Who = w.Staff("translator", "")
	c.Navigate(w.URL("/translate"))
	c.SignsIn()
	c.styled()
	c.WaitFor("h1 |= " + c.Say("translate.queue.title"))
	visit("translate-queue", c.Page)
	c.Click("a.waiting")
	c.WaitFor("article.place")
	visit("translate-place", c.Page)
	c.Fill("article.place textarea", "نلتقي في الساحة.")
	c.WaitFor("article.place | " + c.Say("translate.not_shown"))
	visit("translate-typed", c.Page)
	c.SetSize(1280, 800)
	c.WaitFor("article.place.paired")
	visit("translate-wide", c.Page)
	c.SetSize(360, 740)
	c.Navigate(w.URL("/staff/groups/another"))
	c.WaitFor("main[data-view=staff-not-allowed] h1")
	visit("staff-not-allowed", c.Page)
}
