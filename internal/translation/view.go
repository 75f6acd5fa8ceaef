package translation

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// View is one place with its text in one locale, for staff and translators.
// Text is nil where nothing was written yet; Only marks a wording that belongs
// to this place alone; Version is what the next save must name as its base.
// Previous is what stood here before a change made the sentence new, nil for
// nothing. MayReview says that the one who asks may find somebody else's text
// right. Reports are those of the sentence that nobody has settled, nil for
// none. Elsewhere names who had reviewed the text before it came here with a
// content pack, and its licence.
type View struct {
	Block   string  `json:"block"`
	Kind    string  `json:"kind"`
	Segment string  `json:"segment"`
	Context string  `json:"context"`
	Source  string  `json:"source"`
	Text    *string `json:"text"`
	Draft   *string `json:"draft"`
	State   string  `json:"state"`
	Only    bool    `json:"only"`
	Version string  `json:"version"`

	Previous  *Previous `json:"previous"`
	MayReview bool      `json:"mayReview"`
	Reports   *Reports  `json:"reports,omitempty"`
	Elsewhere string    `json:"elsewhere,omitempty"`

	author string
}

// Previous is a sentence that stood in a place before, with its text in the
// locale, nil for none.
type Previous struct {
	Source string  `json:"source"`
	Text   *string `json:"text"`
}

// Views shows the record's places in the locale, in their order, with what
// readers reported and what stood there before.
func Views(app core.App, record, locale string, places []Place) ([]View, error) {
	views, err := viewsOf(app, record, locale, places)
	if err != nil {
		return nil, err
	}
	reported, err := ReportsOf(app, locale, segmentsOf(places))
	if err != nil {
		return nil, err
	}
	before, err := previousIn(app, record, locale)
	if err != nil {
		return nil, err
	}
	for i, v := range views {
		if r, ok := reported[v.Segment]; ok {
			views[i].Reports = &r
		}
		views[i].Previous = before[spot{v.Segment, v.Context}]
	}
	return views, nil
}

func viewsOf(app core.App, record, locale string, places []Place) ([]View, error) {
	texts, err := rows(app, locale, segmentsOf(places))
	if err != nil {
		return nil, err
	}
	confirmed, err := confirmedIn(app, locale, dbx.HashExp{"record": record})
	if err != nil {
		return nil, err
	}
	views := make([]View, len(places))
	for i, p := range places {
		views[i] = view(p, locale, texts, confirmed[p.Segment.ID])
	}
	return views, nil
}

func segmentsOf(places []Place) []string {
	segments := make([]string, len(places))
	for i, p := range places {
		segments[i] = p.Segment.ID
	}
	return segments
}

func view(p Place, locale string, texts map[string]*row, confirmed string) View {
	v := View{Block: p.Block, Kind: string(p.Kind), Segment: p.Segment.ID, Context: p.Context, Source: p.Segment.Text}
	if locale == sourceLocale {
		v.Text, v.State = &p.Segment.Text, Source
		return v
	}
	r := best(texts, p.Segment.ID, p.Context)
	v.State, v.Version = state(r, confirmed), r.version()
	if own := texts[Key(p.Segment.ID, p.Context)]; own != nil && own.Draft != "" {
		v.Draft, v.Only = &own.Draft, true // a wording for this place, begun
	}
	if r == nil {
		return v
	}
	v.Only, v.author, v.Elsewhere = v.Only || r.Context != "", r.Author, r.Elsewhere
	if r.Given {
		v.Text = &r.Text
	}
	if r.Draft != "" && v.Draft == nil {
		v.Draft = &r.Draft
	}
	return v
}

// Readiness counts a record's places in one locale by state.
type Readiness struct {
	Tag      string `json:"tag"`
	Total    int    `json:"total"`
	Missing  int    `json:"missing"`
	Machine  int    `json:"machine"`
	Draft    int    `json:"draft"`
	Reused   int    `json:"reused"`
	Reviewed int    `json:"reviewed"`
}

// Ready counts the places of the record in the locale.
func Ready(app core.App, record, locale string, places []Place) (Readiness, error) {
	views, err := viewsOf(app, record, locale, places)
	if err != nil {
		return Readiness{}, err
	}
	n := Readiness{Tag: locale}
	for _, v := range views {
		n.add(v.State)
	}
	return n, nil
}

// add counts a place of that state.
func (n *Readiness) add(state string) {
	n.Total++
	switch state {
	case Missing:
		n.Missing++
	case Machine:
		n.Machine++
	case Draft:
		n.Draft++
	case Reused:
		n.Reused++
	default:
		n.Reviewed++
	}
}
