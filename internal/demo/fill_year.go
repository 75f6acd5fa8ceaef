package demo

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"folje/internal/activity"
	"folje/internal/meeting"
	"folje/internal/pack"

	"github.com/pocketbase/pocketbase/core"
)

// Of the plan's meetings those of the next invited days are announced; what ends
// a meeting's day, and when it begins.
const (
	invited = 45
	begins  = "18:00"
	ends    = "19:30"
)

func day(at time.Time) string { return at.Format(time.DateOnly) }

// term is a term of the pack's year, as it is today.
func (f *filler) term(key string) pack.Term {
	for _, t := range f.year.Terms {
		if t.Key == key {
			return t
		}
	}
	return pack.Term{}
}

// themes puts in what thematic meetings are about, the school year, and its plan.
func (f *filler) themes() error {
	themes := map[string]*core.Record{}
	for _, t := range f.pack.Themes {
		r, err := f.save("themes", map[string]any{"key": t.Key, "title": t.Title, "also": t.Also,
			"information": strings.Join(t.Information, "\n"), "discussion": strings.Join(t.Discussion, "\n"),
			"think": strings.Join(t.Think, "\n"), "order": t.Order, "base": 1})
		if err != nil {
			return fmt.Errorf("theme %q: %w", t.Key, err)
		}
		themes[t.Key] = r
	}
	terms := map[string]string{}
	for _, t := range f.year.Terms {
		r, err := f.save("terms", map[string]any{"name": t.Name, "starts": t.Starts, "ends": t.Ends, "free": t.Free})
		if err != nil {
			return fmt.Errorf("term %q: %w", t.Name, err)
		}
		terms[t.Key] = r.Id
	}
	if err := f.classes(); err != nil {
		return err
	}
	for i, p := range f.year.Plans {
		if err := f.plan(p, terms[p.Term], themes[p.Theme].Id); err != nil {
			return fmt.Errorf("row %d of the plan: %w", i+1, err)
		}
	}
	return nil
}

// classes says which years of school are in a class.
func (f *filler) classes() error {
	for _, y := range f.year.Years {
		r := f.groups[y.Unit+"/"+y.Group]
		r.Load(map[string]any{"yearFrom": strconv.Itoa(y.YearFrom), "yearTo": strconv.Itoa(y.YearTo)})
		if err := f.app.Save(r); err != nil {
			return fmt.Errorf("save the years of a class: %w", err)
		}
	}
	return nil
}

// plan puts in a row, with its meeting where that is soon.
func (f *filler) plan(p pack.Plan, term, theme string) error {
	values := map[string]any{"term": term, "unit": f.units[p.Unit].Id, "theme": theme,
		"yearFrom": p.YearFrom, "yearTo": p.YearTo, "day": p.Day}
	meetings, err := f.thematic(p, theme)
	if err != nil {
		return err
	}
	values["meetings"] = meetings
	_, err = f.save("term_plans", values)
	return err
}

// thematic invites the row's classes to their meeting, if it is soon.
func (f *filler) thematic(p pack.Plan, theme string) ([]string, error) {
	if p.Day <= day(f.today.AddDate(0, 0, 4)) || p.Day > day(f.today.AddDate(0, 0, invited)) {
		return nil, nil
	}
	var groups []string
	for _, y := range f.year.Years {
		if y.Unit == p.Unit && y.YearFrom <= p.YearTo && p.YearFrom <= y.YearTo {
			groups = append(groups, f.groups[y.Unit+"/"+y.Group].Id)
		}
	}
	author := f.editorOf(p.Unit)
	if len(groups) == 0 || author == "" {
		return nil, nil
	}
	starts, err := f.at(p.Day, begins)
	if err != nil {
		return nil, err
	}
	until, err := f.at(p.Day, ends)
	if err != nil {
		return nil, err
	}
	r, err := f.save("meetings", map[string]any{"kind": "thematic", "theme": theme, "unit": f.units[p.Unit].Id, "groups": groups,
		"author": author, "starts": starts.UTC(), "ends": until.UTC(), "answerBy": starts.AddDate(0, 0, -2).UTC(),
		"place": f.units[p.Unit].GetString("name"), "childcare": true, "base": 1})
	if err != nil {
		return nil, err
	}
	m := meeting.Meeting{Record: r}
	if _, err := meeting.Publish(f.app, m.Id, author, m.Base(), f.today.Add(-24*time.Hour)); err != nil {
		return nil, err
	}
	return []string{m.Id}, nil
}

// editorOf is who writes in the unit, "" for nobody.
func (f *filler) editorOf(unit string) string {
	for _, s := range f.pack.Staff {
		for i, u := range s.Units {
			if u == unit && i == 0 && s.Roles[0] == "editor" {
				return f.staff[s.Email].Id
			}
		}
	}
	return ""
}

// at is a clock on a day where the municipality is.
func (f *filler) at(day, clock string) (time.Time, error) {
	return time.ParseInLocation(time.DateOnly+" 15:04", day+" "+clock, f.today.Location())
}

// activities puts in what is open to everybody, since the autumn began.
func (f *filler) activities() error {
	for _, a := range f.pack.Activities {
		first := a.First(f.today)
		r, err := f.save("activities", map[string]any{"unit": f.units[a.Unit].Id, "title": a.Title,
			"information": strings.Join(a.Information, "\n"), "place": a.Place, "ageFrom": a.AgeFrom, "ageTo": a.AgeTo,
			"starts": day(first) + "T" + string(a.Start), "ends": day(first) + "T" + string(a.End), "rrule": a.Rule, "base": 1})
		if err != nil {
			return fmt.Errorf("activity %q: %w", a.Title, err)
		}
		if err := f.cancel(activity.Activity{Record: r}, a.Cancelled); err != nil {
			return fmt.Errorf("activity %q: %w", a.Title, err)
		}
	}
	return nil
}

// cancel calls the activity off on its first day that is so many days away, or
// later.
func (f *filler) cancel(a activity.Activity, days []int) error {
	s, err := a.Schedule()
	if err != nil || len(days) == 0 {
		return err
	}
	off := []activity.Exception{}
	for _, n := range days {
		from := f.today.AddDate(0, 0, n)
		times, err := s.Times(from, from.AddDate(0, 0, 40))
		if err != nil {
			return err
		}
		if len(times.Open) > 0 {
			off = append(off, activity.Exception{On: day(times.Open[0][0].In(f.today.Location())), Cancelled: true})
		}
	}
	a.Set("exceptions", off)
	return f.app.Save(a.Record)
}
