package e2e_test

import (
	"testing"

	"folje/test/browser"
	"folje/test/town"
)

// A translator reads a letter of three sentences aloud; a parent who reads
// Arabic sees what it costs, hears it, and hears it again without a network.
// When the words change, she is offered it no more.
func TestLetterReadAloud(t *testing.T) {
	w := shop.Beside(t)
	letter := w.Office("editor").Writes(w.Ways.Invitations[0].Group, town.Letter{
		Title: "Cykeldag", Question: "Hur gör vi det roligt?", Paragraphs: []string{"Ta med hjälm."},
	})
	c := w.Stranger("sv", browser.Phone())
	c.Who = w.Staff("translator", "")
	c.Navigate(w.URL("/translate/" + letter + "/ar"))
	c.SignsIn()
	for _, pair := range [][2]string{{"Ta med hjälm.", "أحضروا خوذة."}, {"Cykeldag", "يوم الدراجات"}, {"Hur gör vi det roligt?", "كيف نجعله ممتعًا؟"}} {
		c.GoesToPlace(pair[0])
		c.Fill("article.place textarea", pair[1])
		c.Click("button |= " + c.Say("translate.save"))
		c.WaitGone("article.place .source |= " + pair[0])
	}
	records(c)

	p := w.Parent("ar")
	p.Joins(w.Ways.Invitations[0].Code)
	p.Reads("يوم الدراجات")
	p.WaitFor("[data-part=recorded][data-phase=offered]")
	if p.Count("audio") != 0 || p.Count("[data-part=recorded] | 0.1") == 0 {
		t.Errorf("before the tap: %q", p.Text("[data-part=recorded]"))
	}
	p.Click("[data-action=listen]")
	p.WaitFor("[data-part=recorded][data-phase=playing]")
	p.WaitFor("[data-sentence][data-heard]")
	p.Click("[data-sentence='b0.0']")
	p.WaitFor("[data-sentence='b0.0'][data-heard]")
	p.WaitFor("[data-part=recorded][data-phase=ready]") // it has come to its end

	p.Syncs()
	town.WithoutNetwork(p.Page)
	p.Reload()
	p.WaitFor("[data-part=recorded]:not([data-phase=failed])")
	p.Click("[data-action=listen]")
	p.WaitFor("[data-part=recorded][data-phase=playing]")
	p.WaitFor("[data-sentence][data-heard]")
	p.Profile().Offline(false)

	c.Navigate(w.URL("/translate/" + letter + "/ar"))
	c.GoesToPlace("Ta med hjälm.")
	c.Fill("article.place textarea", "خذوا خوذة معكم.")
	c.Click("button |= " + c.Say("translate.save"))
	c.WaitGone("article.place .source |= Ta med hjälm.")
	p.Syncs()
	p.WaitFor("article [lang=ar] | خذوا خوذة معكم.")
	p.WaitGone("[data-part=recorded]")
	c.Navigate(w.URL("/translate/aloud/" + letter + "/ar"))
	c.WaitFor("[data-part=present][data-old=true]")
}

// records goes from the desk to the recorder, reads every sentence, closes the
// page, and sends; the network fails her the first time.
func records(c *town.Colleague) {
	c.Click("[data-action=aloud]")
	c.WaitFor("main[data-view=translate-aloud] | " + c.Say("translate.aloud.microphone"))
	c.Click("[data-action=record]")
	for _, sentence := range []string{"يوم الدراجات", "كيف نجعله ممتعًا؟", "أحضروا خوذة."} {
		c.WaitFor("[data-part=sentence] |= " + sentence)
		read := "document.querySelector('[data-part=clock]')?.textContent"
		c.WaitUntil("(window.since ??= " + read + ", window.since !== " + read + ")") // a second has passed
		c.WaitUntil("delete window.since")
		c.Click("[data-action=next]")
	}
	c.WaitFor("[data-part=made] audio")
	c.WaitUntil("navigator.serviceWorker.ready.then(({ active }) => active?.state === 'activated')") // or its installing fails
	c.Reload()
	c.WaitFor("[data-part=made] audio") // it was kept
	town.WithoutNetwork(c.Page)
	c.Click("[data-action=send]")
	c.WaitFor("[data-part=waits]")
	c.Profile().Offline(false)
	c.WaitFor("[data-part=sent]") // by itself
}
