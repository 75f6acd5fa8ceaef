package e2e_test

import (
	"testing"

	"folje/test/browser"
)

// parent is somebody with a phone, reading in a language.
type parent struct {
	*browser.Page
	t    *testing.T
	town *town
	tag  string // her locale
}

// parent gives somebody a phone that has never been here. The phone itself
// speaks her language.
func (w *town) parent(tag string) *parent {
	w.t.Helper()
	return w.parentOn(shop.browser.Profile(w.t), tag)
}

func (w *town) parentOn(profile *browser.Profile, tag string) *parent {
	w.t.Helper()
	phone := browser.Phone()
	phone.Locale = tag
	return &parent{Page: profile.Page(phone), t: w.t, town: w, tag: tag}
}

// say answers a message in her language.
func (p *parent) say(id string) string {
	p.t.Helper()
	return words(p.t, p.tag, id, nil)
}

// open goes to a path and answers the question for the language, if it comes.
func (p *parent) open(path string) {
	p.t.Helper()
	p.Navigate(p.town.url(path))
	p.WaitFor("h1")
	if p.Attr("main", "data-view") == "language" {
		p.chooses(p.tag)
	}
}

// chooses taps a language's own name.
func (p *parent) chooses(tag string) {
	p.t.Helper()
	p.tag = tag
	p.Click("button |= " + p.say("locale.name"))
	p.WaitUntil("document.documentElement.lang === '" + langTag(tag) + "'")
}

// langTag is the locale as HTML's lang attribute has it.
func langTag(tag string) string { return tag }

// joins follows an invitation's link, says yes and goes to the letters.
func (p *parent) joins(code string) {
	p.t.Helper()
	p.open("/join#" + code)
	p.Click("button |= " + p.say("join.submit"))
	p.Click("a |= " + p.say("join.read"))
	p.WaitFor("h1 |= " + p.say("letters.title"))
}

// reads opens the letter whose title contains words.
func (p *parent) reads(words string) {
	p.t.Helper()
	p.Click("a.letter-row | " + words)
	p.WaitFor("article.letter")
}
