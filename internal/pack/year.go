package pack

import (
	"strconv"
	"strings"
	"time"

	"folje/internal/text"
)

// Activity is one of activities.json: what is open to everybody, such as an open
// preschool. Unit is the key of who holds it; a pack without units says the Kind
// of unit instead. It is on Weekday (1 is Monday) from Start to End and comes back
// as Rule says (RFC 5545). Cancelled are days on which it isn't, counted from the
// day the pack is put to use and moved on to the next one of the rule.
type Activity struct {
	Unit        string   `json:"unit,omitempty"`
	Kind        string   `json:"kind,omitempty"`
	Title       string   `json:"title"`
	Information []string `json:"information"`
	Place       string   `json:"place,omitempty"`
	AgeFrom     int      `json:"ageFrom"`
	AgeTo       int      `json:"ageTo"`
	Weekday     int      `json:"weekday"`
	Start       Clock    `json:"start"`
	End         Clock    `json:"end"`
	Rule        string   `json:"rrule"`
	Cancelled   []int    `json:"cancelled,omitempty"`
}

// Texts are what is translated of the activity.
func (a *Activity) Texts() []text.Block {
	blocks := []text.Block{Whole(a.Title)}
	for _, line := range a.Information {
		blocks = append(blocks, broken(text.Paragraph, line))
	}
	return blocks
}

// Year is terms.json: the terms of a school year with the days that are free,
// and the schools' common plan. It is written for the school year that begins in
// Begins, and moved to the one in which the pack is put to use (see Pack.YearOn).
type Year struct {
	Begins int          `json:"begins"`
	Terms  []Term       `json:"terms"`
	Plans  []Plan       `json:"plans"`
	Years  []GroupYears `json:"years"`
}

// Term goes from day to day (2026-08-18). Key names it in the pack's files.
type Term struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Starts string `json:"starts"`
	Ends   string `json:"ends"`
	Free   []Free `json:"free"`
}

// Free are days of a term without school.
type Free struct {
	Name string `json:"name"`
	From string `json:"from"`
	To   string `json:"to"`
}

// Plan is a row of a school's plan: a theme for some years of school (0 is the
// preschool class) in a term. Day may be "".
type Plan struct {
	Unit     string `json:"unit"`
	Term     string `json:"term"`
	Theme    string `json:"theme"`
	YearFrom int    `json:"yearFrom"`
	YearTo   int    `json:"yearTo"`
	Day      string `json:"day"`
}

// GroupYears says which years of school are in a class.
type GroupYears struct {
	Unit     string `json:"unit"`
	Group    string `json:"group"`
	YearFrom int    `json:"yearFrom"`
	YearTo   int    `json:"yearTo"`
}

// SupportGroup is one of support_groups.json: a term's group of an entry of the
// guide. Publish are those of weekday, time and places that everybody may know.
type SupportGroup struct {
	Entry       string   `json:"entry"`
	Term        string   `json:"term"`
	Title       string   `json:"title"`
	Information []string `json:"information"`
	AgeFrom     int      `json:"ageFrom"`
	AgeTo       int      `json:"ageTo"`
	From        string   `json:"from"`
	To          string   `json:"to"`
	Weekday     int      `json:"weekday"`
	Starts      Clock    `json:"starts"`
	Ends        Clock    `json:"ends"`
	Places      int      `json:"places"`
	Publish     []string `json:"publish"`
}

// Texts are what is translated of the group.
func (g *SupportGroup) Texts() []text.Block {
	return []text.Block{Whole(g.Title), broken(text.Paragraph, Join(g.Information))}
}

// firstMonth is when a school year begins.
const firstMonth = time.July

// schoolYear is the year in which today's school year begins.
func schoolYear(today time.Time) int {
	if today.Month() < firstMonth {
		return today.Year() - 1
	}
	return today.Year()
}

// moved is how far the pack's school year is moved on today.
func (p *Pack) moved(today time.Time) int { return schoolYear(today) - p.School.Begins }

// YearOn gives the school year as it is where the pack is put to use today: its
// days keep their weekday, its names say the year that it is.
func (p *Pack) YearOn(today time.Time) Year {
	by, out := p.moved(today), p.School
	out.Begins += by
	out.Terms = append([]Term(nil), p.School.Terms...)
	for i, t := range out.Terms {
		t.Name, t.Starts, t.Ends = renamed(t.Name, by), Moved(t.Starts, by), Moved(t.Ends, by)
		t.Free = append([]Free(nil), t.Free...)
		for j, f := range t.Free {
			t.Free[j] = Free{f.Name, Moved(f.From, by), Moved(f.To, by)}
		}
		out.Terms[i] = t
	}
	out.Plans = append([]Plan(nil), p.School.Plans...)
	for i := range out.Plans {
		out.Plans[i].Day = Moved(out.Plans[i].Day, by)
	}
	return out
}

// GroupsOn gives the support groups likewise.
func (p *Pack) GroupsOn(today time.Time) []SupportGroup {
	out := append([]SupportGroup(nil), p.SupportGroups...)
	for i := range out {
		out[i].From, out[i].To = Moved(out[i].From, p.moved(today)), Moved(out[i].To, p.moved(today))
	}
	return out
}

// Moved is the day (2026-08-18) some years later, on the same weekday; "" stays.
func Moved(day string, years int) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil || years == 0 {
		return day
	}
	then := at.AddDate(years, 0, 0)
	off := (int(at.Weekday()) - int(then.Weekday()) + 7) % 7
	if off > 3 {
		off -= 7
	}
	return then.AddDate(0, 0, off).Format(time.DateOnly)
}

// renamed is a term's name with the year moved that it says.
func renamed(name string, by int) string {
	words := strings.Fields(name)
	for i, w := range words {
		if year, err := strconv.Atoi(w); err == nil && year > 1999 && year < 2200 {
			words[i] = strconv.Itoa(year + by)
		}
	}
	return strings.Join(words, " ")
}

// First is the day on which the activity was for the first time in the school
// year of today: a weekday of its own some weeks after the year's begin.
func (a Activity) First(today time.Time) time.Time {
	at := time.Date(schoolYear(today), time.August, 24, 12, 0, 0, 0, today.Location())
	for int(at.Weekday()+6)%7+1 != a.Weekday {
		at = at.AddDate(0, 0, 1)
	}
	return at
}
