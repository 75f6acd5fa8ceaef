package guide

import (
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"folje/internal/locale"
	"folje/internal/zone"
)

// view is what the plain page shows, in one language.
type view struct {
	Tag, Dir, Town, Title string
	Notes                 []string // what holds for all of it
	Languages             []language
	Numbers, Here         []emergency
	Complain              []reach // where to say that something can't be used
	Urgent, Entries       []*section
	Stages                []stage
	Worries               []worryLinks
	T                     func(id string) string
}

type language struct {
	locale.Info
	Current bool
}

// emergency is a number that holds in all of Sweden, or one of the
// municipality's own, which has a name there, or "".
type emergency struct {
	Number, Says, Name string
	Link               template.URL
}

type stage struct {
	Name  string
	Links []*section
}

type worryLinks struct {
	Title []piece
	Links []*section
}

// section is an entry. Head is its name, or its title where it has none; Named
// says that the title is to be shown beside it. Anchor is a number: a name would
// stay in the browser's history.
type section struct {
	key, Anchor, Head, Ages, Place, Checked string
	Named, AskWhen                          bool
	Title                                   []piece
	Missing, Machine                        string // how good its translation is, in words
	Parts                                   []passage
	Contacts                                []reach
	Groups                                  []groupLine
	Related                                 []*section
	from, to                                int
}

// passage is all that an entry says about one thing; Head is "" for the summary.
type passage struct {
	name, Head string
	Runs       []run
}

// run is a paragraph, or a list.
type run struct {
	Text  []piece
	Items [][]piece
}

type reach struct {
	Kind, Value, Label string
	Link               template.URL // "" for what no phone opens
}

type groupLine struct {
	Title, Text        []piece
	Ages, Period, When string
}

// numbers are those of all of Sweden; the browser's are public/js/parent/worry.js.
var numbers = []string{"112", "114 14", "1177", "116 111"}

// stages are those that parents choose a child's age by, with their first and
// last year.
var stages = []struct {
	message  string
	from, to int
}{
	{"guide.stage.baby", 0, 0}, {"guide.stage.preschool", 1, 5}, {"guide.stage.school", 6, 12},
	{"guide.stage.teen", 13, 15}, {"guide.stage.youth", 16, 20},
}

// viewer makes a view of what was read.
type viewer struct {
	*reading
	messages *locale.Bundle
	now      time.Time
	sections map[string]*section // by the entry's id
}

// local is the section without the numbers that the page has above it.
func (s *section) local() *section {
	here := *s
	here.Contacts = slices.DeleteFunc(slices.Clone(s.Contacts), func(r reach) bool { return slices.Contains(numbers, r.Value) })
	return &here
}

func (v *viewer) say(id string, params map[string]any) string {
	return v.messages.Text(v.tag, id, params)
}

func (v *viewer) view(info locale.Info) (*view, error) {
	v.sections = map[string]*section{}
	town := v.names.Municipality
	if town == "" {
		v.names.Municipality = v.say("plain.municipality", nil)
	}
	out := &view{
		Tag: info.Tag, Dir: info.Dir, Town: town, Title: v.say("plain.title", nil),
		T: func(id string) string { return inOrder(v.say(id, nil), v.rtl) },
	}
	for _, l := range v.messages.Locales() {
		out.Languages = append(out.Languages, language{l, l.Tag == info.Tag})
	}
	for _, n := range numbers {
		digits := strings.ReplaceAll(n, " ", "")
		out.Numbers = append(out.Numbers, emergency{n, v.say("worry."+digits, nil), "", template.URL("tel:" + digits)})
	}
	out.Here, out.Complain = v.here(), v.complain()
	for _, e := range v.entries {
		s, err := v.section(e)
		if err != nil {
			return nil, err
		}
		v.sections[e.Id] = s
		s.Anchor = "e" + strconv.Itoa(len(v.sections))
		out.Entries = append(out.Entries, s)
		if e.GetBool("urgent") {
			out.Urgent = append(out.Urgent, s.local())
		}
	}
	if err := v.relate(); err != nil {
		return nil, err
	}
	out.Stages, out.Worries = v.stages(out.Entries), v.worryLinks()
	out.Notes = v.notes(out.Entries)
	return out, nil
}

func (v *viewer) ages(from, to int) string {
	switch {
	case from == 0 && to == Oldest:
		return v.say("guide.ages_all", nil)
	case from == to:
		return v.say("guide.age", map[string]any{"Age": from})
	}
	return v.say("guide.ages", map[string]any{"From": from, "To": to})
}

func (v *viewer) checked(day string) string {
	if day == "" {
		return ""
	}
	return v.say("guide.checked", map[string]any{"Date": v.day(day)})
}

// day is a stored day as the reader's language writes it.
func (v *viewer) day(day string) string {
	at, err := time.ParseInLocation(time.DateOnly, day, zone.Stockholm())
	if err != nil {
		return day
	}
	return v.messages.Date(v.tag, at, locale.DayMonth, v.now)
}

func (v *viewer) stages(entries []*section) (out []stage) {
	for _, of := range stages {
		st := stage{Name: v.say(of.message, nil) + " · " + v.ages(of.from, of.to)}
		for _, s := range entries {
			if s.from <= of.to && s.to >= of.from {
				st.Links = append(st.Links, s)
			}
		}
		if len(st.Links) > 0 {
			out = append(out, st)
		}
	}
	return out
}

func (v *viewer) worryLinks() (out []worryLinks) {
	for _, w := range v.worries {
		links := worryLinks{Title: v.says(v.parts[w.Id][0])}
		for _, id := range w.GetStringSlice("guide") {
			if s := v.sections[id]; s != nil {
				links.Links = append(links.Links, s)
			}
		}
		if len(links.Links) > 0 {
			out = append(out, links)
		}
	}
	return out
}

func (v *viewer) relate() error {
	byKey := map[string]*section{}
	for _, s := range v.sections {
		byKey[s.key] = s
	}
	for _, e := range v.entries {
		related, err := e.strings("related")
		if err != nil {
			return err
		}
		for _, key := range related {
			if s := byKey[key]; s != nil {
				v.sections[e.Id].Related = append(v.sections[e.Id].Related, s)
			}
		}
	}
	return nil
}
