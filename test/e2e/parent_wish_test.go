package e2e_test

import (
	"slices"
	"testing"

	"folje/test/browser"
)

// A wish is written without a network, reaches the staff once, and is listed
// on the phone that it was written on only.
func TestWish(t *testing.T) {
	const text = "كيف نتحدث عن الشاشات؟"
	w := shop.Beside(t)
	office, group := w.Office("editor"), w.Ways.Invitations[0]
	p := w.Parent("ar")
	p.Joins(group.Code)
	p.KeepsAll()
	p.LosesNetwork()
	p.Click("nav a |= " + p.Say("nav.meetings"))
	p.Click("a |= " + p.Say("wish.title"))
	p.Click("button |= " + p.Say("wish.send"))
	p.WaitFor("#wish-error | " + p.Say("wish.empty"))
	p.WaitFor("[data-worry] | " + p.Say("worry.not_here"))
	p.Fill("#wish", text)
	p.Click("button |= " + p.Say("wish.send"))
	p.WaitFor("[data-wish] [data-stage=pending]")
	p.Profile().Offline(false)
	p.WaitFor("[data-wish] [data-stage=applied]")
	written := slices.DeleteFunc(office.Wishes(group.Group), func(wish string) bool { return wish != text })
	if len(written) != 1 {
		t.Errorf("staff see the wish %d times", len(written))
	}
	p.Reload()
	p.WaitFor("[data-wish] [data-stage=applied]")
	other := w.Parent("sv")
	other.Joins(group.Code)
	other.Navigate(w.URL("/wishes"))
	other.WaitFor("#wish")
	if other.Count("[data-wish]") != 0 {
		t.Error("another phone lists a wish that it has not sent")
	}
}

// A reader points at a sentence that she does not understand, in translation
// and in the original, without a network; the translators are told.
func TestReport(t *testing.T) {
	w := shop.Beside(t)
	group := w.Ways.Invitations[0]
	p := w.Parent("ar")
	p.Joins(group.Code)
	p.Click("a.letter-row:has(h2 [lang=ar])")
	p.WaitFor("article.letter [lang=ar][data-sentence='b0.0']")
	letter := p.Attr("article.letter", "data-letter")
	p.KeepsAll()
	p.LosesNetwork()
	p.Click("button |= " + p.Say("report.start"))
	p.Click("button.pick[data-sentence='b0.0']")
	p.Fill("#report-note", "ما هذه الكلمة؟")
	p.Click("[data-report] button |= " + p.Say("report.send"))
	p.WaitFor("[data-reported=waiting]")
	p.Click("[data-mode=source]")
	p.Click("[data-report] button |= " + p.Say("report.send"))
	p.WaitFor("[data-reported=waiting]")
	p.Profile().Offline(false)
	p.WaitFor("[data-reported=sent]")
	p.Click("[data-mode=translation]")
	p.WaitFor("button.pick[lang=ar][aria-expanded=true]")
	p.WaitFor("[data-reported=sent]")

	told := w.Office("translator").Reports("letters", letter, "ar")
	if !slices.Equal(told, []string{"ما هذه الكلمة؟"}) {
		t.Errorf("the translators are told %q", told)
	}
}

// Everything goes, here at once and at the server when it can be reached; the
// phone then starts from the beginning.
func TestEraseOffline(t *testing.T) {
	p := newGuest(t, "en", 3)
	p.Click("[data-next='" + p.meeting + "'] button |= " + p.Say("answer.accepted"))
	p.opens()
	p.stored("applied", "accepted", "")
	if got := p.answers(); got.Accepted.Answers != 1 {
		t.Fatalf("staff see %+v", got)
	}
	p.KeepsAll()
	p.LosesNetwork()
	p.Click("nav a |= " + p.Say("nav.more"))
	p.Click("a |= " + p.Say("erase.title"))
	p.Click("button |= " + p.Say("erase.title"))
	p.Click("button |= " + p.Say("erase.no"))
	p.Click("button |= " + p.Say("erase.title"))
	p.Click("button |= " + p.Say("erase.yes"))
	p.WaitFor("[data-erased=waiting]")
	p.Click("a |= " + p.Say("erase.first"))
	p.WaitFor("main[data-view=language]")
	p.WaitFor("[data-line=erasing]")
	p.Profile().Offline(false)
	p.WaitGone("[data-line=erasing]")
	if got := p.answers(); got.Accepted.Answers != 0 {
		t.Errorf("after erasing staff see %+v", got)
	}
	left := browser.Eval[int](p.Page, `import('/js/data/db.js').then(({ withDB }) => withDB(async (db) =>
		(await Promise.all(['answers', 'outbox', 'sent', 'groups', 'opened'].map((store) => db.count(store)))).reduce((a, b) => a + b)))`)
	if left > 0 {
		t.Errorf("after erasing the phone still has %d rows of its own", left)
	}
}
