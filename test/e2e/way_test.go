package e2e_test

import (
	"path/filepath"
	"testing"

	"folje/test/browser"
)

// The whole way of a letter: written on a teacher's phone, read in Arabic on a
// parent's, still there when the server is gone and the browser was closed,
// and corrected when the server is back.
func TestLettersWholeWay(t *testing.T) {
	w := newTown(t)
	group := w.ways.Invitations[0].Group
	teacher := w.colleague(w.staff("editor"))
	teacher.begins(group)
	// The greeting is a sentence that the demonstration has in Arabic already.
	teacher.writes("Höstfest på gården", "Hur kan vi tillsammans göra festen till allas?",
		"Vi ses på gården kl. 9.30 på lördag. Ta gärna med en filt!", "Varmt välkomna alla familjer.")
	teacher.saved()
	teacher.publishes("staff.publish.publish")

	folder := filepath.Join(t.TempDir(), "phone")
	profile := browser.Open(t, folder)
	p := w.parentOn(profile, "ar")
	p.joins(w.ways.Invitations[0].Code)
	if dir := p.Attr("html", "dir"); dir != "rtl" {
		t.Errorf("the Arabic page runs %q", dir)
	}
	p.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")
	translated := p.readsDemoLetter()
	p.reads("Höstfest på gården")
	p.WaitFor("article | Vi ses på gården kl. 9.30 på lördag.")

	t.Log("the server stops, the browser is closed and opened again")
	w.stop()
	profile.Close()
	profile = browser.Open(t, folder)
	profile.Allow(browser.Request, "ERR_CONNECTION_REFUSED")
	p = w.parentOn(profile, "ar")
	p.Navigate(w.url("/letters"))
	p.WaitFor("[data-line=offline]")
	p.reads("Höstfest på gården")
	p.Reload()
	p.WaitFor("article | Vi ses på gården kl. 9.30 på lördag.")
	p.Click("a |= " + p.say("nav.back"))
	p.WaitFor("a.letter-row")
	if again := p.readsDemoLetter(); again != translated {
		t.Errorf("without a server the Arabic letter reads\n%s\nand before it was\n%s", again, translated)
	}

	t.Log("the server is back, and the teacher corrects the letter")
	w.start()
	teacher.Click("a |= " + teacher.say("staff.preview.edit"))
	teacher.Fill(teacher.block(1, 2, "paragraph"), "Vi ses på gården kl. 10.00 på lördag. Ta gärna med en filt!")
	teacher.saved()
	teacher.publishes("staff.publish.correct")

	p.Navigate(w.url("/letters"))
	p.reads("Höstfest på gården")
	p.Hide()
	p.Show()
	p.WaitFor("article | Vi ses på gården kl. 10.00 på lördag.")
	p.WaitFor("article [data-corrected]")
}

// readsDemoLetter opens the first of the demonstration's letters that is all
// in Arabic, reads it in Arabic, side by side and in Swedish, and answers its
// Arabic text.
func (p *parent) readsDemoLetter() string {
	p.t.Helper()
	p.Click("a.letter-row:has(h2[dir=rtl])")
	p.WaitFor("article.letter h1 [lang=ar][dir=rtl]")
	arabic := p.Text(".letter-text")
	p.Click("[data-mode=both]")
	p.WaitFor(".pair [lang=ar]")
	p.WaitFor(".pair .twin [lang=sv]")
	p.Click("[data-mode=source]")
	p.WaitFor(".letter-text [lang=sv][dir=ltr]")
	if swedish := p.Text(".letter-text"); swedish == arabic {
		p.t.Errorf("the original reads as the translation does: %s", swedish)
	}
	p.Click("[data-mode=translation]")
	p.WaitFor(".letter-text [lang=ar]")
	p.Click("a |= " + p.say("nav.back"))
	p.WaitFor("a.letter-row")
	return arabic
}
