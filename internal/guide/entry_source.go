package guide

import (
	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// wireEntry is an entry as phones get it; numbers stand for segments. Phones
// know which segments a record of any kind uses by title and blocks, also from
// before there was a guide.
type wireEntry struct {
	Kind      string      `json:"kind"`
	ID        string      `json:"id"`
	Key       string      `json:"key"`
	Name      string      `json:"name"`
	Title     []int       `json:"title"`
	Blocks    []wireBlock `json:"blocks"`
	Also      []string    `json:"also"`
	Type      string      `json:"type"`
	Ages      [2]int      `json:"ages"`
	Contacts  []Contact   `json:"contacts"`
	Place     Place       `json:"place"`
	Related   []string    `json:"related"`
	Chain     []string    `json:"chain"`
	Sensitive bool        `json:"sensitive"`
	Urgent    bool        `json:"urgent"`
	Ask       bool        `json:"ask"`
	Checked   string      `json:"checked"`
	Order     int         `json:"order"`
}

type wireBlock struct {
	Kind     text.Kind `json:"kind"`
	Part     string    `json:"part,omitempty"`
	Segments []int     `json:"segments"`
}

// wireName is what phones get of an entry that is hidden and named all the same.
type wireName struct {
	Kind   string      `json:"kind"`
	ID     string      `json:"id"`
	Key    string      `json:"key"`
	Name   string      `json:"name"`
	Place  wirePlace   `json:"place"`
	Title  []int       `json:"title"`
	Blocks []wireBlock `json:"blocks"`
}

type wirePlace struct {
	Name string `json:"name"`
}

// entrySource gives the feed an entry; nil in any scope but everybody's. It is
// a [sync.Source].
func entrySource(app core.App, scope, id string) (*sync.Record, error) {
	e, err := findEntry(app, id)
	if err != nil || e == nil || scope != sync.Public {
		return nil, err
	}
	visible, err := e.shown(app)
	if err != nil || visible == nothing {
		return nil, err
	}
	if visible == nameOnly {
		return e.nameRecord(app)
	}
	return e.record(app)
}

// record is all of the entry.
func (e Entry) record(app core.App) (*sync.Record, error) {
	wire, err := e.wire(app)
	if err != nil {
		return nil, err
	}
	written, err := e.Parts()
	if err != nil {
		return nil, err
	}
	content, parts, err := e.numbered(app)
	if err != nil {
		return nil, err
	}
	return &sync.Record{Parts: parts, Body: func(numbers func(sync.Part) []int) any {
		w := wire
		w.Title, w.Blocks = numbers(parts[0]), make([]wireBlock, len(written))
		for i, p := range written {
			w.Blocks[i] = wireBlock{content[i+1].Kind, p.Part, numbers(parts[i+1])}
		}
		return w
	}}, nil
}

// nameRecord is what texts need to name the entry.
func (e Entry) nameRecord(app core.App) (*sync.Record, error) {
	place, err := e.Place()
	if err != nil {
		return nil, err
	}
	_, parts, err := e.numbered(app)
	if err != nil {
		return nil, err
	}
	return &sync.Record{Parts: parts[:1], Body: func(numbers func(sync.Part) []int) any {
		return wireName{"name", e.Id, e.Key(), e.Name(), wirePlace{place.Name}, numbers(parts[0]), []wireBlock{}}
	}}, nil
}

func (e Entry) numbered(app core.App) ([]text.Block, []sync.Part, error) {
	content, err := e.Content()
	if err != nil {
		return nil, nil, err
	}
	parts, err := translation.Parts(app, content)
	return content, parts, err
}

// wire reads the entry, all but the numbers of its segments.
func (e Entry) wire(app core.App) (w wireEntry, err error) {
	w = wireEntry{
		Kind: "guide", ID: e.Id, Key: e.Key(), Name: e.Name(), Type: e.GetString("type"),
		Ages: [2]int{e.GetInt("ageFrom"), e.GetInt("ageTo")}, Sensitive: e.GetBool("sensitive"), Urgent: e.GetBool("urgent"),
		Ask: e.GetBool("ask"), Checked: e.GetString("checked"), Order: e.GetInt("order"),
	}
	if w.Contacts, err = e.Contacts(); err != nil {
		return w, err
	}
	if w.Place, err = e.Place(); err != nil {
		return w, err
	}
	for field, into := range map[string]*[]string{"also": &w.Also, "chain": &w.Chain, "related": &w.Related} {
		if *into, err = e.strings(field); err != nil {
			return w, err
		}
	}
	w.Related, err = visibleKeys(app, w.Related)
	return w, err
}
