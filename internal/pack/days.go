package pack

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// dayMark stands in a text for a day, counted and moved like Meeting.Day:
// "{day:-14}" becomes "onsdag den 4 mars", "Wednesday 4 March" and so on.
var dayMark = regexp.MustCompile(`\{day:(-?\d{1,4})\}`)

// On returns the pack with its day marks written out for a pack that is put to
// use today; p is left as it was. A locale whose names of days and months are
// not known here gets the date as 2026-03-04.
func (p *Pack) On(today time.Time) *Pack {
	out := *p
	out.Entries = make([]Entry, len(p.Entries))
	for i, e := range p.Entries {
		out.Entries[i] = e.on(today)
	}
	out.Locales = make([]Locale, len(p.Locales))
	for i, l := range p.Locales {
		out.Locales[i] = l.on(today)
	}
	return &out
}

func (e Entry) on(today time.Time) Entry {
	e.Meeting.Information = writeAll(e.Meeting.Information, Source, today)
	e.Meeting.Question = writeAll(e.Meeting.Question, Source, today)
	if e.Letter == nil {
		return e
	}
	l := *e.Letter
	l.Title, l.Blocks = writeAll(l.Title, Source, today), writeBlocks(l.Blocks, today)
	if l.Correction != nil {
		l.Correction = &Correction{Moment: l.Correction.Moment, Blocks: writeBlocks(l.Correction.Blocks, today)}
	}
	e.Letter = &l
	return e
}

func (l Locale) on(today time.Time) Locale {
	sentences := make(map[string]string, len(l.Sentences))
	for _, source := range l.sorted() {
		sentences[write(source, Source, today)] = write(l.Sentences[source], l.Tag, today)
	}
	l.Sentences = sentences
	return l
}

func writeBlocks(blocks []Block, today time.Time) []Block {
	out := make([]Block, len(blocks))
	for i, b := range blocks {
		out[i] = Block{Kind: b.Kind, Sentences: writeAll(b.Sentences, Source, today)}
	}
	return out
}

func writeAll(sentences []string, locale string, today time.Time) []string {
	out := make([]string, len(sentences))
	for i, s := range sentences {
		out[i] = write(s, locale, today)
	}
	return out
}

func write(s, locale string, today time.Time) string {
	return dayMark.ReplaceAllStringFunc(s, func(mark string) string {
		offset, _ := strconv.Atoi(dayMark.FindStringSubmatch(mark)[1])
		return writeDay(locale, meetingDay(today, offset))
	})
}

func writeDay(locale string, day time.Time) string {
	names, known := calendars[locale]
	if !known {
		return day.Format(time.DateOnly)
	}
	return fmt.Sprintf(names.layout, names.weekdays[day.Weekday()], day.Day(), names.months[day.Month()-1])
}

// calendar is how a locale writes a day without its year. layout takes the
// weekday, the day of the month and the month.
type calendar struct {
	layout   string
	weekdays [7]string // from Sunday
	months   [12]string
}

var calendars = map[string]calendar{
	"sv":        swedish,
	"sv-simple": swedish,
	"en": {
		layout:   "%s %d %s",
		weekdays: [7]string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		months: [12]string{"January", "February", "March", "April", "May", "June", "July",
			"August", "September", "October", "November", "December"},
	},
	"ar": {
		layout:   "%s %d %s",
		weekdays: [7]string{"الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"},
		months: [12]string{"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو",
			"أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
	},
}

var swedish = calendar{
	layout:   "%s den %d %s",
	weekdays: [7]string{"söndag", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag"},
	months: [12]string{"januari", "februari", "mars", "april", "maj", "juni", "juli",
		"augusti", "september", "oktober", "november", "december"},
}
