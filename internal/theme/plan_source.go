package theme

import (
	"folje/internal/sync"

	"github.com/pocketbase/pocketbase/core"
)

// reach is how far back a whole feed goes, in months, as for letters.
const reach = 13

// wirePlan is a row of a plan as phones get it. Its text is its theme's.
type wirePlan struct {
	Kind   string   `json:"kind"`
	ID     string   `json:"id"`
	Unit   wireUnit `json:"unit"`
	Term   wireTerm `json:"term"`
	Theme  string   `json:"theme"`
	Years  [2]int   `json:"years"`
	Day    string   `json:"day"`
	Title  []int    `json:"title"`
	Blocks []int    `json:"blocks"`
}

type wireUnit struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type wireTerm struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Starts string `json:"starts"`
	Ends   string `json:"ends"`
}

// planSource gives the feed a row of a plan; nil in any scope but everybody's.
// It is a [sync.Source].
func (f *feature) planSource(app core.App, scope, id string) (*sync.Record, error) {
	r, err := find(app, plans, id)
	if err != nil || r == nil || scope != sync.Public {
		return nil, err
	}
	p := Plan{r}
	unit, err := find(app, "units", p.Unit())
	if err != nil || unit == nil {
		return nil, err
	}
	found, err := find(app, terms, p.Term())
	if err != nil || found == nil {
		return nil, err
	}
	term := Term{found}
	body := wirePlan{
		Kind: "plan", ID: p.Id, Unit: wireUnit{unit.Id, unit.GetString("name")},
		Term:  wireTerm{term.Id, term.Name(), term.Starts(), term.Ends()},
		Theme: p.Theme(), Years: p.Years(), Day: p.Day(), Title: []int{}, Blocks: []int{},
	}
	ends, err := parseDay(term.Ends())
	if err != nil {
		return nil, err
	}
	return &sync.Record{
		Body: func(func(sync.Part) []int) any { return body },
		Old:  ends.Before(f.Now().AddDate(0, -reach, 0)),
	}, nil
}
