package staff_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/demo"
	"folje/test/town"
)

// ipad is a tablet that lies in the hall, upright.
func ipad() browser.Device { return browser.Device{Width: 820, Height: 1180, Scale: 1, Touch: true} }

// A unit's shared tablet is made one, a teacher taps her name and writes, and
// what she hasn't sent is hers alone. At last it is switched off.
func TestASharedTablet(t *testing.T) {
	w := shop.Beside(t)
	maria, oskar := w.Staff("editor", "maria.ekberg"), w.Staff("editor", "oskar.brandt")
	choosesPIN(t, w, maria, "482915")
	choosesPIN(t, w, oskar, "730528")
	admin := w.Colleague(w.Staff("admin", ""))
	link := addsTablet(t, w, admin, "Hallen")

	c := w.Stranger("sv", ipad())
	c.Navigate(link)
	c.WaitFor("[data-part=enrol]")
	if url := c.URL(); url != w.URL("/staff/tablet") {
		t.Errorf("the code stays in the address: %s", url)
	}
	tabletShot(t, c, "enrol")
	c.Click("[data-action=enrol]")
	c.WaitFor("[data-part=names]")
	tabletShot(t, c, "names")
	c.Profile().Allow(browser.Request, "/api/folje/v1/tablet/enter")
	tapsIn(c, "Maria Ekberg", "000000")
	c.WaitFor("[role=alert]")
	tabletShot(t, c, "wrong")
	c.Fill("[name=pin]", "482915") // on a keyboard
	c.WaitFor("[data-group]")
	tabletShot(t, c, "home")
	for _, closed := range []string{"[data-way='/staff/people']", "[data-way='/staff/channels']", "[data-action=signout-everywhere]"} {
		if c.Count(closed) != 0 {
			t.Errorf("%s is on the tablet", closed)
		}
	}
	c.Click("[data-group]")
	c.Click("a |= " + c.Say("staff.group.new_letter"))
	c.Writes("Skridskor", "Hur kan vi hjälpas åt med skridskorna?", "Vi åker på onsdag.")
	c.Saved()
	c.Publishes()
	t.Run("what isn't sent is hers alone", func(t *testing.T) { hersAlone(t, c) })

	admin.Reload()
	admin.Click("[data-action=revoke]")
	admin.Click("dialog [data-action=confirm]")
	admin.WaitGone("[data-tablet]")
	c.Profile().Allow(browser.Request, "/api/")
	c.Navigate(w.URL("/staff"))
	c.WaitFor("[role=alert] | " + c.Say("error.tablet_revoked"))
	tabletShot(t, c, "revoked")
}

// hersAlone ends Maria's session in the middle of a sentence. Oskar doesn't see
// it; she does when she comes back.
func hersAlone(t *testing.T, c *town.Colleague) {
	c.Navigate(strings.SplitN(c.URL(), "/staff", 2)[0] + "/staff")
	c.Click("[data-group]")
	c.Click("a |= " + c.Say("staff.group.new_letter"))
	c.Fill(c.Title(), "Utflykt")
	c.Saved()
	letter := c.URL()
	c.Profile().Allow(browser.Request, "/api/")
	browser.Eval[any](c.Page, `void (() => {
		const kept = JSON.parse(sessionStorage.getItem('pocketbase_auth'))
		kept.token += 'x'
		sessionStorage.setItem('pocketbase_auth', JSON.stringify(kept))
	})()`)
	c.Fill(c.Title(), "Utflykt till sjön")
	c.WaitFor("dialog [data-part=pinpad]")
	tabletShot(t, c, "again")
	c.Click("dialog [data-action=other]")
	c.WaitFor("[data-part=names]")
	tapsIn(c, "Oskar Brandt", "730528")
	c.WaitFor("[data-group]")
	if c.Count("[data-part=drafts]") != 0 {
		t.Error("Oskar sees what Maria hasn't sent")
	}
	c.Navigate(letter)
	c.WaitFor(c.Title())
	if got := c.Value(c.Title()); got != "Utflykt" {
		t.Errorf("Oskar sees %q", got)
	}
	c.Navigate(strings.SplitN(letter, "/staff", 2)[0] + "/staff")
	c.Click("[data-action=lock]")
	c.WaitFor("[data-part=names]")
	tapsIn(c, "Maria Ekberg", "482915")
	c.Click("[data-part=drafts] a")
	c.WaitFor(c.Title())
	if got := c.Value(c.Title()); got != "Utflykt till sjön" {
		t.Errorf("Maria finds %q", got)
	}
	c.Saved()
}

// choosesPIN has somebody choose a PIN with her own account.
func choosesPIN(t *testing.T, w *town.Town, who demo.Staff, pin string) {
	t.Helper()
	c := w.Colleague(who)
	c.Click("[data-action=pin]")
	c.Profile().Allow(browser.Request, "/api/folje/v1/staff/me/pin")
	c.Fill("#field-pin", "123456")
	c.Click("[data-action=save]")
	c.WaitFor("#pin-error")
	c.Fill("#field-pin", pin)
	c.Click("[data-action=save]")
	c.WaitFor("[data-part=set]")
	tabletShot(t, c, "pin")
}

// addsTablet gives the link of a new tablet of the unit where Maria works.
func addsTablet(t *testing.T, w *town.Town, admin *town.Colleague, name string) (link string) {
	t.Helper()
	admin.Navigate(w.URL("/staff/people"))
	admin.Click("[data-action=tablets]")
	admin.Fill("#field-name", name)
	admin.Choose("#field-unit", w.Office("editor").Unit("Blåsippan"))
	admin.Click("[data-action=add]")
	link = admin.Text("dialog [data-link]")
	tabletShot(t, admin, "code")
	admin.Click("dialog [data-action=close]")
	admin.WaitFor("[data-tablet]")
	tabletShot(t, admin, "list")
	return link
}

// tapsIn taps a name and a PIN.
func tapsIn(c *town.Colleague, name, pin string) {
	c.Click("[data-person] | " + name)
	c.WaitFor("[data-part=pinpad]")
	for _, digit := range pin {
		c.Click("[data-digit='" + string(digit) + "']")
	}
}

// TestASharedTabletInArabic shows it on a narrow screen with large text, from
// right to left; the digits are not turned round.
func TestASharedTabletInArabic(t *testing.T) {
	w := shop.Beside(t)
	choosesPIN(t, w, w.Staff("editor", "maria.ekberg"), "482915")
	c := w.Stranger("ar", browser.Device{Width: 320, Height: 640, Scale: 2, Touch: true})
	c.Navigate(addsTablet(t, w, w.Colleague(w.Staff("admin", "")), "Köket"))
	c.Click("[data-action=enrol]")
	c.WaitFor("[data-part=names]")
	tabletShot(t, c, "names-ar")
	c.Click("[data-person]")
	c.WaitFor("[data-part=pinpad]")
	browser.Eval[any](c.Page, `void (document.documentElement.style.fontSize = '200%')`)
	tabletShot(t, c, "pad-ar")
	if wide := browser.Eval[float64](c.Page, `document.documentElement.scrollWidth - innerWidth`); wide > 0 {
		t.Errorf("the page is %v px too wide", wide)
	}
	left := func(digit string) float64 {
		return browser.Eval[float64](c.Page, `document.querySelector('[data-digit="`+digit+`"]').getBoundingClientRect().left`)
	}
	if left("1") >= left("2") || left("2") >= left("3") {
		t.Error("the digits are turned round")
	}
}

func tabletShot(t *testing.T, c *town.Colleague, name string) {
	if dir := os.Getenv("FOLJE_TABLET_SHOTS"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".png"), c.Screenshot(true), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
