package pack

import (
	"strconv"
	"strings"
	"time"

	"folje/internal/pattern"
)

// dayMark stands in a text for a day, counted and moved like Meeting.Day:
// "{day:-14}" becomes "onsdag 4 mars", "Wednesday 4 March" and so on.
var dayMark = pattern.Of(`\{day:(-?\d{1,4})\}`)

// Say writes a day in a locale, without its year.
type Say func(locale string, day time.Time) string

// On returns the pack with its day marks written out, by say, for a pack that is
// put to use today; p is left as it was.
func (p *Pack) On(today time.Time, say Say) *Pack {
	w := writer{today, say}
	out := *p
	out.Entries = make([]Entry, len(p.Entries))
	for i, e := range p.Entries {
		out.Entries[i] = w.entry(e)
	}
	out.Locales = make([]Locale, len(p.Locales))
	for i, l := range p.Locales {
		out.Locales[i] = w.locale(l)
	}
	return &out
}

// writer writes day marks out.
type writer struct {
	today time.Time
	say   Say
}

func (w writer) entry(e Entry) Entry {
	e.Meeting.Information = w.sentences(e.Meeting.Information)
	e.Meeting.Question = w.sentences(e.Meeting.Question)
	if e.Letter == nil {
		return e
	}
	l := *e.Letter
	l.Title, l.Blocks = w.sentences(l.Title), w.blocks(l.Blocks)
	if l.Correction != nil {
		l.Correction = &Correction{Moment: l.Correction.Moment, Blocks: w.blocks(l.Correction.Blocks)}
	}
	e.Letter = &l
	return e
}

func (w writer) locale(l Locale) Locale {
	sentences := make(map[string]string, len(l.Sentences))
	for _, source := range l.sorted() {
		sentences[w.text(source, Source)] = w.text(l.Sentences[source], l.Tag)
	}
	l.Sentences = sentences
	return l
}

func (w writer) blocks(blocks []Block) []Block {
	out := make([]Block, len(blocks))
	for i, b := range blocks {
		out[i] = Block{Kind: b.Kind, Sentences: w.sentences(b.Sentences)}
	}
	return out
}

func (w writer) sentences(all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = w.text(s, Source)
	}
	return out
}

func (w writer) text(s, locale string) string {
	if !strings.Contains(s, "{day:") {
		return s
	}
	return dayMark.ReplaceAllStringFunc(s, func(mark string) string {
		offset, _ := strconv.Atoi(dayMark.FindStringSubmatch(mark)[1])
		return w.say(locale, meetingDay(w.today, offset))
	})
}
