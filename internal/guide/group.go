package guide

import (
	"fmt"
	"slices"

	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// What of a support group the municipality may publish beside its age and term.
const (
	Weekday = "weekday"
	Time    = "time"
	Places  = "places"
)

// Group is a record of the collection support_groups: a term's group of an
// entry, such as Steget's for children of 6 to 8.
type Group struct{ *core.Record }

// Content is what everybody reads of the group, as blocks; nothing of a hidden
// one, which is its leaders'.
func (g Group) Content() []text.Block {
	if g.GetBool("hidden") {
		return nil
	}
	return []text.Block{
		whole(titleID, text.Title, g.GetString("title")),
		text.Block{ID: "information", Kind: text.Paragraph, Text: g.GetString("information")}.Segmented(sourceLocale),
	}
}

// visible reports whether phones have the group: it isn't hidden, and neither is
// what it is a group of.
func (g Group) visible(app core.App) (bool, *Entry, error) {
	e, err := findEntry(app, g.GetString("entry"))
	if err != nil || e == nil {
		return false, nil, err
	}
	return !g.GetBool("hidden") && e.Visible(), e, nil
}

func (g Group) owner(app core.App) (translation.Owner, error) {
	out, _, err := g.visible(app)
	if err != nil {
		return translation.Owner{}, err
	}
	return published(g.Record, g.Content(), out), nil
}

// wireGroup is a group as phones get it. In a small town a weekday, a time and
// how many places are free can tell who a child is: they are there only where
// the municipality publishes them.
type wireGroup struct {
	Kind    string      `json:"kind"`
	ID      string      `json:"id"`
	Entry   string      `json:"entry"`
	Title   []int       `json:"title"`
	Blocks  []wireBlock `json:"blocks"`
	Ages    [2]int      `json:"ages"`
	Period  wirePeriod  `json:"period"`
	Weekday int         `json:"weekday,omitempty"` // 1 is Monday
	Starts  string      `json:"starts,omitempty"`
	Ends    string      `json:"ends,omitempty"`
	Places  *int        `json:"places,omitempty"`
}

type wirePeriod struct {
	Name   string `json:"name"`
	Starts string `json:"starts"`
	Ends   string `json:"ends"`
}

// groupSource gives the feed a support group; nil in any scope but everybody's.
func groupSource(app core.App, scope, id string) (*sync.Record, error) {
	r, err := find(app, supportGroups, id)
	if err != nil || r == nil || scope != sync.Public {
		return nil, err
	}
	g := Group{r}
	out, e, err := g.visible(app)
	if err != nil || !out {
		return nil, err
	}
	wire, err := g.wire(e.Key())
	if err != nil {
		return nil, err
	}
	parts, err := translation.Parts(app, g.Content())
	if err != nil {
		return nil, err
	}
	return &sync.Record{Parts: parts, Body: func(numbers func(sync.Part) []int) any {
		w := wire
		w.Title, w.Blocks = numbers(parts[0]), []wireBlock{{Kind: text.Paragraph, Segments: numbers(parts[1])}}
		return w
	}}, nil
}

// wire reads the group, all but the numbers of its segments.
func (g Group) wire(entry string) (w wireGroup, err error) {
	w = wireGroup{
		Kind: "supportgroup", ID: g.Id, Entry: entry, Ages: [2]int{g.GetInt("ageFrom"), g.GetInt("ageTo")},
		Period: wirePeriod{g.GetString("period"), g.GetString("from"), g.GetString("to")},
	}
	publish, err := list[string](g.Record, "publish")
	if err != nil {
		return w, err
	}
	if slices.Contains(publish, Weekday) {
		w.Weekday = g.GetInt("weekday")
	}
	if slices.Contains(publish, Time) {
		w.Starts, w.Ends = g.GetString("starts"), g.GetString("ends")
	}
	if slices.Contains(publish, Places) {
		places := g.GetInt("places")
		w.Places = &places
	}
	return w, nil
}

// groupsOf gives the support groups of an entry.
func groupsOf(app core.App, entry string) ([]Group, error) {
	records, err := app.FindAllRecords(supportGroups, dbx.HashExp{"entry": entry})
	if err != nil {
		return nil, fmt.Errorf("find the support groups of an entry: %w", err)
	}
	out := make([]Group, len(records))
	for i, r := range records {
		out[i] = Group{r}
	}
	return out, nil
}
