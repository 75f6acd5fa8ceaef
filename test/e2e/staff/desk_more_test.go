package staff_test

import (
	"strconv"
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// With a second review, what a translator finishes waits for somebody else: she
// can't find it right herself, another can.
func TestSecondReview(t *testing.T) {
	w := shop.Beside(t)
	w.Office("admin").SecondReview(true)
	letter := w.Office("editor").Writes(w.Ways.Invitations[0].Group, forest)
	const source = "Ta med stövlar."
	first := w.Translator(browser.Phone())
	first.OpensDesk(letter, "ar")
	first.GoesToPlace(source)
	first.Fill("article.place textarea", "أحضروا أحذية مطر.")
	first.Click("button |= " + first.Say("translate.save"))
	first.Done("1")
	first.GoesToPlace(source)
	first.WaitFor("article.place [data-state=second]")
	first.WaitFor("[data-part=second] |= " + first.Say("translate.second.own"))
	if first.Count("button[data-action=right]") != 0 {
		t.Error("she can confirm her own text")
	}

	second := w.Stranger("sv", browser.Phone())
	second.Who = w.Staff("admin", "")
	second.Navigate(w.URL("/translate/" + letter + "/ar"))
	second.SignsIn()
	second.GoesToPlace(source)
	second.WaitFor("[data-part=second] |= " + second.Say("translate.second.other"))
	second.Click("button[data-action=right]")
	second.Done("1")
	second.GoesToPlace(source)
	second.WaitFor("article.place [data-state=reviewed]")
}

// A message of the app in one of its plural forms: what the form is for is
// said, a lost placeholder is told, and a tap puts it back. The form for two
// may say the count in words. Enter alone goes on.
func TestMessageWithPlural(t *testing.T) {
	w := shop.Beside(t)
	c := w.Translator(browser.Desktop())
	c.Navigate(w.URL("/translate/messages/push/ar"))
	const few = "article.place[data-context=few]:has([data-part=placeholders])"
	c.WaitFor(few + " [data-part=form] | 5")
	c.Fill(few+" textarea", "نصوص بانتظاركم: ")
	c.WaitFor(few + " [data-fault=placeholder]")
	c.WaitFor(few + " button[data-action=save][aria-disabled=true]")
	c.Click(few + " button[data-action=placeholder]")
	c.WaitGone(few + " [data-fault=placeholder]")
	typed := c.Value(few + " textarea")
	if typed != "نصوص بانتظاركم: {{.Count}}" {
		t.Errorf("the tap made it %q", typed)
	}
	done, err := strconv.Atoi(c.Attr("#progress-words", "data-done"))
	if err != nil {
		t.Fatal(err)
	}
	c.Press("Enter")
	c.Done(strconv.Itoa(done + 1))

	const two = "article.place[data-context=two]:has([data-part=placeholders])"
	c.Fill(two+" textarea", "هناك نصّان بانتظاركم.")
	c.Press("Enter")
	c.Done(strconv.Itoa(done + 2))
	c.Reload()
	for context, want := range map[string]string{"few": typed, "two": "هناك نصّان بانتظاركم."} {
		c.WaitFor("article.place[data-context=" + context + "] [data-state=reviewed]")
		if got := c.Value("article.place[data-context=" + context + "]:has([data-part=placeholders]):has([data-state=reviewed]) textarea"); got != want {
			t.Errorf("the form for %s reads %q, want %q", context, got, want)
		}
	}
}

// A browser that translates by itself suggests a text of what nobody has
// translated, once she asked it to; it is a machine's until she takes it.
func TestSuggestionOfTheBrowser(t *testing.T) {
	w := shop.Beside(t)
	letter := w.Office("editor").Writes(w.Ways.Invitations[0].Group, town.Letter{Title: "Skogen", Question: question, Paragraphs: []string{"Ta med stövlar."}})
	c := w.Translator(browser.Phone())
	browser.Eval[any](c.Page, `void (globalThis.Translator = {
		availability: async ({ sourceLanguage, targetLanguage }) => (sourceLanguage === 'sv' && targetLanguage === 'ar' ? 'downloadable' : 'unavailable'),
		create: async () => ({ translate: async (text) => (text === 'Ta med stövlar.' ? 'أحضروا أحذية مطر.' : ''), destroy: () => {} }),
	})`)
	c.Click("[data-letter='" + letter + "'] a[data-locale=ar]")
	c.GoesToPlace("Ta med stövlar.")
	if c.Count("[data-part=browser]") != 0 {
		t.Error("the browser translated unasked")
	}
	c.Click("button |= " + c.Say("translate.ondevice"))
	c.WaitFor("[data-part=browser] [data-state=machine]")
	c.Click("[data-part=browser] button[data-action=suggestion]")
	c.WaitUntil(`document.activeElement.value === 'أحضروا أحذية مطر.'`)
	// The keyboard of a phone hides the button; its own key goes on, too.
	c.Press("Enter")
	c.Done("1")
	if got := w.Phone(w.Ways.Invitations[0].Code).Texts("ar"); !strings.Contains(got, "أحضروا أحذية مطر.") {
		t.Error("a phone has not got what she took over")
	}
}
