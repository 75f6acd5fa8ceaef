package staff_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"folje/test/browser"
	"folje/test/town"
)

// In the room the keyboard stays with what is seen: it begins at the next
// language, the arrows go the way she reads, from the right too, and Escape
// leads out, from the choice of languages first.
func TestTheRoomByKeyboard(t *testing.T) {
	w := shop.Beside(t)
	const question = "Hur kan vi hjälpas åt så att barnen får sova gott?"
	meeting := w.Office("editor").Publishes(w.Invitation("Blåsippan").Group, town.Meeting{Starts: time.Now().AddDate(0, 0, 5), Ends: time.Now().AddDate(0, 0, 5).Add(time.Hour), Place: "Matsalen", Question: question})
	w.Office("translator").TranslatesMeeting(meeting, "ar")
	c := w.Stranger("ar", browser.Phone())
	c.Who = w.Staff("editor", "")
	c.Navigate(w.URL("/staff"))
	c.SignsIn()
	c.WaitGone("label |= " + c.Say("staff.signin.password"))
	c.Navigate(w.URL("/staff/meetings/" + meeting + "/hold"))
	c.WaitFor("dialog .held-question | " + question)
	if c.Count(".held-tools [data-action=next]") == 0 { // no five phones read it, so it is chosen
		c.Click("[data-action=languages]")
		c.Click("dialog input[value=ar]")
		c.Press("Escape")
		c.WaitFor("dialog .held-question")
	}
	active := func() string {
		return browser.Eval[string](c.Page, "document.activeElement.closest('dialog') ? document.activeElement.dataset.action ?? document.activeElement.tagName : 'outside: ' + document.activeElement.outerHTML.slice(0, 80)")
	}
	c.Press("ArrowLeft") // onwards from the right
	c.WaitFor("dialog[data-locale=ar]")
	c.Press("ArrowRight")
	c.WaitFor("dialog[data-locale=sv]")
	c.Press("ArrowRight")
	c.WaitFor("dialog[data-locale=ar]")
	seen := map[string]bool{}
	for range 9 {
		c.Press("Tab")
		seen[active()] = true
	}
	for _, action := range []string{"close", "previous", "next", "turn", "languages"} {
		if !seen[action] {
			t.Errorf("Tab doesn't come to %s: %v", action, seen)
		}
	}
	for at := range seen {
		if len(at) > 9 && at[:8] == "outside:" && at[9:14] != "<body" { // the browser's own bar is between
			t.Errorf("Tab comes to what isn't seen: %s", at)
		}
	}
	if err := os.WriteFile(filepath.Join(t.ArtifactDir(), "room.png"), c.Screenshot(false), 0o644); err != nil {
		t.Fatal(err)
	}
	c.Press("Escape")
	c.WaitFor("main[data-view=staff-meeting] h1")
}
