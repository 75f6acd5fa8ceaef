package staff_test

import (
	"strings"
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// What a letter lacks is told at its field, and what was written stays.
func TestIncompleteLetter(t *testing.T) {
	w := shop.Beside(t)
	c := w.Colleague(w.Staff("editor", ""))
	group := w.Ways.Invitations[0].Group
	c.Begins(group)
	const text = "Vi pratade om hur barnen kan få lugn och ro efter lunchen."
	c.Fill(c.Paragraph(1, 1), text)
	c.Click("fieldset label | " + group) // no group any more
	c.Saved()
	c.Click("button |= " + c.Say("staff.letter.preview"))
	c.Click("button |= " + c.Say("staff.publish.publish"))

	c.WaitFor("h1 |= " + c.Say("staff.letter.write"))
	for field, message := range map[string]string{
		c.Title(): "staff.letter.needs_title", c.Question(): "staff.letter.needs_question", "fieldset": "staff.letter.needs_groups",
	} {
		told := toldAt(c.Page, field)
		if !strings.Contains(told, c.Say(message)) {
			t.Errorf("at %s she is told %q, want %q", field, told, c.Say(message))
		}
	}
	if kept := c.Value(c.Paragraph(1, 1)); kept != text {
		t.Errorf("her text became %q", kept)
	}

	// Each is put right, and the letter goes out.
	c.Fill(c.Title(), "Vila efter lunchen")
	c.Fill(c.Question(), "Hur kan vi tillsammans ge barnen en lugn stund?")
	c.Click("fieldset label | " + group)
	c.Saved()
	c.Publishes()
}

// toldAt answers the words that are tied to a field for a screen reader.
func toldAt(page *browser.Page, field string) string {
	var told []string
	for _, id := range strings.Fields(page.Attr(field, "aria-describedby")) {
		told = append(told, page.Text("#"+cssEscape(id)))
	}
	return strings.Join(told, " ")
}

func cssEscape(id string) string { return strings.ReplaceAll(id, ".", `\.`) }

// A session that ends in the middle of writing: she signs in again over her
// text, and the text is saved.
func TestSessionEndsWhileWriting(t *testing.T) {
	w := shop.Beside(t)
	c := w.Colleague(w.Staff("editor", ""))
	c.Begins(w.Ways.Invitations[0].Group)
	c.Fill(c.Title(), "Höstens inskolning")
	c.Saved()
	c.Profile().Allow(browser.Request, "/api/collections/")
	c.Profile().Allow(browser.Request, "/api/folje/v1/staff/")
	c.LosesSession()
	const text = "Vi börjar lugnt, med en timme om dagen."
	c.Fill(c.Paragraph(1, 1), text)
	c.WaitFor("dialog h2 |= " + c.Say("staff.session.title"))
	c.SignsIn()
	c.WaitGone("dialog")
	c.Saved()
	c.Reload()
	if kept := c.Value(c.Paragraph(1, 1)); kept != text {
		t.Errorf("after signing in again the server has %q", kept)
	}
}

// Two write in one letter: the second is told, sees both texts, and nothing is
// lost.
func TestTwoWriteOneLetter(t *testing.T) {
	w := shop.Beside(t)
	who := w.Staff("editor", "")
	first := w.Colleague(who)
	first.Begins(w.Ways.Invitations[0].Group)
	first.Writes("Utflykt till skogen", "Hur kan vi tillsammans se till att alla har bra kläder?", "Vi går på tisdag.")
	first.Saved()

	second := w.Colleague(who)
	second.Navigate(first.URL())
	second.WaitFor(second.Title())
	second.Fill(second.Paragraph(1, 1), "Vi går på onsdag, säger den andra.")
	second.Saved()

	first.Profile().Allow(browser.Request, "/api/collections/letters/")
	first.Fill(first.Paragraph(1, 1), "Vi går på torsdag, säger den första.")
	first.WaitFor("[data-part=conflict]")
	first.WaitFor("[data-part=conflict] | Vi går på torsdag, säger den första.")
	first.WaitFor("[data-part=conflict] | Vi går på onsdag, säger den andra.")
	first.Click("[data-part=conflict] label | " + first.Say("staff.conflict.both"))
	first.Click("button |= " + first.Say("staff.conflict.settle"))
	first.Saved()

	second.Reload()
	second.WaitFor(second.Paragraph(1, 2))
	got := second.Value(second.Paragraph(1, 2)) + " / " + second.Value(second.Paragraph(2, 2))
	if want := "Vi går på torsdag, säger den första. / Vi går på onsdag, säger den andra."; got != want {
		t.Errorf("the settled letter reads %q, want %q", got, want)
	}
}

// What is typed without a network is there after the page was closed.
func TestWritingOffline(t *testing.T) {
	w := shop.Beside(t)
	c := w.Colleague(w.Staff("editor", ""))
	c.WaitUntil("navigator.serviceWorker.controller")
	c.Begins(w.Ways.Invitations[0].Group)
	c.Fill(c.Title(), "Skrivet på bussen")
	c.Saved()
	town.WithoutNetwork(c.Page)
	const text = "Det här skrevs utan nät."
	c.Fill(c.Paragraph(1, 1), text)
	c.WaitFor("[data-savestate=unsaved] | " + c.Say("staff.save.offline"))
	c.Reload()
	if kept := c.Value(c.Paragraph(1, 1)); kept != text {
		t.Errorf("after a reload without a network the field holds %q", kept)
	}
	c.Profile().Offline(false)
	c.Saved()
	reader := w.Colleague(c.Who)
	reader.Navigate(c.URL())
	if kept := reader.Value(reader.Paragraph(1, 1)); kept != text {
		t.Errorf("with the network back the server has %q", kept)
	}
}
