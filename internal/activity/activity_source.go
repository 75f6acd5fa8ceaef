package activity

import (
	"time"

	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"
	"folje/internal/zone"

	"github.com/pocketbase/pocketbase/core"
)

// weeks is how far ahead phones know an activity's times.
const weeks = 26

// wireActivity is an activity as phones get it; numbers stand for segments.
// Times are RFC 3339 in UTC: those from the beginning of this week on, and the
// beginnings of those that are cancelled. First, rule and exceptions are how it
// is stored, for calendars. Until is the last day, "" where it goes on.
type wireActivity struct {
	Kind       string      `json:"kind"`
	ID         string      `json:"id"`
	Unit       wireUnit    `json:"unit"`
	Title      []int       `json:"title"`
	Blocks     []wireBlock `json:"blocks"`
	Place      string      `json:"place"`
	Ages       [2]int      `json:"ages"`
	Times      [][2]string `json:"times"`
	Cancelled  []string    `json:"cancelled"`
	Until      string      `json:"until"`
	First      [2]string   `json:"first"`
	Rule       string      `json:"rule,omitempty"`
	Exceptions []Exception `json:"exceptions,omitempty"`
	Sequence   int         `json:"sequence"`
}

type wireUnit struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type wireBlock struct {
	Kind     text.Kind `json:"kind"`
	Segments []int     `json:"segments"`
}

// source gives the feed an activity that isn't over; nil in any scope but
// everybody's. It is a [sync.Source].
func (f *feature) source(app core.App, scope, id string) (*sync.Record, error) {
	a, err := find(app, id)
	if err != nil || a == nil || a.Hidden() || scope != sync.Public {
		return nil, err
	}
	s, err := a.Schedule()
	if err != nil {
		return nil, err
	}
	times, err := s.Ahead(f.Now())
	if err != nil || len(times.Open) == 0 {
		return nil, err
	}
	unit, err := app.FindRecordById("units", a.Unit())
	if err != nil {
		return nil, err
	}
	content := a.Content()
	parts, err := translation.Parts(app, content)
	if err != nil {
		return nil, err
	}
	return &sync.Record{
		Body: func(numbers func(sync.Part) []int) any {
			w := wireActivity{
				Kind: "activity", ID: a.Id, Unit: wireUnit{unit.Id, unit.GetString("name")}, Title: numbers(parts[0]),
				Blocks: []wireBlock{}, Place: a.GetString("place"), Ages: [2]int{a.GetInt("ageFrom"), a.GetInt("ageTo")},
				Times: [][2]string{}, Cancelled: []string{}, Until: s.Until(), Sequence: a.GetInt("base"),
				First: [2]string{s.Starts, s.Ends}, Rule: s.Rule, Exceptions: s.Exceptions,
			}
			for i, b := range content[1:] {
				w.Blocks = append(w.Blocks, wireBlock{b.Kind, numbers(parts[i+1])})
			}
			for _, t := range times.Open {
				w.Times = append(w.Times, [2]string{stamp(t[0]), stamp(t[1])})
			}
			for _, t := range times.Cancelled {
				w.Cancelled = append(w.Cancelled, stamp(t))
			}
			return w
		},
		Parts: parts,
	}, nil
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// Ahead gives the times from the Monday of now's week on, for [weeks] weeks: it
// says the same all week long.
func (s Schedule) Ahead(now time.Time) (Times, error) {
	y, m, d := now.In(zone.Stockholm()).Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	monday := d - (int(day.Weekday())+6)%7
	return s.Times(time.Date(y, m, monday, 0, 0, 0, 0, zone.Stockholm()),
		time.Date(y, m, monday+7*weeks, 0, 0, 0, 0, zone.Stockholm()))
}
