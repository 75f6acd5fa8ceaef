package pack

import (
	"slices"
	"strings"
	"time"

	"folje/internal/text"
)

func (c *checker) entry(e *Entry) {
	c.meeting(e.Meeting)
	c.invitation(e.Meeting)
	if !c.pack.edits(e.Author, e.Meeting.Unit) {
		c.fault("author", "%q is not an editor of %q", e.Author, e.Meeting.Unit)
	}
	if e.Letter != nil {
		c.letter(e.Meeting, e.Letter)
	}
	for _, l := range e.sentences() {
		c.sentences(l)
	}
}

func (c *checker) meeting(m Meeting) {
	unit := c.pack.Unit(m.Unit)
	if unit == nil {
		c.fault("meeting.unit", "there is no unit %q", m.Unit)
	}
	if len(m.Groups) == 0 {
		c.fault("meeting.groups", "is missing")
	}
	for i, g := range m.Groups {
		if unit != nil && !unit.has(g) {
			c.fault(index("meeting.groups", i), "%q has no group %q", m.Unit, g)
		}
	}
	c.clock("meeting.start", m.Start)
	c.clock("meeting.end", m.End)
	if m.End <= m.Start {
		c.fault("meeting.end", "%s is not after the start, %s", m.End, m.Start)
	}
	c.given("meeting.place", m.Place)
	c.blocks("meeting.question", []text.Block{{ID: "question", Kind: text.Question, Text: Join(m.Question)}})
}

func (c *checker) clock(field string, t Clock) {
	if _, _, ok := t.parse(); !ok {
		c.fault(field, "%q is not a time of day such as 17:30", t)
	}
}

func (c *checker) letter(m Meeting, l *Letter) {
	c.blocks("letter.title", []text.Block{{ID: "title", Kind: text.Title, Text: Join(l.Title)}})
	c.body("letter.blocks", l.Blocks)
	if l.Published != nil {
		c.moment("letter.published", *l.Published)
		c.past("letter.published", m, *l.Published)
	}
	if l.Correction == nil {
		return
	}
	c.body("letter.correction.blocks", l.Correction.Blocks)
	c.moment("letter.correction", l.Correction.Moment)
	c.past("letter.correction", m, l.Correction.Moment)
	if l.Published == nil || !l.Published.before(l.Correction.Moment) {
		c.fault("letter.correction", "does not come after the letter was published")
	}
}

// body checks blocks against the limits and kinds of a letter's body.
func (c *checker) body(field string, blocks []Block) {
	if len(blocks) == 0 {
		c.fault(field, "is missing")
	}
	for i, b := range blocks {
		if !b.Kind.Body() || b.Kind.Attached() {
			c.fault(index(field, i)+".kind", "%q does not belong in a letter", b.Kind)
		}
	}
	c.blocks(field, TextBlocks(blocks))
}

func (c *checker) blocks(field string, blocks []text.Block) {
	for _, f := range text.Validate(blocks) {
		at := slices.IndexFunc(blocks, func(b text.Block) bool { return b.ID == f.Block })
		if at >= 0 && len(blocks) > 1 {
			c.fault(index(field, at), "%s %v", f.Code, f.Params)
			continue
		}
		c.fault(field, "%s %v", f.Code, f.Params)
	}
}

func (c *checker) moment(field string, x Moment) {
	c.clock(field+".clock", x.Clock)
	if x.After < 0 {
		c.fault(field+".after", "%d lies before the meeting", x.After)
	}
}

func (x Moment) before(y Moment) bool {
	return x.After < y.After || x.After == y.After && x.Clock < y.Clock
}

// past checks that x is over on the day the pack is put to use, whatever weekday
// that is.
func (c *checker) past(field string, m Meeting, x Moment) {
	for weekday := range 7 {
		today := time.Date(2024, time.January, 1+weekday, 0, 0, 0, 0, time.UTC)
		if at, err := m.Later(today, x); err != nil || !at.Before(today) {
			c.fault(field, "does not lie in the past when today is a %s", today.Weekday())
			return
		}
	}
}

// sentences checks that each is one segment, on the day of its own date marks.
func (c *checker) sentences(l list) {
	for i, s := range l.sentences {
		c.marks(index(l.field, i), s)
	}
	written := writer{time.Time{}, someDay}.sentences(l.sentences)
	found := text.Break(Join(written))
	for i, s := range written {
		if i >= len(found) || found[i] != s {
			c.fault(index(l.field, i), "is not exactly one segment: %q", found)
			return
		}
	}
	if len(found) > len(written) {
		c.fault(l.field, "holds more segments than sentences: %q", found)
	}
}

// someDay is how Swedish writes a day.
func someDay(string, time.Time) string { return "onsdag 1 maj" }

// marks checks one text, of which no brace but a day's mark is kept.
func (c *checker) marks(field, s string) {
	c.given(field, s)
	if strings.ContainsAny(s, "{}") && strings.ContainsAny(placeholder.ReplaceAllString(dayMark.ReplaceAllString(s, ""), ""), "{}") {
		c.fault(field, "holds a brace that isn't part of a day such as {day:-14}")
	}
}

// days returns the day marks of a text, sorted: languages order them differently.
func days(s string) []string {
	if !strings.Contains(s, "{day:") {
		return nil
	}
	found := dayMark.FindAllString(s, -1)
	slices.Sort(found)
	return found
}
