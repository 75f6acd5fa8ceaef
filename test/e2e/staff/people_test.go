package staff_test

import (
	"os"
	"path/filepath"
	"testing"

	"folje/test/browser"
	"folje/test/demo"
	"folje/test/town"
)

// An administrator invites a colleague, who chooses a password, writes, has a
// role taken away in the middle, and leaves.
func TestAColleagueComesAndLeaves(t *testing.T) {
	w := shop.Beside(t)
	admin := w.Colleague(w.Staff("admin", ""))
	admin.Click("[data-way='/staff/people']")
	admin.WaitFor("[data-part=people] [data-person]")
	admin.Click("[data-action=invite]")
	admin.Profile().Allow(browser.Request, "/api/folje/v1/staff/colleagues") // what is missing
	admin.Click("button[data-action=save]")
	admin.WaitFor("#name-error")
	admin.WaitFor("#email-error")
	admin.Fill("label |= "+admin.Say("staff.people.name"), "Amina Warsame")
	admin.Fill("label |= "+admin.Say("staff.signin.email"), "amina@example.org")
	admin.Click("[data-ticks=units] label")
	shot(t, admin, "invite")
	admin.Click("button[data-action=save]")
	link := admin.Text("dialog [data-link]")
	shot(t, admin, "link")
	admin.Click("dialog [data-action=close]")
	admin.WaitFor("[data-invite='amina@example.org']")
	shot(t, admin, "list")

	amina := w.Stranger("sv", browser.Phone())
	amina.Who = demo.Staff{Email: "amina@example.org", Password: "sju gula lönnlöv"}
	amina.Navigate(link)
	amina.WaitFor("[data-form=welcome]")
	if url := amina.URL(); url != w.URL("/staff/welcome") {
		t.Errorf("the secret stays in the address: %s", url)
	}
	password := "label |= " + amina.Say("staff.welcome.password")
	amina.Profile().Allow(browser.Request, "/api/folje/v1/welcome/accept") // the password that is too short
	amina.Fill(password, "kort")
	amina.Click("[data-action=accept]")
	amina.WaitFor("#password-error")
	shot(t, amina, "welcome")
	amina.Fill(password, amina.Who.Password)
	amina.Click("[data-action=accept]")
	amina.WaitFor("[data-group]")

	arabic := w.Stranger("ar", browser.Phone())
	arabic.Profile().Allow(browser.Request, "/api/folje/v1/welcome/look")
	arabic.Navigate(link)
	arabic.WaitFor("[data-part=refused]")
	shot(t, arabic, "refused-ar")

	amina.Click("[data-group]")
	amina.Click("a |= " + amina.Say("staff.group.new_letter"))
	amina.Fill(amina.Title(), "Skidresa")
	amina.Saved()
	admin.Reload()
	admin.Click("[data-person='amina@example.org']")
	admin.Click("[data-ticks=roles] input[value=editor]")
	admin.Click("[data-ticks=roles] input[value=coordinator]")
	admin.Click("button[data-action=save]")
	admin.WaitFor("[data-part=people]")
	amina.Profile().Allow(browser.Request, "/api/") // she is refused from now on
	amina.Fill(amina.Paragraph(1, 1), "Vi åker på onsdag.")
	amina.WaitFor("[data-savestate] | " + amina.Say("staff.save.forbidden"))
	shot(t, amina, "forbidden")

	admin.Click("[data-person='amina@example.org']")
	admin.Click("[data-action=leave]")
	shot(t, admin, "leave")
	admin.Click("dialog [data-action=leave-anyway]")
	admin.WaitFor("[data-part=people]")
	admin.WaitGone("[data-person='amina@example.org']")
	amina.Navigate(w.URL("/staff/guide"))
	amina.WaitFor("label |= " + amina.Say("staff.signin.password"))
	shot(t, amina, "gone")
}

func shot(t *testing.T, c *town.Colleague, name string) {
	if dir := os.Getenv("FOLJE_PEOPLE_SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), c.Screenshot(true), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
