package town

import (
	"fmt"
	"strings"
)

// Hand is a colleague whose taps are counted.
type Hand struct {
	*Colleague
	Taps int // beside typing
}

// Hand signs the first colleague with a role in, which is one tap.
func (w *Town) Hand(role string) *Hand {
	w.r.Helper()
	return &Hand{w.Colleague(w.Staff(role, "")), 1}
}

// Tap taps once.
func (h *Hand) Tap(selector string) {
	h.town.r.Helper()
	h.Click(selector)
	h.Taps++
}

// Opens goes up to staff's first page and from there one of its ways.
func (h *Hand) Opens(way string) {
	h.town.r.Helper()
	h.Navigate(h.town.URL("/staff"))
	h.Tap("[data-way='" + way + "']")
}

// FromBegunToALetter goes an administrator's way from a municipality that has
// only just begun: groups, posters, colleagues, and a letter in one group,
// which a parent reads on her phone. The group's name is answered too.
func (w *Town) FromBegunToALetter() (admin *Hand, parent *Parent, group string) {
	w.r.Helper()
	h := w.Hand("admin")
	code, group := h.makesGroups("Tallen", "Granen", "Eken", "Lönnen", "Boken")
	h.invites("Per Ek", "Amina Noor")
	p := w.Parent("sv")
	p.Joins(code)
	h.Navigate(w.URL("/staff"))
	h.Tap("[data-group] | " + group)
	h.Tap("[data-action=new-letter]")
	h.Writes("Välkomna", "Hur kan vi tillsammans få en bra start?", "Vi ses i hallen.")
	h.Publishes()
	h.Taps += 3
	p.Syncs()
	p.Reads("Välkomna")
	p.WaitFor("article.letter | Vi ses i hallen.")
	return h, p, group
}

// makesGroups makes the groups of the only unit, and posters for all of them.
// It answers the first poster's code and group.
func (h *Hand) makesGroups(names ...string) (code, group string) {
	h.town.r.Helper()
	h.Opens("/staff/admin")
	h.Tap("a[data-unit]")
	h.WaitFor("[data-action=edit-unit]")
	for i, name := range names {
		h.Tap("[data-action=new]")
		h.Fill("[name=name]", name)
		h.Fill("[name=children]", fmt.Sprint(12+i))
		h.Tap("[data-form=group] [data-action=save]")
		h.WaitFor("[data-group] | " + name)
	}
	h.Tap("[data-action=posters]")
	h.Tap("[data-action=make]")
	h.WaitFor("article.sheet | " + names[len(names)-1])
	if n := h.Count("article.sheet"); n != len(names) {
		h.town.r.Errorf("%d posters for %d groups", n, len(names))
	}
	return strings.TrimSpace(h.Text("article.sheet .code")), strings.TrimSpace(h.Text("article.sheet .sheet-place strong"))
}

// invites colleagues, whose links she hands over herself.
func (h *Hand) invites(names ...string) {
	h.town.r.Helper()
	for _, name := range names {
		h.Opens("/staff/people")
		h.Tap("a[href='/staff/people/new']")
		h.Fill("[name=name]", name)
		h.Fill("[name=email]", strings.ToLower(strings.ReplaceAll(name, " ", "."))+"@bjorkhult.example")
		h.Tap("[data-form=person] [data-action=save]")
		h.WaitFor("dialog [data-link]")
		h.Tap("dialog [data-action=close]")
		h.WaitFor("li | " + name)
	}
}
