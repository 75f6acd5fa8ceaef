package staff_test

import (
	"path/filepath"
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

var forest = town.Letter{Title: "Skogen", Question: question, Paragraphs: []string{"Ta med stövlar.", "Ta med regnkläder."}}

// kept waits until a letter's texts, the desk, and what a sync that ends without
// a network goes on with are on her computer.
func kept(c *town.Colleague, letter string) {
	c.WaitUntil("navigator.serviceWorker.controller")
	c.KeepsAll()
	c.WaitUntil(`import('/js/data/db.js').then(({ withDB }) => withDB((db) => db.getAllKeys('drafts')))
		.then((keys) => keys.some((key) => String(key).startsWith('kept/') && String(key).endsWith('/translate/` + letter + `/ar')))`)
}

// finishes translates the sentence that is shown, without a network.
func finishes(c *town.Colleague, source, words string) {
	c.GoesToPlace(source)
	c.Fill("article.place textarea", words)
	c.Click("button |= " + c.Say("translate.save"))
	c.WaitGone("article.place .source |= " + source)
}

// Without a network she opens the queue and a letter that she never opened,
// finishes sentences and begins one; the browser is killed; what she wrote is
// there, and reaches the server from the queue as soon as there is a network.
func TestTranslatingOffline(t *testing.T) {
	w := shop.Beside(t)
	letter := w.Office("editor").Writes(w.Ways.Invitations[0].Group, forest)
	folder := filepath.Join(t.TempDir(), "browser")

	profile := browser.Open(t, folder)
	c := w.StrangerOn(profile, browser.Phone(), "sv")
	c.ToQueue()
	kept(c, letter)
	profile.Close() // as a person closes it: the session is on the disk

	profile = browser.Open(t, folder)
	profile.Allow(browser.Request, "ERR_INTERNET_DISCONNECTED")
	c = w.StrangerOn(profile, browser.Phone(), "sv")
	c.Navigate(w.URL("/translate"))
	c.WaitFor("[data-part=open]")
	profile.Offline(true)
	c.Reload()
	c.WaitFor("[data-part=offline]")
	c.Click("[data-letter='" + letter + "'] [data-locale=ar]")
	c.WaitFor("article.place")
	c.WaitFor("[data-part=offline]")
	finishes(c, "Ta med stövlar.", "أحضروا أحذية مطر.")
	c.WaitFor("[data-part=waiting][data-count='1']")
	finishes(c, "Skogen", "الغابة")
	c.WaitFor("[data-part=waiting][data-count='2']")
	c.GoesToPlace("Ta med regnkläder.")
	c.Fill("article.place textarea", "أحضروا")
	c.WaitUntil(`import('/js/data/db.js').then(({ withDB }) => withDB((db) => db.getAll('drafts')))
		.then((rows) => rows.some(({ texts }) => texts && Object.keys(texts).length === 3))`)
	profile.Kill()

	profile = browser.Open(t, folder)
	profile.Allow(browser.Request, "ERR_INTERNET_DISCONNECTED")
	c = w.StrangerOn(profile, browser.Phone(), "sv")
	profile.Offline(true)
	c.Navigate(w.URL("/translate"))
	c.WaitFor("[data-part=unsent][data-count='3']")
	profile.Offline(false)
	c.Reload()
	c.WaitFor("[data-letter='" + letter + "']")
	c.WaitGone("[data-part=unsent]")
	got := w.Phone(w.Ways.Invitations[0].Code).Texts("ar")
	for _, finished := range []string{"أحضروا أحذية مطر.", "الغابة"} {
		if !strings.Contains(got, finished) {
			t.Errorf("parents have not got what was finished offline: %s", finished)
		}
	}
	c.OpensDesk(letter, "ar")
	c.GoesToPlace("Ta med regnkläder.")
	if got := c.Value("article.place textarea"); got != "أحضروا" {
		t.Errorf("the sentence that she had begun reads %q", got)
	}
}

// Two translate the same sentence without a network: the second sees both, at
// the sentence, and chooses.
func TestTwoTranslateOffline(t *testing.T) {
	w := shop.Beside(t)
	letter := w.Office("editor").Writes(w.Ways.Invitations[0].Group, forest)
	const source = "Ta med stövlar."
	both := []*town.Colleague{w.Translator(browser.Phone()), w.Translator(browser.Phone())}
	for i, c := range both {
		kept(c, letter)
		c.OpensDesk(letter, "ar")
		c.Profile().Allow(browser.Request, "ERR_INTERNET_DISCONNECTED")
		c.Profile().Offline(true)
		finishes(c, source, []string{"أحضروا أحذية مطر.", "خذوا معكم الجزمات."}[i])
		c.WaitFor("[data-part=waiting][data-count='1']")
	}
	first, second := both[0], both[1]
	first.Profile().Offline(false)
	first.WaitGone("[data-part=waiting]")

	second.Navigate(w.URL("/translate"))
	second.WaitFor("[data-part=unsent][data-count='1']")
	second.Profile().Offline(false)
	second.Reload()
	second.Click("[data-part=unsent] a")
	second.GoesToPlace(source)
	second.WaitFor("article.place .card | أحضروا أحذية مطر.")
	second.WaitFor("article.place .card | خذوا معكم الجزمات.")
	second.Click("button |= " + second.Say("translate.take_theirs"))
	second.WaitFor("article.place textarea")
	if got := second.Value("article.place textarea"); got != "أحضروا أحذية مطر." {
		t.Errorf("after she took the other's text the field has %q", got)
	}
	second.Navigate(w.URL("/translate"))
	second.WaitFor("[data-part=open]")
	if second.Count("[data-part=unsent]") != 0 {
		t.Error("something still waits after the conflict was settled")
	}
}

// What is kept for reading goes when she signs out; what she wrote stays hers.
func TestCopiesGoWithTheAccount(t *testing.T) {
	w := shop.Beside(t)
	letter := w.Office("editor").Writes(w.Ways.Invitations[0].Group, forest)
	c := w.Translator(browser.Phone())
	kept(c, letter)
	c.Click("button[data-action=signout]")
	c.WaitFor("main[data-view=staff-signin] h1")
	c.WaitUntil(`import('/js/data/db.js').then(({ withDB }) => withDB((db) => db.getAllKeys('drafts')))
		.then((keys) => !keys.some((key) => String(key).startsWith('kept/')))`)
}
