package town

import (
	"folje/test/browser"
	"folje/test/demo"
)

// TourPeople shows every screen of an administrator who invites and changes
// colleagues, and of whoever is invited, in one language.
func (w *Town) TourPeople(tag string, visit Visit) {
	w.r.Helper()
	c := w.Stranger(tag, browser.Phone())
	c.Who = w.Staff("admin", "")
	c.Navigate(w.URL("/staff/people"))
	c.SignsIn()
	c.WaitFor("[data-part=people]")
	c.Click("[data-action=invite]")
	c.WaitFor("[data-form=person]")
	c.Click("[data-ticks=roles] input[value=translator]")
	visit("staff-person-new", c.Page)
	c.Profile().Allow(browser.Request, "/staff/colleagues") // what is missing
	c.Click("button[data-action=save]")
	c.WaitFor("#name-error")
	visit("staff-person-faults", c.Page)
	c.Click("[data-ticks=roles] input[value=translator]")
	c.Fill("label |= "+c.Say("staff.people.name"), "Amina Warsame")
	c.Fill("label |= "+c.Say("staff.signin.email"), "amina@example.org")
	c.Click("[data-ticks=units] label")
	c.Click("button[data-action=save]")
	link := c.Text("dialog [data-link]")
	visit("staff-person-link", c.Page)
	c.Click("dialog [data-action=close]")
	c.WaitFor("[data-part=invites]")
	visit("staff-people", c.Page)
	w.tourWelcome(link, tag, visit)
	c.Reload()
	c.Click("[data-person='amina@example.org']")
	c.WaitFor("[data-action=leave]")
	visit("staff-person", c.Page)
	c.Click("[data-action=leave]")
	c.WaitFor("dialog")
	visit("staff-person-leave", c.Page)
	c.Click("dialog [data-action=cancel]")
}

// tourWelcome is the way of whoever is invited.
func (w *Town) tourWelcome(link, tag string, visit Visit) {
	w.r.Helper()
	c := w.Stranger(tag, browser.Phone())
	c.Who = demo.Staff{Email: "amina@example.org", Password: "sju gula lönnlöv"}
	c.Profile().Allow(browser.Request, "/api/folje/v1/welcome/")
	c.Navigate(link)
	password := "label |= " + c.Say("staff.welcome.password")
	c.Fill(password, "kort")
	c.Click("[data-action=accept]")
	c.WaitFor("#password-error")
	c.styled()
	visit("staff-welcome", c.Page)
	c.Fill(password, c.Who.Password)
	c.Click("[data-action=accept]")
	c.WaitFor("h1 |= " + c.Say("staff.home.title"))
	c.Click("[data-action=signout-everywhere]")
	c.WaitFor("dialog")
	visit("staff-everywhere", c.Page)
	c.Click("dialog [data-action=everywhere]")
	c.WaitFor("[data-form=signin]")
	c.Navigate(link)
	c.WaitFor("[data-part=refused]")
	visit("staff-welcome-refused", c.Page)
	c.Navigate(w.URL("/staff/signed-in?code=x&state=y"))
	c.WaitFor("[data-part=refused] h1 |= " + c.Say("staff.provider.failed"))
	visit("staff-signed-in-refused", c.Page)
}
