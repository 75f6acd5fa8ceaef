package staff_test

import (
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// published is a colleague at the preview of a letter that the parents of the
// first group have.
func published(w *town.Town, title string, paragraphs ...string) *town.Colleague {
	letter := w.Office("editor").Writes(w.Ways.Invitations[0].Group, town.Letter{
		Title: title, Question: "Hur kan vi tillsammans få det att bli bra?", Paragraphs: paragraphs,
	})
	c := w.Colleague(w.Staff("editor", ""))
	c.Navigate(w.URL("/staff/letters/" + letter + "/preview"))
	return c
}

// What is copied for another platform is the text, and never the way in.
func TestCopyForAnotherPlatform(t *testing.T) {
	w := shop.Beside(t)
	c := published(w, "Vila", "Vi vilar efter lunchen.", "Ta med en filt.")
	c.Profile().Grant(w.Server.Origin, "clipboardReadWrite", "clipboardSanitizedWrite")
	c.Click("button |= " + c.Say("staff.copy.copy"))
	c.WaitFor("[role=status] | " + c.Say("staff.copy.done"))
	copied := browser.Eval[string](c.Page, "navigator.clipboard.readText()")
	for _, want := range []string{"Vila", "Hur kan vi tillsammans få det att bli bra?", "Vi vilar efter lunchen.\n\nTa med en filt."} {
		if !strings.Contains(copied, want) {
			t.Errorf("the copy lacks %q:\n%s", want, copied)
		}
	}
	for _, way := range w.Ways.Invitations {
		if strings.Contains(copied, way.Code) || strings.Contains(copied, "/join") {
			t.Errorf("the copy shows the way in:\n%s", copied)
		}
	}
}
