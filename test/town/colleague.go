package town

import (
	"strings"

	"folje/test/browser"
	"folje/test/demo"
)

// Colleague is a member of staff, signed in, working in a language.
type Colleague struct {
	*browser.Page
	Tag  string
	Who  demo.Staff
	town *Town
}

// Colleague signs somebody in on a phone of her own that speaks Swedish.
func (w *Town) Colleague(who demo.Staff) *Colleague {
	w.r.Helper()
	c := w.Stranger("sv", browser.Phone())
	c.Who = who
	c.Navigate(w.URL("/staff"))
	c.SignsIn()
	c.WaitGone("label |= " + c.Say("staff.signin.password"))
	return c
}

// Stranger is somebody on a device of her own who has not signed in.
func (w *Town) Stranger(tag string, device browser.Device) *Colleague {
	w.r.Helper()
	device.Locale = tag
	return &Colleague{Page: w.shop.Profile(w.r).Page(device), Tag: tag, town: w}
}

// Say answers a message in her language.
func (c *Colleague) Say(id string) string {
	c.town.r.Helper()
	return c.town.Words(c.Tag, id, nil)
}

// SayCount answers a message in her language in the form that a number takes.
func (c *Colleague) SayCount(id string, count int) string {
	c.town.r.Helper()
	return c.town.shop.words.TextCount(c.Tag, id, float64(count), nil)
}

// SayUntil answers a message in her language up to its placeholder.
func (c *Colleague) SayUntil(id, placeholder string) string {
	c.town.r.Helper()
	const mark = "\x00"
	before, _, _ := strings.Cut(c.town.Words(c.Tag, id, map[string]any{placeholder: mark}), mark)
	return before
}

// SignsIn fills the form that is shown. A form that knows her asks for the
// password only.
func (c *Colleague) SignsIn() {
	c.town.r.Helper()
	email := "label |= " + c.Say("staff.signin.email")
	if c.Value(email) == "" {
		c.Fill(email, c.Who.Email)
	}
	c.Fill("label |= "+c.Say("staff.signin.password"), c.Who.Password)
	c.Click("[data-form=signin] button |= " + c.Say("staff.signin.submit"))
}

// LosesSession makes her token one that the server refuses, as it does with
// those it has taken back.
func (c *Colleague) LosesSession() {
	c.town.r.Helper()
	browser.Eval[any](c.Page, `void (() => {
		const kept = JSON.parse(localStorage.getItem('pocketbase_auth'));
		kept.token = kept.token.slice(0, -6) + 'AAAAAA';
		localStorage.setItem('pocketbase_auth', JSON.stringify(kept));
	})()`)
}

// GoesTo opens a group from her first page.
func (c *Colleague) GoesTo(group string) {
	c.town.r.Helper()
	c.Navigate(c.town.URL("/staff"))
	c.Click("[data-group] | " + group)
	c.WaitFor("h1 | " + group)
}

// Begins opens an empty letter in a group.
func (c *Colleague) Begins(group string) {
	c.town.r.Helper()
	c.GoesTo(group)
	c.Click("a |= " + c.Say("staff.group.new_letter"))
	c.WaitFor("h1 |= " + c.Say("staff.letter.write"))
}

// Title is the editor's field for it, by the name that a screen reader says.
func (c *Colleague) Title() string { return "textarea |= " + c.Say("staff.letter.title") }

// Question is the editor's field for the question of the day.
func (c *Colleague) Question() string { return "textarea |= " + c.Say("staff.question.label") }

// Paragraph is the field of the letter's block at a place, from 1, of several.
func (c *Colleague) Paragraph(at, of int) string {
	c.town.r.Helper()
	return "textarea |= " + c.town.Words(c.Tag, "staff.block.label", map[string]any{
		"Kind": c.Say("staff.kind.paragraph"), "At": at, "Of": of,
	})
}

// Writes fills the letter that lies open: title, question, one paragraph after
// the other.
func (c *Colleague) Writes(title, question string, paragraphs ...string) {
	c.town.r.Helper()
	c.Fill(c.Title(), title)
	c.Fill(c.Question(), question)
	for i, text := range paragraphs {
		if i > 0 {
			c.Click("button |= " + c.town.Words(c.Tag, "staff.block.add_at", map[string]any{"At": i + 1}))
		}
		c.Fill(c.Paragraph(i+1, i+1), text)
	}
}

// Saved waits until the server has what she wrote.
func (c *Colleague) Saved() {
	c.town.r.Helper()
	c.WaitFor("[data-savestate=saved]")
}

// GoesToPlace goes back to the first place of what she translates, and forward
// to a sentence.
func (c *Colleague) GoesToPlace(source string) {
	c.town.r.Helper()
	c.WaitFor("article.place")
	for _, way := range []string{"previous", "forward"} {
		next := "button[data-action=" + way + "]:not(:disabled)"
		for c.Count("article.place .source |= "+source) == 0 && c.Count(next) > 0 {
			c.Click(next)
		}
	}
	c.WaitFor("article.place .source |= " + source)
}

// Publishes goes from the editor over the preview to the parents.
func (c *Colleague) Publishes() { c.town.r.Helper(); c.sends("staff.publish.publish") }

// Corrects does the same with a letter that parents have.
func (c *Colleague) Corrects() { c.town.r.Helper(); c.sends("staff.publish.correct") }

func (c *Colleague) sends(button string) {
	c.town.r.Helper()
	c.asks(button)
	c.Click("dialog button |= " + c.Say(button))
	c.WaitFor("[data-part=published]")
}

// asks goes from the editor over the preview to the question before something
// goes out.
func (c *Colleague) asks(button string) {
	c.town.r.Helper()
	c.Click("button |= " + c.Say("staff.letter.preview"))
	c.WaitFor("h1 |= " + c.Say("staff.preview.title"))
	c.Click("button |= " + c.Say(button))
	c.WaitFor("dialog h2")
}

// AsksToPublish goes from the editor to the question before a letter goes out.
func (c *Colleague) AsksToPublish() { c.town.r.Helper(); c.asks("staff.publish.publish") }

// Sends publishes like [Colleague.Publishes], and stays where the letter waits
// to go out.
func (c *Colleague) Sends() {
	c.town.r.Helper()
	c.asks("staff.publish.publish")
	c.Click("dialog button |= " + c.Say("staff.publish.publish"))
	c.WaitFor("[data-part=going]")
}

// SendsLater does the same; phones are not to ring before a moment, as the
// field for it takes it: 2026-11-26T17:30.
func (c *Colleague) SendsLater(moment string) {
	c.town.r.Helper()
	c.asks("staff.publish.publish")
	c.Click("dialog label | " + c.Say("staff.ring.later"))
	c.Choose("dialog [name=hold]", moment)
	c.Click("dialog button |= " + c.Say("staff.publish.publish"))
}
