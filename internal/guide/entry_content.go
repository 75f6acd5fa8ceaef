package guide

import (
	"fmt"
	"strconv"

	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

const titleID = "title"

// Content is what everybody reads of the entry, as blocks, its title first;
// nothing of an entry for staff. Block i+1 is part i.
func (e Entry) Content() ([]text.Block, error) {
	if !e.Open() {
		return nil, nil
	}
	parts, err := e.Parts()
	if err != nil {
		return nil, err
	}
	content := []text.Block{whole(titleID, text.Title, e.Title())}
	for i, p := range parts {
		b := text.Block{ID: p.ID, Kind: text.Kind(p.Kind), Text: p.Text}
		if b.ID == "" {
			b.ID = "p" + strconv.Itoa(i+1)
		}
		content = append(content, b.Segmented(sourceLocale))
	}
	return content, nil
}

// sourceLocale is what staff write in.
const sourceLocale = "sv"

// whole is a block of one segment, however many sentences it has.
func whole(id string, kind text.Kind, s string) text.Block {
	b := text.Block{ID: id, Kind: kind, Text: s, Segments: []text.Segment{}}
	if s = text.Fold(s); s != "" {
		b.Segments = append(b.Segments, text.Segment{ID: text.SegmentID(sourceLocale, s), Text: s})
	}
	return b
}

// shown says how much of a record phones have.
type shown int

const (
	nothing  shown = iota
	nameOnly       // the title, where a text names an entry that is hidden
	everything
)

// shown says how much of the entry phones have now.
func (e Entry) shown(app core.App) (shown, error) {
	switch {
	case e.Visible():
		return everything, nil
	case !e.Open():
		return nothing, nil
	}
	named, err := mentioned(app, e)
	if named {
		return nameOnly, err
	}
	return nothing, err
}

// owner is what the entry uses of segments.
func (e Entry) owner(app core.App) (translation.Owner, error) {
	content, err := e.Content()
	if err != nil {
		return translation.Owner{}, err
	}
	visible, err := e.shown(app)
	if err != nil {
		return translation.Owner{}, err
	}
	if visible == nameOnly {
		return owner(e.Record, content, content[:1]), nil
	}
	return published(e.Record, content, visible == everything), nil
}

// published is the owner of a record that phones have whole or not at all.
func published(r *core.Record, content []text.Block, out bool) translation.Owner {
	if !out {
		return owner(r, content, nil)
	}
	return owner(r, content, content)
}

// owner belongs to no unit; its scope is everybody's.
func owner(r *core.Record, drafted, out []text.Block) translation.Owner {
	o := translation.Owner{
		Collection: r.Collection().Name, ID: r.Id,
		Scopes: []string{sync.Public}, Drafted: translation.Places(drafted),
	}
	if len(out) > 0 {
		o.PublishedScopes, o.Published = o.Scopes, translation.Places(out)
	}
	return o
}

// words is all that is written in the blocks.
func words(content []text.Block) []string {
	out := make([]string, len(content))
	for i, b := range content {
		out[i] = b.Text
	}
	return out
}

// findEntry gives the entry as it is stored, nil for none.
func findEntry(app core.App, id string) (*Entry, error) {
	r, err := find(app, entries, id)
	if err != nil || r == nil {
		return nil, err
	}
	return &Entry{r}, nil
}

// Find gives the entry of the key, nil for none.
func Find(app core.App, key string) (*Entry, error) {
	found, err := withKeys(app, []string{key})
	if err != nil || len(found) == 0 {
		return nil, err
	}
	if len(found) > 1 {
		return nil, fmt.Errorf("%d entries have one key", len(found))
	}
	return &found[0], nil
}
