package pack

import "regexp"

// reachable is what leads to somebody: a telephone number with an area code, or a
// mail address.
var reachable = regexp.MustCompile(`(?:\+46 ?|\b0)[1-9][0-9 /-]{5,}[0-9]|\S+@\S+\.[a-z]{2,}`)

// Personal finds numbers and addresses in texts, where they belong to this
// municipality or to somebody in it: a name or a number goes into an entry's own
// fields, which aren't given away.
func (p *Pack) Personal() (found []error) {
	note := func(file, field, s string) {
		if at := reachable.FindString(s); at != "" {
			found = append(found, Fault{File: file, Field: field, Problem: "holds " + at})
		}
	}
	for _, e := range p.Guide {
		for i, part := range e.Parts {
			note(e.File, index("parts", i), Join(part.Sentences))
		}
		for i, n := range e.Staff {
			note(e.File, index("staff", i), n.Text)
		}
	}
	for i, t := range p.Themes {
		for _, lines := range [][]string{t.Information, t.Discussion, t.Think} {
			note(themesFile, index("themes", i), Join(lines))
		}
	}
	for i, a := range p.Activities {
		note(activitiesFile, index("activities", i), Join(a.Information))
	}
	for i, w := range p.Words {
		note(glossaryFile, index("words", i), w.Explanation)
	}
	return found
}
