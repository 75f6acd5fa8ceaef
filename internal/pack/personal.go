package pack

import "folje/internal/pattern"

// reachable is what leads to somebody: a telephone number with an area code, or a
// mail address.
var reachable = pattern.Of(`(?i)(?:\+46|\b0046|\b0)[ \x{00a0}]?(?:\(0\))?[1-9][0-9 \x{00a0}/()–-]{5,}[0-9]|\S+@\S+\.[a-z]{2,}`)

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
		note(e.File, "title", e.Title)
		for i, s := range e.Also {
			note(e.File, index("also", i), s)
		}
		for i, r := range e.Contacts {
			note(e.File, index("contacts", i)+".label", r.Label)
		}
		for i, part := range e.Parts {
			note(e.File, index("parts", i), Join(part.Sentences))
		}
		for i, n := range e.Staff {
			note(e.File, index("staff", i), n.Text)
		}
	}
	for i, w := range p.Worries {
		note(worriesFile, index("worries", i), w.Title+" "+w.Synonyms)
	}
	for i, t := range p.Themes {
		for _, lines := range [][]string{{t.Title}, t.Also, t.Information, t.Discussion, t.Think} {
			note(themesFile, index("themes", i), Join(lines))
		}
	}
	for i, a := range p.Activities {
		note(activitiesFile, index("activities", i), a.Title+" "+Join(a.Information))
	}
	for i, q := range p.Questions {
		note(questionsFile, index("questions", i), q.Text)
	}
	for i, s := range p.Phrases {
		note(phrasesFile, index("phrases", i), s.Text)
	}
	for i, w := range p.Words {
		note(glossaryFile, index("words", i), w.Term+" "+w.Explanation)
	}
	for _, l := range p.Locales {
		for _, source := range l.sorted() {
			note("translations/"+l.Tag+".json", "sentences", l.Sentences[source])
		}
	}
	return found
}
