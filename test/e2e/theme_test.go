package e2e_test

import (
	"strings"
	"testing"
	"time"

	"folje/test/browser"
	"folje/test/town"
)

// The way of a theme: the coordinator writes it, the school puts it into its
// plan and makes the meeting, parents of two languages read what to think about
// and answer, also without a network, and get the letter afterwards.
func TestThemeToLetter(t *testing.T) {
	w := shop.Beside(t)
	class := w.Invitation("Klass 2")
	office := w.Office("admin")
	office.GivesYears(class.Group, "2", "2")
	day := town.InDays(20)
	for day.Weekday() != time.Wednesday {
		day = day.AddDate(0, 0, 1)
	}
	term := office.TermOf(day)

	const title, think = "Att sova gott", "När somnar ert barn lätt?"
	writesTheme(w, title, think)
	c := w.Colleague(w.Staff("admin", ""))
	meeting := plansTheme(t, c, w, office.Unit(class.Group), term, title, day)

	for _, tag := range []string{"sv", "ar"} {
		readsTheme(t, w.Parent(tag), class.Code, meeting, title, think)
	}
	if got := office.Answers(meeting); got.Accepted.Answers != 2 {
		t.Errorf("staff see %+v", got)
	}

	c.Navigate(w.URL("/staff/meetings/" + meeting + "/letter"))
	c.WaitUntil("document.querySelector('textarea')?.value.startsWith('" + title + " – ')")
	c.Fill(c.Paragraph(2, 4), "Vi pratade om kvällarna hemma.")
	c.Saved()
	c.Publishes()
	p := w.Parent("sv")
	p.Joins(class.Code)
	p.WaitFor("h1 |= " + p.Say("letters.title"))
	p.Reads(title)
}

// writesTheme has the coordinator write a theme in its three parts. Without a
// title she is told at the field.
func writesTheme(w *town.Town, title, think string) {
	c := w.Colleague(w.Staff("coordinator", ""))
	c.Profile().Allow(browser.Request, "/themes/records")
	c.Navigate(w.URL("/staff/themes"))
	c.Click("[data-action=new]")
	c.WaitFor("[data-form=theme]")
	c.Click("[data-form=theme] [data-action=save]")
	c.WaitFor("[data-form=theme] #title-error")
	c.Fill("[name=title]", title)
	c.Fill("[name=information]", "Barn behöver sova.")
	c.Fill("[name=discussion]", "Hur gör ni hemma?")
	c.Fill("[name=think]", think)
	c.Click("[data-form=theme] [data-action=save]")
	c.WaitFor("[data-theme=att_sova_gott]")
}

// plansTheme puts the theme into the plan, makes the class's meeting and invites
// its parents. It answers the meeting's id.
func plansTheme(t *testing.T, c *town.Colleague, w *town.Town, unit string, term town.Term, title string, day time.Time) string {
	t.Helper()
	c.Profile().Allow(browser.Request, "/term_plans/records")
	c.Navigate(w.URL("/staff/plan?unit=" + unit))
	c.Click("[data-action=new]")
	c.WaitFor("[data-form=plan]")
	c.Choose("[name=term]", term.ID)
	c.Choose("[name=yearFrom]", "1")
	c.Choose("[name=yearTo]", "3")
	c.Choose("[name=day]", "2031-01-01")
	c.Click("[data-form=plan] [data-action=save]")
	c.WaitFor("#theme-error")
	c.WaitFor("#day-error | " + term.Name)
	theme := browser.Eval[string](c.Page, "[...document.querySelectorAll('[name=theme] option')].find((o) => o.textContent === '"+title+"').value")
	c.Choose("[name=theme]", theme)
	c.Choose("[name=day]", day.Format(time.DateOnly))
	c.Click("[data-form=plan] [data-action=save]")
	c.WaitGone("[data-form=plan]")
	row := browser.Eval[string](c.Page, "[...document.querySelectorAll('[data-plan]')].find((e) => e.textContent.includes('"+title+"')).dataset.plan")

	c.Navigate(w.URL("/staff/plan/" + row))
	c.WaitFor("[data-form=make]")
	c.Fill("[name=place]", "Matsalen")
	c.Fill("[name=heldBy]", "Skolsköterskan Kim Ek")
	c.Click("[data-action=make]")
	c.WaitFor("[data-meeting]")
	c.WaitGone("[data-form=make]")
	c.Click("[data-action=invite-all]")
	c.Click("dialog [data-action=invite-confirm]")
	c.WaitGone("dialog")
	c.WaitGone("[data-action=invite-all]")
	return c.Attr("[data-meeting]", "data-meeting")
}

// readsTheme is a parent who finds the meeting in the calendar by its keys, and
// reads and answers it without a network.
func readsTheme(t *testing.T, p *town.Parent, code, meeting, title, think string) {
	t.Helper()
	p.Joins(code)
	p.KeepsAll()
	p.LosesNetwork()
	p.Click("nav a | " + p.Say("nav.meetings"))
	p.WaitFor("[data-meeting='" + meeting + "']")
	p.Click("[data-shape=month]")
	p.WaitFor(".month [tabindex='0']")
	before := p.Attr(".month [tabindex='0']", "data-day")
	browser.Eval[bool](p.Page, "document.querySelector('.month [tabindex=\"0\"]').focus() ?? true")
	p.Press("ArrowRight")
	forward := 1
	if p.Tag == "ar" {
		forward = -1
	}
	at, err := time.Parse(time.DateOnly, before)
	if err != nil {
		t.Fatal(err)
	}
	next := at.AddDate(0, 0, forward).Format(time.DateOnly)
	p.WaitUntil("document.activeElement?.dataset.day === '" + next + "'")
	p.WaitFor(".month td[aria-selected=true] [data-day='" + next + "']")
	p.Click("[data-shape=list]")
	p.Click("[data-meeting='" + meeting + "']")
	p.WaitFor("h1 | " + title)
	p.WaitFor("[data-part=think] | " + think)
	for _, words := range []string{p.Say("theme.think"), p.Say("theme.discussion"), "Skolsköterskan Kim Ek", "Matsalen"} {
		if !strings.Contains(p.Text("article"), words) {
			t.Errorf("in %s the meeting does not say %q", p.Tag, words)
		}
	}
	p.Click("[data-status=accepted]")
	p.WaitFor("[data-stage=pending]")
	p.Profile().Offline(false)
	p.WaitFor("[data-stage=applied]")
}

// What is open to everybody is found without a code and without a network, by
// its next times.
func TestActivitiesWithoutACode(t *testing.T) {
	w := shop.Beside(t)
	office := w.Office("admin")
	first := town.InDays(2)
	at := func(day time.Time, clock string) string { return day.Format(time.DateOnly) + "T" + clock }
	office.Saves("activities", map[string]any{
		"unit": office.Unit(w.Invitation("ppna").Group), "title": "Bokprat", "information": "Vi läser tillsammans.", "place": "Biblioteket",
		"ageFrom": 3, "ageTo": 6, "starts": at(first, "10:00"), "ends": at(first, "11:00"), "rrule": "FREQ=DAILY;COUNT=6",
		"exceptions": []map[string]any{{"on": first.AddDate(0, 0, 1).Format(time.DateOnly), "cancelled": true}},
	})
	p := w.Parent("sv")
	p.Open("/activities")
	p.WaitFor("[data-activity] h2 | Bokprat")
	p.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")
	card := "[...document.querySelectorAll('[data-activity]')].find((e) => e.textContent.includes('Bokprat'))"
	if got := browser.Eval[[]bool](p.Page, "[..."+card+".querySelectorAll('[data-starts]')].map((e) => !!e.querySelector('[data-cancelled]'))"); len(got) != 3 || !got[1] || got[0] {
		t.Errorf("of the next times these are cancelled: %v", got)
	}
	browser.Eval[bool](p.Page, card+".querySelector('[data-action=more]').click() ?? true")
	p.WaitUntil(card + ".querySelectorAll('[data-starts]').length === 6")
	if text := p.Text("main"); !strings.Contains(text, "Biblioteket") || !strings.Contains(text, "3–6") {
		t.Errorf("the page says %q", text)
	}
}
