package e2e_test

import (
	"testing"

	"folje/test/browser"
	"folje/test/demo"
)

// colleague is a member of staff on her phone, signed in, working in Swedish.
type colleague struct {
	*browser.Page
	t    *testing.T
	town *town
	who  demo.Staff
}

// colleague signs somebody in on a phone of her own.
func (w *town) colleague(who demo.Staff) *colleague {
	w.t.Helper()
	c := &colleague{Page: shop.browser.Profile(w.t).Page(browser.Phone()), t: w.t, town: w, who: who}
	c.Navigate(w.url("/staff"))
	c.signsIn()
	c.WaitGone("label |= " + c.say("staff.signin.password"))
	return c
}

func (c *colleague) say(id string) string {
	c.t.Helper()
	return words(c.t, "sv", id, nil)
}

func (c *colleague) signsIn() {
	c.t.Helper()
	c.Fill("label |= "+c.say("staff.signin.email"), c.who.Email)
	c.Fill("label |= "+c.say("staff.signin.password"), c.who.Password)
	c.Click("button |= " + c.say("staff.signin.submit"))
}

// goesTo opens a group from her first page.
func (c *colleague) goesTo(group string) {
	c.t.Helper()
	c.Navigate(c.town.url("/staff"))
	c.Click("[data-group] | " + group)
	c.WaitFor("h1 | " + group)
}

// begins a letter of her own in a group.
func (c *colleague) begins(group string) {
	c.t.Helper()
	c.goesTo(group)
	c.Click("a |= " + c.say("staff.group.new_letter"))
	c.WaitFor("h1 |= " + c.say("staff.letter.write"))
}

// Fields of the editor, by the names that a screen reader says.
func (c *colleague) title() string    { return "textarea |= " + c.say("staff.letter.title") }
func (c *colleague) question() string { return "textarea |= " + c.say("staff.question.label") }

// block is the text field of the nth block, from 1, of several.
func (c *colleague) block(at, of int, kind string) string {
	c.t.Helper()
	return "textarea |= " + words(c.t, "sv", "staff.block.label", map[string]any{"Kind": c.say("staff.kind." + kind), "At": at, "Of": of})
}

// writes fills the letter that lies open: title, question, one paragraph after
// the other, as one types.
func (c *colleague) writes(title, question string, paragraphs ...string) {
	c.t.Helper()
	c.Fill(c.title(), title)
	c.Fill(c.question(), question)
	for i, text := range paragraphs {
		if i > 0 {
			c.Click("button |= " + words(c.t, "sv", "staff.block.add_at", map[string]any{"At": i + 1}))
		}
		c.Fill(c.block(i+1, i+1, "paragraph"), text)
	}
}

// saved waits until the server has what she wrote.
func (c *colleague) saved() {
	c.t.Helper()
	c.WaitFor("[data-savestate=saved]")
}

// publishes goes from the editor over the preview to the parents.
func (c *colleague) publishes(button string) {
	c.t.Helper()
	c.Click("button |= " + c.say("staff.letter.preview"))
	c.WaitFor("h1 |= " + c.say("staff.preview.title"))
	c.Click("button |= " + c.say(button))
	c.Click("dialog button |= " + c.say(button))
	c.WaitFor("[data-part=published]")
}
