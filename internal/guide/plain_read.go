package guide

import (
	"maps"
	"slices"
	"strings"

	"folje/internal/pattern"
	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// simple is plain Swedish, which readers without a text get before Swedish.
const simple = "sv-simple"

// reading is the guide as phones have it, read for one locale.
type reading struct {
	tag     string
	rtl     bool
	town    townSays
	names   Names
	entries []Entry // that phones have, in the municipality's order
	worries []Worry
	groups  map[string][]Group // by the id of their entry
	blocks  map[string][]text.Block
	parts   map[string][]sync.Part // by the record's id, one for each block
	texts   map[string]map[string]sync.Text
}

// read reads all that is for everybody.
func read(app core.App, tag string, rtl bool) (*reading, error) {
	r := &reading{
		tag: tag, rtl: rtl, groups: map[string][]Group{}, blocks: map[string][]text.Block{},
		parts: map[string][]sync.Part{}, texts: map[string]map[string]sync.Text{},
	}
	every, err := all(app)
	if err != nil {
		return nil, err
	}
	r.entries = slices.DeleteFunc(slices.Clone(every), func(e Entry) bool { return !e.Visible() })
	if err := r.readRecords(app, every); err != nil {
		return nil, err
	}
	if err := r.readTexts(app); err != nil {
		return nil, err
	}
	if r.town, err = town(app); err != nil {
		return nil, err
	}
	r.names, err = namesOf(app, slices.DeleteFunc(every, func(e Entry) bool { return !e.Open() }), r.town.Name, func(e Entry) string {
		return r.piece(r.parts[e.Id][0][0]).Text
	})
	return r, err
}

// readRecords reads what the records say, in Swedish. Of a hidden entry another
// may need the title.
func (r *reading) readRecords(app core.App, every []Entry) error {
	for _, e := range every {
		content, err := e.Content()
		if err == nil && len(content) > 0 {
			err = r.add(app, e.Record, content)
		}
		if err != nil {
			return err
		}
	}
	var found []*core.Record
	if err := app.RecordQuery(worries).OrderBy("order", "key").All(&found); err != nil {
		return err
	}
	for _, w := range found {
		r.worries = append(r.worries, Worry{w})
		if err := r.add(app, w, Worry{w}.Content()); err != nil {
			return err
		}
	}
	found = nil
	if err := app.RecordQuery(supportGroups).OrderBy("ageFrom", "ageTo", "title").All(&found); err != nil {
		return err
	}
	for _, g := range found {
		if g.GetBool("hidden") {
			continue
		}
		entry := g.GetString("entry")
		r.groups[entry] = append(r.groups[entry], Group{g})
		if err := r.add(app, g, Group{g}.Content()); err != nil {
			return err
		}
	}
	return nil
}

func (r *reading) add(app core.App, record *core.Record, content []text.Block) (err error) {
	r.blocks[record.Id] = content
	r.parts[record.Id], err = translation.Parts(app, content)
	return err
}

// readTexts reads the texts in the reader's language, and in plain Swedish for
// where there is none.
func (r *reading) readTexts(app core.App) (err error) {
	if r.tag == sourceLocale {
		return nil
	}
	keys := map[string]bool{}
	for _, parts := range r.parts {
		for _, part := range parts {
			for _, s := range part {
				keys[s.Key] = true
			}
		}
	}
	list := slices.Sorted(maps.Keys(keys))
	for _, tag := range []string{r.tag, simple} {
		if r.texts[tag], err = translation.Texts(app, sync.Public, tag, list); err != nil {
			return err
		}
	}
	return nil
}

// piece is a sentence as the page has it. Lang is "" where it is the page's own,
// otherwise the locale that the text is in; State how good it is.
type piece struct {
	Text, Lang, State string
}

// piece gives the sentence in the reader's language, in plain Swedish, or in
// Swedish, whichever there is first.
func (r *reading) piece(s sync.Sentence) piece {
	if r.tag == sourceLocale {
		return piece{Text: s.Text, State: translation.Source}
	}
	if t, ok := r.texts[r.tag][s.Key]; ok && strings.TrimSpace(t[0]) != "" {
		return piece{Text: t[0], State: t[1]}
	}
	if t, ok := r.texts[simple][s.Key]; ok && strings.TrimSpace(t[0]) != "" {
		return piece{Text: t[0], Lang: simple, State: translation.Missing}
	}
	return piece{Text: s.Text, Lang: sourceLocale, State: translation.Missing}
}

// says is a run of sentences with names in it.
func (r *reading) says(part sync.Part) []piece {
	out := make([]piece, len(part))
	for i, s := range part {
		out[i] = r.piece(s)
		rtl := r.rtl && out[i].Lang == ""
		out[i].Text = inOrder(r.names.Put(out[i].Text, rtl), rtl)
	}
	return out
}

// apart are numbers of several parts, such as 114 14 and 040-628 04 12.
var apart = pattern.Of(`\+?[0-9]{2,}(?:[ \x{00a0}/-][0-9]{2,})+`)

// inOrder isolates numbers of several parts (U+2066 … U+2069) in a text that
// runs right to left: without that their parts change places.
func inOrder(text string, rtl bool) string {
	if !rtl {
		return text
	}
	return apart.ReplaceAllString(text, "\u2066$0\u2069")
}
