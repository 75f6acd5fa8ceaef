// Package languages goes through parents' screens as somebody does who reads
// one of the app's languages, and looks closely at every screen: nothing is cut
// off, nothing runs the wrong way, and every number can be read.
package languages

import (
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// All are the languages that bring something of their own: writing from the
// right, another script, long words, names of dates that browsers lack.
var All = []string{"ar", "fa-AF", "ti", "ckb", "uk"}

// reader is a parent who looks closely at every screen.
type reader struct {
	*town.Parent
	t *testing.T
	w *town.Town
}

// Journey takes a parent who reads the language through the whole app on a
// small phone, from the poster's code to the day she erases everything, at last
// without a network.
func Journey(t *testing.T, shop *town.Workshop, w *town.Town, tag string) {
	t.Helper()
	phone := browser.Phone()
	phone.Locale = tag
	r := reader{w.ParentOn(shop.Profile(t), phone, tag), t, w}
	r.arrives()
	r.reads()
	r.answers()
	r.wishes()
	r.looksAround()
	r.leaves()
}

// arrives scans the poster, chooses her language and joins.
func (r reader) arrives() {
	r.Navigate(r.w.URL("/join#" + r.w.Invitation("Blåsippan").Code))
	r.WaitFor("main[data-view=language]")
	r.sees("language-first")
	r.Chooses(r.Tag)
	r.WaitFor("h1 |= " + r.Say("join.title_brought"))
	r.sees("join")
	r.Click("button |= " + r.Say("join.submit"))
	r.WaitFor("h1 |= " + r.Say("join.done"))
	r.sees("joined")
	r.Click("a |= " + r.Say("join.read"))
	r.WaitFor("a.letter-row h2 [lang=" + r.Tag + "]")
	r.WaitFor("[data-next]")
	r.sees("letters")
}

// reads a letter in her language, a sentence's original with a school word in
// it, and both languages beside each other.
func (r reader) reads() {
	r.Click("a.letter-row:has(h2 [lang=" + r.Tag + "])")
	r.WaitFor("article.letter [data-sentence='b0.0'][lang=" + r.Tag + "]")
	r.WaitFor("button |= " + r.Say("report.start"))
	r.sees("letter")
	r.Click("[data-mode=source]")
	r.WaitFor("[data-sentence] button.word")
	r.sees("letter-source")
	place := browser.Eval[string](r.Page, "document.querySelector('[data-sentence]:has(button.word)').dataset.sentence")
	r.Click("[data-mode=translation]")
	r.Click(".sentence[data-sentence='" + place + "']")
	r.Click(".original button.word")
	r.WaitFor("[data-explained] [lang=" + r.Tag + "]")
	r.sees("letter-original")
	r.Click("[data-mode=both]")
	r.WaitFor(".pair .twin")
	r.sees("letter-both")
	r.Back()
}

// answers an invitation and asks for an interpreter.
func (r reader) answers() {
	r.Click("nav a |= " + r.Say("nav.meetings"))
	r.WaitFor("a[data-meeting] [data-unanswered]")
	r.sees("meetings")
	r.Click("a[data-meeting]:has([data-unanswered])")
	r.WaitFor("article.meeting .question [lang=" + r.Tag + "]")
	r.sees("meeting")
	r.Click("article.meeting [data-status=accepted]")
	r.Click("label | " + r.Say("interpreter.need"))
	r.Click("[data-mode=phone]")
	r.WaitFor("[data-mode=phone][aria-pressed=true]")
	if language := r.Value("#interpreter-language"); language != r.Tag {
		r.t.Errorf("a phone that reads %s is offered an interpreter for %q first", r.Tag, language)
	}
	r.Click("[data-worry] summary")
	r.WaitFor("[data-stage=applied]")
	r.sees("meeting-answered")
}

func (r reader) wishes() {
	r.Click("nav a |= " + r.Say("nav.meetings"))
	r.Click("a |= " + r.Say("wish.title"))
	r.Click("button |= " + r.Say("wish.send"))
	r.WaitFor("#wish-error | " + r.Say("wish.empty"))
	r.Fill("#wish", r.Say("wish.title"))
	r.Click("button |= " + r.Say("wish.send"))
	r.WaitFor("[data-wish] [data-stage=applied]")
	r.sees("wishes")
}

// looksAround opens everything behind "more".
func (r reader) looksAround() {
	r.Click("nav a |= " + r.Say("nav.more"))
	r.WaitFor("[data-contact]")
	r.sees("more")
	for _, place := range []struct{ name, path, shows string }{
		{"groups", "/groups", "[data-group]"},
		{"notifications", "/more/notifications", "[data-push]"},
		{"words", "/more/words", "[data-explained] [lang=" + r.Tag + "]"},
		{"outbox", "/more/outbox", "main h1"},
		{"calendar", "/more/calendar", "[data-action=open]"},
		{"install", "/start", "main h1"},
		{"handover", "/groups/handover", "main h1"},
		{"language", "/language", "[data-locale][aria-current=true]"},
	} {
		r.Navigate(r.w.URL(place.path))
		r.WaitFor(place.shows)
		r.sees(place.name)
	}
	r.Navigate(r.w.URL("/more/calendar"))
	r.Click("[data-action=open]")
	r.WaitFor("[data-calendar]")
	r.sees("calendar-address")
	r.Navigate(r.w.URL("/more/erase"))
	r.WaitFor("[data-action=ask]")
	r.sees("erase")
}

// leaves without a network: what she has can still be read, a wish waits, and
// then everything goes.
func (r reader) leaves() {
	r.KeepsAll()
	r.LosesNetwork()
	r.Navigate(r.w.URL("/letters"))
	r.WaitFor("a.letter-row h2 [lang=" + r.Tag + "]")
	r.WaitFor("[data-line=offline]")
	r.sees("letters-offline")
	r.Click("a.letter-row:has(h2 [lang=" + r.Tag + "])")
	r.WaitFor("article.letter [data-sentence='b0.0'][lang=" + r.Tag + "]")
	r.sees("letter-offline")
	r.Navigate(r.w.URL("/more/erase"))
	r.Click("[data-action=ask]")
	r.WaitFor("[data-action=erase]")
	r.sees("erase-sure")
	r.Click("[data-action=erase]")
	r.WaitFor("[data-erased=waiting]")
	r.sees("erased")
}

// sees looks at the present screen on a small old phone and on her own.
func (r reader) sees(screen string) {
	r.t.Helper()
	for _, width := range []int{320, 360} {
		r.SetSize(width, 740)
		for _, fault := range Look(r.Page, r.Tag) {
			r.t.Errorf("%s at %d px: %s", screen, width, fault)
		}
	}
}
