package staff_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// things are what a long letter is about: with its title and question it has 25
// sentences.
var things = strings.Fields("mössan vantarna stövlarna regnjackan matsäcken filten solhatten vattenflaskan ryggsäcken boken " +
	"nallen cykeln hjälmen pulkan skridskorna termosen fickan handduken badbyxorna krämen frukten kameran")

const question = "Hur kan vi tillsammans få det att bli bra?"

// long is a letter of 25 sentences, of which the first of its text has a time.
func long(first string) town.Letter {
	text := []string{first}
	for _, thing := range things {
		text = append(text, "Glöm inte "+thing+".")
	}
	return town.Letter{Title: "Utflykt till sjön", Question: question, Paragraphs: []string{strings.Join(text, " ")}}
}

// writing is where the focus is: the original of the field, or "".
func writing(c *town.Colleague) string {
	return browser.Eval[string](c.Page, `document.activeElement.closest('.place')?.querySelector('.source').textContent ?? ''`)
}

// A letter of 25 sentences by keyboard only, from the queue to the last one and
// back. A wrong time is told at the field and can't be finished. Then the editor
// corrects a sentence: the other 24 are as they were, and the one shows what was
// changed in it and how it read.
func TestLetterByKeyboard(t *testing.T) {
	w := shop.Beside(t)
	office := w.Office("editor")
	letter := office.Writes(w.Ways.Invitations[0].Group, long("Vi ses kl. 9.30 på gården."))
	c := w.Translator(browser.Desktop())
	task := "[data-letter='" + letter + "'] a[data-locale=ar]"
	c.WaitFor(task)
	reach(t, c, task)
	c.Press("Enter")
	c.WaitFor("article.place.paired")

	c.Chord(browser.Alt, "ArrowDown")
	for i := range 25 {
		source := writing(c)
		if source == "" {
			t.Fatalf("after %d sentences she writes nowhere", i)
		}
		if strings.Contains(source, "9.30") {
			c.Type("نلتقي في الساحة الساعة 9:45.")
			c.Chord(browser.Ctrl, "Enter")
			c.WaitFor("[data-part=faults][data-hard=true] [data-fault=time]")
			c.WaitFor("article.place.paired button[data-action=save][aria-disabled=true]")
			if now := writing(c); now != source {
				t.Fatalf("with a wrong time she was led on to %q", now)
			}
			for range "45." {
				c.Press("Backspace")
			}
			c.Type("30.")
		} else if source == question {
			c.Type("كيف نجعل ذلك جيدًا معًا؟")
		} else {
			c.Type(fmt.Sprintf("لا تنسوا الغرض %s.", strings.Repeat("ا", i+1)))
		}
		c.Chord(browser.Ctrl, "Enter")
		c.Done(strconv.Itoa(i + 1))
	}
	c.WaitFor("[data-part=said] | " + w.Words("sv", "translate.saved", map[string]any{"Done": 25, "Total": 25}))
	c.Chord(browser.Alt, "ArrowUp")
	c.Press("Escape")
	c.WaitFor("[data-part=finished] " + task + " | " + c.Say("translate.count.ready"))

	corrected(t, w, office, letter)
}

// reach presses Tab until the focus is where it is wanted.
func reach(t *testing.T, c *town.Colleague, selector string) {
	t.Helper()
	for range 300 {
		c.Press("Tab")
		if browser.Eval[bool](c.Page, `document.activeElement.matches(`+strconv.Quote(selector)+`)`) {
			return
		}
	}
	t.Fatalf("Tab does not lead to %s", selector)
}

// corrected has the editor change the time of the letter's first sentence, and
// the translator follow.
func corrected(t *testing.T, w *town.Town, office *town.Office, letter string) {
	t.Helper()
	office.Corrects(letter, long("Vi ses kl. 10.15 på gården."))
	c := w.Translator(browser.Desktop())
	c.OpensDesk(letter, "ar")
	c.Done("24")
	c.WaitFor("[data-part=previous] del | 9.30")
	c.WaitFor("[data-part=previous] ins | 10.15")
	c.WaitFor("[data-part=previous] [lang=ar] | نلتقي في الساحة الساعة 9:30.")
	c.Chord(browser.Alt, "ArrowDown")
	if at := writing(c); at != "Vi ses kl. 10.15 på gården." {
		t.Fatalf("the first place to translate is %q", at)
	}
	c.Type("نلتقي في الساحة الساعة 10:15.")
	c.Chord(browser.Ctrl, "Enter")
	c.Done("25")
}

// A translator takes a letter upon herself, translates it with her thumb, and
// takes over what the app suggests; what she has finished reaches a phone.
func TestLetterByThumb(t *testing.T) {
	w := shop.Beside(t)
	office := w.Office("editor")
	group := w.Ways.Invitations[0].Group
	first := office.Writes(group, town.Letter{Title: "Simning", Question: question, Paragraphs: []string{"Glöm inte badbyxorna och den stora handduken."}})
	second := office.Writes(group, town.Letter{Title: "Mera simning", Question: question, Paragraphs: []string{"Glöm inte badbyxorna och den lilla handduken."}})
	c := w.Translator(browser.Phone())
	c.Click("[data-task='letters/" + first + "/ar'] button |= " + c.Say("translate.claim.take"))
	c.WaitFor("[data-task='letters/" + first + "/ar'] button |= " + c.Say("translate.claim.give_back"))
	c.Click("[data-task='letters/" + first + "/ar'] a")
	arabic := map[string]string{
		"Simning": "السباحة", question: "كيف نجعل ذلك جيدًا معًا؟",
		"Glöm inte badbyxorna och den stora handduken.": "لا تنسوا ملابس السباحة والمنشفة الكبيرة.",
	}
	for range arabic {
		c.Fill("article.place textarea", arabic[c.Text("article.place .source")])
		done := c.Attr("#progress-words", "data-done")
		c.Click("button |= " + c.Say("translate.save"))
		c.WaitGone("#progress-words[data-done='" + done + "']")
	}
	c.WaitFor("[data-part=all-done]")

	c.OpensDesk(second, "ar")
	c.GoesToPlace("Glöm inte badbyxorna och den lilla handduken.")
	c.WaitFor("[data-part=suggestions] del | stora")
	c.WaitFor("[data-part=suggestions] ins | lilla")
	c.Click("button[data-action=suggestion]")
	if got, want := c.Value("article.place textarea"), arabic["Glöm inte badbyxorna och den stora handduken."]; got != want {
		t.Errorf("the suggestion put %q into the field, want %q", got, want)
	}
	// By key, where there are keys.
	c.SetSize(1280, 800)
	c.Fill("article.place.paired:has([data-part=suggestions]) textarea", "x")
	c.Chord(browser.Alt, "1")
	c.WaitUntil(`document.activeElement.value.startsWith('لا تنسوا')`)
	phone := w.Phone(w.Ways.Invitations[0].Code)
	if got := phone.Texts("ar"); !strings.Contains(got, "ملابس السباحة والمنشفة الكبيرة") {
		t.Error("a phone has not got what was finished")
	}
}

// Arabic goes from right to left in the field whatever it begins with, and
// arrives as it was typed.
func TestArabicTyping(t *testing.T) {
	w := shop.Beside(t)
	letter := w.Office("editor").Writes(w.Ways.Invitations[0].Group, town.Letter{Title: "Granbacken", Question: question, Paragraphs: []string{"Granbacken har öppet 7.30–16.45."}})
	c := w.Translator(browser.Phone())
	c.OpensDesk(letter, "ar")
	c.GoesToPlace("Granbacken har öppet 7.30–16.45.")
	const typed = "Granbacken مفتوحة من 7:30 إلى 16:45."
	c.Fill("article.place textarea", typed)
	side := browser.Eval[string](c.Page, `getComputedStyle(document.querySelector('.place textarea')).direction`)
	if side != "rtl" || c.Count("[data-part=faults]") != 0 {
		t.Errorf("the field goes %s, and the checks say %d things", side, c.Count("[data-fault]"))
	}
	c.Click("button |= " + c.Say("translate.save"))
	c.Done("1")
	c.Reload()
	c.GoesToPlace("Granbacken har öppet 7.30–16.45.")
	if got := c.Value("article.place textarea"); got != typed {
		t.Errorf("what arrived is %q, want %q", got, typed)
	}
}
