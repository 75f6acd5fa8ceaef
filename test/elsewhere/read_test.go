package elsewhere_test

import "testing"

// What was fetched once is there when the server is not: the app, the list,
// the letter.
func TestReadsWithoutANetwork(t *testing.T) {
	everywhere(t, func(t *testing.T, p *parent) {
		p.joins(p.town.Ways.Invitations[0].Code)
		p.Click("a.letter-row")
		before := p.Text(".letter-text")
		p.Click("a |= " + p.say("nav.back"))

		p.town.Stop()
		p.Reload()
		p.WaitFor("[data-line=offline]")
		p.Click("a.letter-row")
		if after := p.Text(".letter-text"); after != before || before == "" {
			t.Errorf("without a server the letter reads\n%s\nand before it was\n%s", after, before)
		}
		p.Reload()
		if after := p.Text(".letter-text"); after != before {
			t.Errorf("loaded anew the letter reads\n%s\nand before it was\n%s", after, before)
		}
	})
}
