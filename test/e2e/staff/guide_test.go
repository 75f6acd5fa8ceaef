package staff_test

import (
	"strconv"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// Any member of staff sees who does what: the chain of help as a picture that
// fits a phone and paper, what only staff read, and all of it without a network.
func TestWhoDoesWhat(t *testing.T) {
	w := shop.Beside(t)
	c := w.Colleague(w.Staff("editor", ""))
	c.Click("a[data-way='/staff/guide']")
	c.WaitFor("[data-part=chain] .stage:nth-child(3) [data-chain=sig]")
	c.WaitFor("[data-section=history] [data-entry=tabb]")
	for _, width := range []int{320, 360, 1280} {
		c.SetSize(width, 740)
		if wide := browser.Eval[int](c.Page, "document.documentElement.scrollWidth"); wide > width {
			t.Errorf("on %d px the page is %d wide", width, wide)
		}
	}
	if bars := browser.Eval[int](c.Page, "[...document.querySelectorAll('.years .of')].filter((b) => b.getBoundingClientRect().width > 4).length"); bars < 6 {
		t.Errorf("%d bars are drawn", bars)
	}
	c.SetSize(360, 740)
	if paper := c.PDF(); len(paper) < 2_000 {
		t.Errorf("printed, it is %d bytes", len(paper))
	}
	c.Click("[data-chain=ior]")
	c.WaitFor("[data-part=staff] h3 |= " + c.Say("staff.guide.note.requires"))
	c.KeepsAll()
	town.WithoutNetwork(c.Page)
	c.Reload()
	c.WaitFor("[data-part=staff] p")
	c.Click("a.up")
	c.WaitFor("[data-kept]")
	c.WaitFor("[data-part=chain] [data-chain=steget]")
	if edits := c.Count("[data-action=new]"); edits != 0 {
		t.Error("an editor of letters is offered to write the guide")
	}
}

// Two write one entry at once. What only one changed is taken over; of what
// both changed both texts are shown, and the one who chose decides.
func TestTwoWriteOneEntry(t *testing.T) {
	w := shop.Beside(t)
	first, second := w.Colleague(w.Staff("coordinator", "")), w.Colleague(w.Staff("admin", ""))
	second.Profile().Allow(browser.Request, "/guide_entries/records/")
	for _, page := range []*browser.Page{first.Page, second.Page} {
		page.Navigate(w.URL("/staff/guide/bvc/edit"))
		page.WaitFor("form textarea[name=text-0]")
	}
	title := browser.Eval[string](first.Page, "document.querySelector('[name=title]').value")
	first.Fill("[name=title]", "Hälsokoll för de minsta")
	first.Fill("[name=address]", "Ågatan 12, Björkhult")
	first.Click("[data-action=save]")
	first.WaitFor("main[data-view=staff-guide-entry] header | Hälsokoll för de minsta")

	second.Fill("[name=title]", "Barnavård nära dig")
	second.Fill("[name=place]", "Hälsans hus")
	second.Click("[data-action=save]")
	second.WaitFor("[data-difference=title] | Hälsokoll för de minsta")
	second.WaitFor("[data-difference=title] | Barnavård nära dig")
	second.Click("[data-difference=title] [data-action=take-theirs]")
	if now := second.Value("[name=title]"); now != "Hälsokoll för de minsta" {
		t.Errorf("having taken the other's, the form says %q (it was %q)", now, title)
	}
	second.Click("[data-difference=title] [data-action=take-mine]")
	second.Click("[data-action=save]")
	second.WaitFor("main[data-view=staff-guide-entry] header | Barnavård nära dig")
	second.WaitFor("[data-part=contacts] | Hälsans hus")

	t.Log("bad input is told at its field, in words")
	second.Click("[data-action=edit]")
	second.WaitFor("[name=title]")
	second.Fill("[name=ageTo]", "40")
	second.Click("[data-action=save]")
	second.WaitFor("#ageTo-error")
	second.Fill("[name=ageTo]", "5")
	second.Click("[data-list=contacts] [data-action=add]")
	second.Fill("[data-list=contacts] .growrow:nth-last-child(2) [name^=value]", "ring mig")
	second.Click("[data-action=save]")
	second.WaitFor("#contacts-error")
	second.Click("[data-list=contacts] .growrow:nth-last-child(2) [data-action=remove]")
	second.Click("[data-action=save]")
	second.WaitFor("main[data-view=staff-guide-entry]")

	t.Log("the entry is right today")
	before := second.Text("[data-checked]")
	second.Click("[data-action=checked]")
	second.WaitUntil("document.querySelector('[data-checked]').innerText !== " + strconv.Quote(before))

	p := w.Parent("sv")
	p.Open("/guide/bvc")
	p.WaitFor("article[data-entry=bvc] | Barnavård nära dig")
}

// In a small town a weekday can tell who a child is: leaders publish each
// detail for itself, and until they do parents get none.
func TestLeadersChooseWhatIsPublished(t *testing.T) {
	w := shop.Beside(t)
	c := w.Colleague(w.Staff("steget", ""))
	c.Click("a[data-way='/staff/guide']")
	c.Click("[data-action=groups]")
	c.WaitFor("[data-group] | " + c.Say("staff.guide.publishes_none"))
	p := w.Parent("sv")
	p.Open("/guide/steget")
	p.WaitFor("[data-groups] .fact | " + p.Say("guide.group_when"))
	if told := p.Count("[data-groups] .card .fact"); told != 0 {
		t.Errorf("%d times are shown that nobody published", told)
	}
	c.Click("[data-group]")
	c.WaitFor("[data-group-form] .notice.late")
	c.Click("[name=publish-weekday]")
	c.Click("[data-action=save]")
	c.WaitFor("[data-group] | " + c.Say("staff.guide.group.weekday"))
	p.Navigate(w.URL("/guide/steget"))
	p.WaitFor("[data-groups] .card .fact")
}
