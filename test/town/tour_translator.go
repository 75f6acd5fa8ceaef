package town

import (
	"folje/internal/text"
	"folje/test/browser"
)

// reported is the question of the meeting that readers do not understand.
const reported = "Hur kan vi tillsammans göra morgnarna lugna?"

// TourTranslator shows every screen of those who translate, in one language.
func (w *Town) TourTranslator(tag string, visit Visit) {
	w.r.Helper()
	c := w.Stranger(tag, browser.Phone())
	c.Who = w.Staff("translator", "")
	c.Navigate(w.URL("/translate"))
	c.SignsIn()
	c.styled()
	c.WaitFor("h1 |= " + c.Say("translate.queue.title"))
	visit("translate-queue", c.Page)
	c.Click("[data-letter] a.waiting")
	c.WaitFor("article.place")
	visit("translate-place", c.Page)
	c.Fill("article.place textarea", "نلتقي في الساحة.")
	c.WaitFor("article.place | " + c.Say("translate.not_shown"))
	visit("translate-typed", c.Page)
	c.SetSize(1280, 800)
	c.WaitFor("article.place.paired")
	visit("translate-wide", c.Page)
	c.SetSize(360, 740)
	w.tourDesk(c, visit)
	w.tourReports(c, visit)
	c.Navigate(w.URL("/staff/groups/another"))
	c.WaitFor("main[data-view=staff-not-allowed] h1")
	visit("staff-not-allowed", c.Page)
}

// tourDesk shows what the desk says of a text that would mislead, of sentences
// that are known from another letter, of one that was changed, and of its keys;
// and the app's own texts in it.
func (w *Town) tourDesk(c *Colleague, visit Visit) {
	w.r.Helper()
	office, group := w.Office("editor"), w.Ways.Invitations[0].Group
	letter := Letter{Title: "Simning", Question: "Vad vill ni göra?", Paragraphs: []string{"Vi ses kl. 9.30 på gården. Glöm inte handduken."}}
	first := office.Writes(group, letter)
	w.Office("translator").Translates(first, "ar")
	c.OpensDesk(office.Writes(group, Letter{Title: "Mera simning", Question: letter.Question, Paragraphs: letter.Paragraphs}), "ar")
	c.Click("button[data-action=look]")
	c.WaitFor("[data-part=reused-list]")
	visit("translate-reused", c.Page)

	letter.Paragraphs = []string{"Vi ses kl. 10.15 på gården. Glöm inte handduken."}
	office.Corrects(first, letter)
	c.OpensDesk(first, "ar")
	c.GoesToPlace("Vi ses kl. 10.15 på gården.")
	visit("translate-changed", c.Page)
	c.Fill("article.place textarea", "نلتقي في الساحة الساعة 9:45.")
	c.WaitFor("[data-part=faults][data-hard=true]")
	visit("translate-fault", c.Page)
	c.SetSize(1280, 800)
	c.Click("button[data-action=keys]")
	c.WaitFor("dialog[open] h2")
	visit("translate-keys", c.Page)
	c.Press("Escape")
	c.Navigate(w.URL("/translate/messages/push/ar"))
	c.WaitFor("article.place")
	for c.Count("[data-part=form]") == 0 {
		c.Click(":is(button[data-action=page-after], button[data-action=forward]):not([disabled])")
	}
	visit("translate-messages", c.Page)
}

// tourReports has a meeting to translate, and readers who did not understand
// its question.
func (w *Town) tourReports(c *Colleague, visit Visit) {
	w.r.Helper()
	editor := w.Colleague(w.Staff("editor", ""))
	meeting := editor.Plans(w.Ways.Invitations[0].Group, Plan{Day: InDays(14), Place: "Matsalen", Question: reported})
	editor.Invites()
	editor.Close()
	phone := w.Phone(w.Ways.Invitations[0].Code)
	for _, note := range []string{"Vad betyder lugna här?", ""} {
		body := Wanted{"segment": text.SegmentID("sv", reported), "locale": "ar", "note": note}
		if verdict, code := phone.Does("report", body); verdict != "applied" {
			w.r.Fatalf("a report is %s: %s", verdict, code)
		}
	}
	c.Navigate(w.URL("/translate"))
	c.WaitFor("[data-meeting='" + meeting + "'] [data-locale=ar]")
	visit("translate-queue-meetings", c.Page)
	c.Click("[data-meeting='" + meeting + "'] [data-locale=ar]")
	c.WaitFor("[data-part=reports]")
	visit("translate-reports", c.Page)
}
