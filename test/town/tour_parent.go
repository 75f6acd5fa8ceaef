package town

import (
	"strings"

	"folje/test/browser"
)

// Visit is told of every screen of a tour when it is on the page. It may look
// at the page in other sizes and lights, and leaves it where it was.
type Visit func(name string, page *browser.Page)

// TourParent shows every screen that parents can meet, in one language.
func (w *Town) TourParent(tag string, visit Visit) {
	w.r.Helper()
	p := w.Parent(tag)
	w.tourFirstVisit(p, visit)
	w.tourJoining(p, visit)
	w.tourLetters(p, visit)
	w.tourGroups(p, visit)
	w.tourMeetings(p, visit)
	w.tourOwnWishes(p, visit)
	w.tourOwn(p, visit)
	w.tourBell(p, visit)
	w.tourGuide(p, visit)
	w.tourOffline(p, visit)
	w.tourInApp(tag, visit)
}

func (w *Town) tourFirstVisit(p *Parent, visit Visit) {
	w.r.Helper()
	p.Navigate(w.URL("/"))
	p.WaitFor("main[data-view=language]")
	visit("language-first", p.Page)
	p.Chooses(p.Tag)
	p.WaitFor("h1 |= " + p.Say("welcome.title"))
	visit("welcome", p.Page)
	p.Click("a |= " + p.Say("welcome.look"))
	p.WaitFor("h1 |= " + p.Say("guide.title"))
	p.Click("nav a |= " + p.Say("nav.letters"))
	p.WaitFor("h1 |= " + p.Say("letters.title"))
	visit("letters-none", p.Page)
	p.Click("nav a |= " + p.Say("nav.meetings"))
	p.WaitFor("h1 |= " + p.Say("meetings.title"))
	visit("meetings-none", p.Page)
	p.Click("nav a |= " + p.Say("nav.more"))
	p.Click("a |= " + p.Say("groups.title"))
	p.WaitFor("h1 |= " + p.Say("groups.title"))
	visit("groups-none", p.Page)
}

func (w *Town) tourJoining(p *Parent, visit Visit) {
	w.r.Helper()
	p.Profile().Allow(browser.Request, "/devices/")
	p.Navigate(w.URL("/join"))
	p.WaitFor("h1 |= " + p.Say("join.title"))
	visit("join", p.Page)
	p.Fill("#code", "AAAAABBBBB")
	p.Click("button |= " + p.Say("join.submit"))
	p.WaitFor("#code-error | " + p.Say("error.code_invalid"))
	visit("join-wrong", p.Page)
	p.Navigate(w.URL("/join#" + w.Invitation("Blåsippan").Code))
	p.WaitFor("h1 |= " + p.Say("join.title_brought"))
	visit("join-scanned", p.Page)
	p.Click("button |= " + p.Say("join.submit"))
	p.WaitFor("h1 |= " + p.Say("join.done"))
	visit("joined", p.Page)
	p.Click("a |= " + p.Say("join.read"))
}

func (w *Town) tourLetters(p *Parent, visit Visit) {
	w.r.Helper()
	p.WaitFor("a.letter-row")
	visit("letters", p.Page)
	if p.Tag == "sv" {
		p.Click("a.letter-row")
	} else {
		p.Click("a.letter-row:has(h2 [lang=" + p.Tag + "])")
	}
	p.WaitFor("article.letter")
	visit("letter", p.Page)
	if p.Tag != "sv" {
		p.Click("[data-sentence='b0.0']")
		p.WaitFor(".original")
		visit("letter-sentence", p.Page)
		p.Click("[data-mode=both]")
		p.WaitFor(".pair")
		visit("letter-both", p.Page)
		p.Click("[data-mode=source]")
		p.WaitFor(".letter-text [lang=sv]")
		visit("letter-source", p.Page)
	}
	p.Back()
	w.tourHalf(p, visit)
	p.Navigate(w.URL("/letters/nothing"))
	p.WaitFor("h1 |= " + p.Say("letter.gone"))
	visit("letter-gone", p.Page)
}

// tourHalf opens the demonstration's letter that is translated in parts only.
func (w *Town) tourHalf(p *Parent, visit Visit) {
	w.r.Helper()
	if p.Tag == "sv" {
		return
	}
	p.Joins(w.Invitation("Trollsländan").Code)
	p.Click("a.letter-row:has([data-state=missing])")
	p.WaitFor("article.letter [data-state=missing]")
	visit("letter-half", p.Page)
	p.Back()
	p.WaitFor("a.letter-row")
}

func (w *Town) tourGroups(p *Parent, visit Visit) {
	w.r.Helper()
	p.Navigate(w.URL("/groups"))
	p.WaitFor("[data-group]")
	visit("groups", p.Page)
	p.Click("[data-group] button | " + p.Say("groups.leave"))
	p.WaitFor(".leaving")
	visit("groups-leave", p.Page)
	p.Click("button |= " + p.Say("groups.leave_no"))
	p.Click("a |= " + p.Say("groups.handover"))
	p.WaitFor("h1 |= " + p.Say("handover.title"))
	visit("handover", p.Page)
	p.Click("button |= " + p.Say("handover.make"))
	p.WaitFor("[data-handover]")
	visit("handover-code", p.Page)
	p.Navigate(w.URL("/more"))
	p.WaitFor("h1 |= " + p.Say("more.title"))
	visit("more", p.Page)
	p.Click("a[href='/more/about']")
	p.WaitFor("[data-kept=meta]")
	visit("about", p.Page)
	p.Navigate(w.URL("/language"))
	p.WaitFor("main[data-view=language]")
	visit("language", p.Page)
}

func (w *Town) tourOffline(p *Parent, visit Visit) {
	w.r.Helper()
	p.KeepsAll()
	WithoutNetwork(p.Page)
	p.Navigate(w.URL("/letters"))
	p.WaitFor("[data-line=offline]")
	visit("letters-offline", p.Page)
	w.tourErasing(p, visit)
	p.Profile().Offline(false)
}

// tourInApp is what a chat app's own browser shows.
func (w *Town) tourInApp(tag string, visit Visit) {
	w.r.Helper()
	phone := browser.Phone()
	phone.Locale = tag
	phone.UserAgent = "Mozilla/5.0 (Linux; Android 13; SM-A135F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/440.0;]"
	p := w.ParentOn(w.shop.Profile(w.r), phone, tag)
	p.Open("/join#" + strings.ToLower(w.Invitation("Blåsippan").Code))
	p.WaitFor("[data-in-app]")
	visit("in-app", p.Page)
}
