package pack

import (
	"slices"
	"strings"
	"time"

	"folje/internal/pattern"
	"folje/internal/text"
)

var (
	ruleForm    = pattern.Of(`^FREQ=(DAILY|WEEKLY|MONTHLY)(;[A-Z]+=[A-Z0-9,+-]+)*$`)
	publishable = []string{"weekday", "time", "places"}
)

// content checks what can be taken over.
func (c *checker) content() {
	p := c.pack
	for i := range p.Guide {
		c.file = p.Guide[i].File
		c.guideEntry(&p.Guide[i])
	}
	c.file = worriesFile
	keys := map[string]bool{}
	for i, w := range p.Worries {
		c.worry(index("worries", i), w, keys)
	}
	c.file = themesFile
	keys = map[string]bool{}
	for i, t := range p.Themes {
		c.theme(index("themes", i), t, keys)
	}
	c.file = activitiesFile
	for i, a := range p.Activities {
		c.activity(index("activities", i), a)
	}
	c.bank(questionsFile, "questions", p.Questions, text.MaxQuestion)
	c.bank(phrasesFile, "phrases", p.Phrases, 600)
	c.file = yearFile
	c.year(p.School)
	c.file = supportFile
	for i, g := range p.SupportGroups {
		c.supportGroup(index("groups", i), g)
	}
}

func (c *checker) once(field, key string, seen map[string]bool) {
	c.name(field, key)
	if seen[key] {
		c.fault(field, "%q is there twice", key)
	}
	seen[key] = true
}

func (c *checker) worry(at string, w Worry, seen map[string]bool) {
	c.once(at+".key", w.Key, seen)
	c.title(at+".title", w.Title)
	c.length(at+".synonyms", w.Synonyms, maxSynonyms)
	if w.Synonyms != "" {
		c.whole(at+".synonyms", []string{w.Synonyms}, true)
	}
	c.references(at+".guide", w.Guide, "")
	c.many(at+".guide", len(w.Guide), maxRelated)
}

func (c *checker) theme(at string, t Theme, seen map[string]bool) {
	c.once(at+".key", t.Key, seen)
	c.title(at+".title", t.Title)
	c.many(at+".also", len(t.Also), maxAlso)
	c.texts(at+".information", t.Information)
	c.texts(at+".discussion", t.Discussion)
	c.texts(at+".think", t.Think)
}

// texts checks lines that stand one below the other.
func (c *checker) texts(field string, lines []string) {
	for i, s := range lines {
		c.given(index(field, i), s)
		c.names(index(field, i), s)
	}
	c.length(field, strings.Join(lines, "\n"), maxLine)
}

func (c *checker) activity(at string, a Activity) {
	switch {
	case len(c.pack.Units) == 0:
		c.oneOf(at+".kind", a.Kind, unitKinds)
	case c.pack.Unit(a.Unit) == nil:
		c.fault(at+".unit", "there is no unit %q", a.Unit)
	}
	c.title(at+".title", a.Title)
	c.texts(at+".information", a.Information)
	c.length(at+".place", a.Place, maxAddress)
	c.ages(at+".", a.AgeFrom, a.AgeTo)
	c.times(at, a.Start, a.End)
	c.weekday(at+".weekday", a.Weekday)
	if a.Rule != "" && !ruleForm.MatchString(a.Rule) {
		c.fault(at+".rrule", "%q is not a rule of RFC 5545 by days, weeks or months", a.Rule)
	}
}

func (c *checker) times(at string, start, end Clock) {
	c.clock(at+".start", start)
	c.clock(at+".end", end)
	if end <= start {
		c.fault(at+".end", "%s is not after the start, %s", end, start)
	}
}

func (c *checker) weekday(field string, day int) {
	if day < 1 || day > 7 {
		c.fault(field, "%d is no day of the week, 1–7", day)
	}
}

func (c *checker) bank(file, name string, all []Phrase, most int) {
	c.file = file
	seen := map[string]bool{}
	for i, p := range all {
		at := index(name, i)
		c.given(at+".text", p.Text)
		c.length(at+".text", p.Text, most)
		c.length(at+".topic", p.Topic, 60)
		c.ages(at+".", p.AgeFrom, p.AgeTo)
		c.braces(at+".text", p.Text)
		if seen[p.Text] {
			c.fault(at+".text", "%q is there twice", p.Text)
		}
		seen[p.Text] = true
	}
}

// braces refuses names in what is copied into letters, where nothing fills them
// in.
func (c *checker) braces(field, s string) {
	if strings.ContainsAny(s, "{}") {
		c.fault(field, "holds a brace")
	}
}

func (c *checker) year(y Year) {
	terms := map[string]bool{}
	for i, t := range y.Terms {
		at := index("terms", i)
		c.once(at+".key", t.Key, terms)
		c.given(at+".name", t.Name)
		c.span(at+".starts", t.Starts, t.Ends)
		for j, f := range t.Free {
			c.span(index(at+".free", j), f.From, f.To)
		}
	}
	for i, p := range y.Plans {
		at := index("plans", i)
		c.school(at, p.Unit, p.YearFrom, p.YearTo)
		if !terms[p.Term] {
			c.fault(at+".term", "there is no term %q", p.Term)
		}
		if !slices.ContainsFunc(c.pack.Themes, func(t Theme) bool { return t.Key == p.Theme }) {
			c.fault(at+".theme", "there is no theme %q", p.Theme)
		}
		if p.Day != "" {
			c.span(at+".day", p.Day, p.Day)
		}
	}
	for i, g := range y.Years {
		at := index("years", i)
		c.school(at, g.Unit, g.YearFrom, g.YearTo)
		if u := c.pack.Unit(g.Unit); u != nil && !u.has(g.Group) {
			c.fault(at+".group", "%q has no group %q", g.Unit, g.Group)
		}
	}
}

func (c *checker) school(at, unit string, from, to int) {
	if c.pack.Unit(unit) == nil {
		c.fault(at+".unit", "there is no unit %q", unit)
	}
	if from < 0 || to > 9 || from > to {
		c.fault(at+".yearTo", "%d–%d are no years of school between 0 and 9", from, to)
	}
}

// span checks two days such as 2026-08-18.
func (c *checker) span(field, from, to string) {
	a, err := time.Parse(time.DateOnly, from)
	b, fault := time.Parse(time.DateOnly, to)
	if err != nil || fault != nil || b.Before(a) {
		c.fault(field, "%q to %q are no days such as 2026-08-18", from, to)
	}
}

func (c *checker) supportGroup(at string, g SupportGroup) {
	if c.pack.GuideEntry(g.Entry) == nil {
		c.fault(at+".entry", "there is no entry %q in the guide", g.Entry)
	}
	if !slices.ContainsFunc(c.pack.School.Terms, func(t Term) bool { return t.Key == g.Term }) {
		c.fault(at+".term", "there is no term %q", g.Term)
	}
	c.title(at+".title", g.Title)
	c.whole(at+".information", g.Information, true)
	c.ages(at+".", g.AgeFrom, g.AgeTo)
	c.span(at+".from", g.From, g.To)
	c.weekday(at+".weekday", g.Weekday)
	c.clock(at+".starts", g.Starts)
	c.clock(at+".ends", g.Ends)
	for i, s := range g.Publish {
		c.oneOf(index(at+".publish", i), s, publishable)
	}
}
