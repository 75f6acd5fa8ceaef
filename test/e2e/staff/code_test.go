package staff_test

import (
	"regexp"
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// sentCode is the code in an e-mail that has only just come.
var sentCode = regexp.MustCompile(`\s(\d{6})\.`)

// codeFor waits for the e-mail with a code for an address.
func codeFor(t *testing.T, m *town.Mailbox, address string) string {
	t.Helper()
	text := m.For(address)
	code := sentCode.FindStringSubmatch(text)
	if code == nil {
		t.Fatalf("there is no code in\n%s", text)
	}
	return code[1]
}

// other is a code that isn't this one.
func other(code string) string {
	return strings.Repeat(map[bool]string{true: "2", false: "1"}[code[0] == '1'], len(code))
}

// An administrator has codes sent to everybody who signs in, once one has come
// to herself. A colleague gets in with her password and the code from her
// e-mail; the wrong one, and the one before it, let nobody in.
func TestSigningInWithACode(t *testing.T) {
	w := shop.Beside(t)
	post := town.NewMailbox(t)
	w.Operator().SendsMail(post)
	admin := w.Colleague(w.Staff("admin", ""))
	admin.Profile().Allow(browser.Request, "/staff/colleagues/codes") // the wrong one
	admin.Navigate(w.URL("/staff/people"))
	admin.Click("[data-part=codes] [data-action=codes]")
	field, code := "input[name=code]", codeFor(t, post, admin.Who.Email)
	admin.Fill(field, other(code))
	admin.Click("dialog [data-action=codes-on]")
	admin.WaitFor("#code-error | " + admin.Say("error.code_wrong"))
	admin.Fill(field, code)
	admin.Click("dialog [data-action=codes-on]")
	admin.WaitFor("[data-part=codes] p | " + admin.Say("staff.people.codes_on"))

	c := w.Stranger("sv", browser.Phone())
	c.Who = w.Staff("editor", "")
	c.Profile().Allow(browser.Request, "/api/collections/staff/auth-with-") // half a way in is answered with 401
	c.Navigate(w.URL("/staff"))
	c.SignsIn()
	c.WaitFor("[data-form=code] p | " + c.Say("staff.signin.code_sent"))
	first := codeFor(t, post, c.Who.Email)
	c.Fill(field, other(first))
	c.Click("[data-form=code] [data-action=code]")
	c.WaitFor("[role=alert] | " + c.Say("staff.signin.wrong_code"))
	c.Click("[data-form=code] [data-action=code-again]")
	second := codeFor(t, post, c.Who.Email)
	if first != second {
		c.Fill(field, first)
		c.Click("[data-form=code] [data-action=code]")
		c.WaitFor("[role=alert] | " + c.Say("staff.signin.wrong_code"))
	}
	c.Fill(field, second[:3]+" "+second[3:]) // as people read it out
	c.Click("[data-form=code] [data-action=code]")
	c.WaitFor("[data-group]")
}
