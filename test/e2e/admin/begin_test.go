package admin_test

import (
	"encoding/base64"
	"fmt"
	"testing"
	"time"

	"folje/test/browser"
	"folje/test/town"

	"golang.org/x/text/encoding/charmap"
)

// most is how many taps a preschool with five groups, staff and posters may
// take, beside typing.
const most = 60

// hand is an administrator's.
type hand struct{ *town.Hand }

// A municipality begins, and a year later its phones go on.
func TestFromInitToTheFirstLetterOnAPhone(t *testing.T) {
	t.Parallel()
	w := shop.Begun(t, "Björkhults kommun", "Blåsippans förskola")
	admin, p, group := w.FromBegunToALetter()
	t.Logf("%d taps from signing in to the first letter", admin.Taps)
	if admin.Taps > most {
		t.Errorf("%d taps, more than %d", admin.Taps, most)
	}
	hand{admin}.asksWhereTheyGoOn(group, "Granen")
	p.Back()
	p.Syncs()
	p.Profile().Allow(browser.Request, "/api/folje/v1/feeds/") // a round that was on its way when she went on, of the group she left
	p.Click("[data-year] button | Granen")
	p.WaitGone("[data-year]")
	p.WaitFor("a.letter-row | Välkomna")
	p.Navigate(w.URL("/groups"))
	p.WaitFor("[data-group] | Granen")
	p.WaitFor("[data-group] | " + p.Say("groups.ended"))
}

// asksWhereTheyGoOn has a group's phones asked today whether they go on to
// another group.
func (h hand) asksWhereTheyGoOn(group, to string) {
	h.Opens("/staff/admin")
	h.Tap("a[data-unit]")
	h.Tap("[data-group] | " + group)
	h.Tap("[data-action=year]")
	h.Choose("[name=from]", time.Now().AddDate(0, 0, -1).Format(time.DateOnly))
	h.Choose("[name=until]", time.Now().AddDate(0, 0, 30).Format(time.DateOnly))
	h.Tap("label.check | " + to)
	h.Tap("[data-form=group] [data-action=save]")
	h.WaitGone("[data-form=group]")
}

// sheet is a preschool as a spreadsheet program on Windows saves it.
const sheet = "Enhet;Typ;Myndighet;Grupp;Barn;Namn;E-post\r\n" +
	"Ängens förskola;Förskola;Barn- och utbildningsnämnden;Blåsippan;18;Åsa Öberg;asa@bjorkhult.example\r\n" +
	"Ängens förskola;;;Vitsippan;15;Per Ek;per@bjorkhult.example\r\n" +
	"Ängens förskola;;;Klövern;15;Amina Noor;amina@bjorkhult.example\r\n" +
	"Ängens förskola;;;Linnéan;12;;\r\n" +
	"Ängens förskola;;;Mossan;%s;;\r\n"

// chooses puts a file into the field as the browser's own dialog would.
func (h hand) chooses(t *testing.T, name, text string) {
	t.Helper()
	raw, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	h.WaitFor("[name=file]")
	browser.Eval[any](h.Page, fmt.Sprintf(`void (() => {
		const bytes = Uint8Array.from(atob('%s'), (c) => c.charCodeAt(0));
		const files = new DataTransfer();
		files.items.add(new File([bytes], '%s', { type: 'text/csv' }));
		const field = document.querySelector('[name=file]');
		field.files = files.files;
		field.dispatchEvent(new Event('change', { bubbles: true }));
	})()`, base64.StdEncoding.EncodeToString([]byte(raw)), name))
	h.Taps += 2 // the field, and the file
}

func TestOneTableSetsAPreschoolUp(t *testing.T) {
	t.Parallel()
	w := shop.Begun(t, "Björkhults kommun", "Familjecentralen")
	c := hand{w.Hand("admin")}
	c.Opens("/staff/admin")
	c.Tap("[data-action=import]")
	c.chooses(t, "fel.csv", fmt.Sprintf(sheet, "många"))
	c.WaitFor("[data-part=faults] [data-row='6'] | många")
	c.chooses(t, "angen.csv", fmt.Sprintf(sheet, "9"))
	c.WaitFor("[data-part=preview] | Åsa Öberg")
	c.Tap("[data-action=apply]")
	c.WaitFor("[data-part=imported]")
	c.Tap("[data-part=imported] [data-action=posters]")
	c.WaitFor("article.sheet | Mossan")
	if n := c.Count("article.sheet"); n != 5 {
		t.Errorf("%d posters", n)
	}
	c.Navigate(w.URL("/staff/people"))
	for _, name := range []string{"Åsa Öberg", "Per Ek", "Amina Noor"} {
		c.WaitFor("li | " + name)
	}
	t.Logf("%d taps for a preschool out of a table, one of them wrong before", c.Taps)
	if c.Taps > most {
		t.Errorf("%d taps", c.Taps)
	}
}

// What the municipality says of itself is on every phone, with a way to
// complain.
func TestAParentFindsWhereToComplain(t *testing.T) {
	t.Parallel()
	w := shop.Begun(t, "Björkhults kommun", "Blåsippans förskola")
	c := hand{w.Hand("admin")}
	c.Opens("/staff/admin")
	c.Tap("[data-way='/staff/admin/town']")
	c.Fill("[name=mail]", "kommun@")
	c.Tap("[data-action=save]")
	c.WaitFor("[aria-invalid=true][name=mail]")
	c.Fill("[name=mail]", "kommun@bjorkhult.example")
	c.Fill("[name=phone]", "0550-880 00")
	c.Tap("[data-action=save]")
	c.WaitFor("[data-way='/staff/admin/town']")
	p := w.Parent("ar")
	p.Open("/more")
	p.WaitUntil("navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')")
	p.Click("a |= " + p.Say("town.access"))
	p.WaitFor("a[href^='mailto:kommun@bjorkhult.example'] , a[href='tel:055088000']")
	if got := p.Attr("html", "dir"); got != "rtl" {
		t.Errorf("the page runs %q", got)
	}
	p.Navigate(w.URL("/more/privacy"))
	p.WaitFor("a[href='/more/erase']")
	p.WaitFor("a[href='tel:055088000']")
}
