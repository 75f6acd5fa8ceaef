package e2e_test

import (
	"path/filepath"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// The whole way of a letter: written on a teacher's phone, read in Arabic on a
// parent's, still there when the server is gone and the browser was closed,
// and corrected when the server is back.
func TestLettersWholeWay(t *testing.T) {
	w := shop.Beside(t)
	group := w.Ways.Invitations[0].Group
	teacher := w.Colleague(w.Staff("editor", ""))
	teacher.Begins(group)
	// The greeting is a sentence that the demonstration has in Arabic already.
	teacher.Writes("Höstfest på gården", "Hur kan vi tillsammans göra festen till allas?",
		"Vi ses på gården kl. 9.30 på lördag. Ta gärna med en filt!", "Varmt välkomna alla familjer.")
	teacher.Saved()
	teacher.Publishes()

	phone := browser.Phone()
	phone.Locale = "ar"
	folder := filepath.Join(t.TempDir(), "phone")
	profile := browser.Open(t, folder)
	p := w.ParentOn(profile, phone, "ar")
	p.Joins(w.Ways.Invitations[0].Code)
	if dir := p.Attr("html", "dir"); dir != "rtl" {
		t.Errorf("the Arabic page runs %q", dir)
	}
	p.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")
	translated := readDemoLetter(t, p)
	p.Reads("Höstfest på gården")
	p.WaitFor("article | Vi ses på gården kl. 9.30 på lördag.")

	t.Log("the server stops, the browser is closed and opened again")
	profile.Allow(browser.Request, "/operations") // that the letters were opened, which may be on its way
	w.Stop()
	profile.Close()
	profile = browser.Open(t, folder)
	profile.Allow(browser.Request, "ERR_CONNECTION_REFUSED")
	p = w.ParentOn(profile, phone, "ar")
	p.Navigate(w.URL("/letters"))
	p.WaitFor("[data-line=offline]")
	p.Reads("Höstfest på gården")
	p.Reload()
	p.WaitFor("article | Vi ses på gården kl. 9.30 på lördag.")
	p.Back()
	p.WaitFor("a.letter-row")
	if again := readDemoLetter(t, p); again != translated {
		t.Errorf("without a server the Arabic letter reads\n%s\nand before it was\n%s", again, translated)
	}

	t.Log("the server is back, and the teacher corrects the letter")
	w.Start()
	teacher.Click("a |= " + teacher.Say("staff.preview.edit"))
	teacher.Fill(teacher.Paragraph(1, 2), "Vi ses på gården kl. 10.00 på lördag. Ta gärna med en filt!")
	teacher.Saved()
	teacher.Corrects()

	p.Navigate(w.URL("/letters"))
	p.Reads("Höstfest på gården")
	p.Hide()
	p.Show()
	p.WaitFor("article | Vi ses på gården kl. 10.00 på lördag.")
	p.WaitFor("article [data-corrected]")
}

// readDemoLetter opens the first of the demonstration's letters that is all
// in Arabic, reads it in Arabic, side by side and in Swedish, and answers its
// Arabic text.
func readDemoLetter(t *testing.T, p *town.Parent) string {
	t.Helper()
	p.Click("a.letter-row:has(h2[dir=rtl])")
	p.WaitFor("article.letter h1 [lang=ar][dir=rtl]")
	arabic := p.Text(".letter-text")
	p.Click("[data-mode=both]")
	p.WaitFor(".pair [lang=ar]")
	p.WaitFor(".pair .twin [lang=sv]")
	p.Click("[data-mode=source]")
	p.WaitFor(".letter-text [lang=sv][dir=ltr]")
	if swedish := p.Text(".letter-text"); swedish == arabic {
		t.Errorf("the original reads as the translation does: %s", swedish)
	}
	p.Click("[data-mode=translation]")
	p.WaitFor(".letter-text [lang=ar]")
	p.Back()
	p.WaitFor("a.letter-row")
	return arabic
}
