package sync

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// Record is one record as a phone gets it. Body is a JSON object without the
// segments' texts; Parts are its runs of text (a title, a block), in order,
// each the source segments it consists of. Old says that the record lies
// further back than a whole feed reaches.
type Record struct {
	Body  func(numbers func(Part) []int) any
	Parts []Part
	Old   bool
}

// Part is a run of segments; Key is what the number on the wire stands for
// (the segment, or the segment in this one place), Text the source text.
type Part []Sentence

// Sentence is one segment of a [Part].
type Sentence struct{ Key, Text string }

// A Source knows the records of one collection. It gives nil where the record may
// no longer be shown in the scope.
type Source func(app core.App, scope, id string) (*Record, error)

// Text is a translated text and its derived state, as a phone gets it: a JSON
// array of two.
type Text [2]string

// A TextSource gives the texts of segment keys in a locale; a key without a
// text is left out.
type TextSource func(app core.App, scope, locale string, keys []string) (map[string]Text, error)

// Feed is the answer of a scope's records. Texts are source texts by number.
// Only an id in Gone is ever deleted by a phone.
type Feed struct {
	Epoch   string            `json:"epoch"`
	Cursor  string            `json:"cursor"`
	Full    bool              `json:"full"`
	Records []any             `json:"records"`
	Gone    []string          `json:"gone"`
	Texts   map[string]string `json:"texts"`
}

// TextFeed is the answer of a scope's texts in one locale, by number; a null
// is a text that was taken back.
type TextFeed struct {
	Epoch  string           `json:"epoch"`
	Cursor string           `json:"cursor"`
	Full   bool             `json:"full"`
	Texts  map[string]*Text `json:"texts"`
}

// Feeds reads the two feeds. Epoch marks this history of changes: a cursor of
// another one is answered with everything.
type Feeds struct {
	Epoch   string
	Sources map[string]Source
	Texts   TextSource
}

// Records answers the scope's records changed after the cursor; an empty,
// unreadable, foreign or future cursor gets the whole feed.
func (f *Feeds) Records(app core.App, scope, cursor string) (*Feed, error) {
	newest, err := last(app, scope)
	if err != nil {
		return nil, err
	}
	after, full := f.parse(cursor, newest)
	rows, err := since(app, scope, Records, after)
	if err != nil {
		return nil, err
	}
	feed := &Feed{Epoch: f.Epoch, Cursor: f.cursor(newest), Full: full,
		Records: []any{}, Gone: []string{}, Texts: map[string]string{}}
	var records []*Record
	for _, c := range rows {
		record, err := f.record(app, scope, c)
		if err != nil {
			return nil, err
		}
		switch _, id := splitItem(c.Item); {
		case record == nil:
			feed.Gone = append(feed.Gone, id)
		case !full || !record.Old:
			records = append(records, record)
		}
	}
	// Read last: a record read above may have been published after the cursor
	// was taken, and its numbers were allotted in that same transaction.
	known, err := numbersOf(app, scope)
	if err != nil {
		return nil, err
	}
	for _, record := range records {
		feed.add(record, known)
	}
	return feed, nil
}

// record reads what a change is about; nil where it is gone.
func (f *Feeds) record(app core.App, scope string, c change) (*Record, error) {
	if c.Gone {
		return nil, nil
	}
	collection, id := splitItem(c.Item)
	source, ok := f.Sources[collection]
	if !ok {
		return nil, fmt.Errorf("no source for records of %q", collection)
	}
	record, err := source(app, scope, id)
	if err != nil {
		return nil, fmt.Errorf("read %s for the feed: %w", collection, err)
	}
	return record, nil
}

func (feed *Feed) add(record *Record, known map[string]int) {
	feed.Records = append(feed.Records, record.Body(numbering(known)))
	for _, part := range record.Parts {
		for _, s := range part {
			feed.Texts[strconv.Itoa(known[s.Key])] = s.Text
		}
	}
}

func numbering(known map[string]int) func(Part) []int {
	return func(part Part) []int {
		out := make([]int, len(part))
		for i, s := range part {
			out[i] = known[s.Key]
		}
		return out
	}
}

// TextsOf answers the scope's texts in the locale changed after the cursor.
func (f *Feeds) TextsOf(app core.App, scope, locale, cursor string) (*TextFeed, error) {
	newest, err := last(app, scope)
	if err != nil {
		return nil, err
	}
	after, full := f.parse(cursor, newest)
	rows, err := since(app, scope, locale, after)
	if err != nil {
		return nil, err
	}
	known, err := numbersOf(app, scope)
	if err != nil {
		return nil, err
	}
	var live []string
	for _, c := range rows {
		if !c.Gone {
			live = append(live, c.Item)
		}
	}
	texts, err := f.Texts(app, scope, locale, live)
	if err != nil {
		return nil, err
	}
	feed := &TextFeed{Epoch: f.Epoch, Cursor: f.cursor(newest), Full: full, Texts: make(map[string]*Text, len(rows))}
	for _, c := range rows {
		number := strconv.Itoa(known[c.Item])
		if text, ok := texts[c.Item]; ok && !c.Gone {
			feed.Texts[number] = &text
		} else {
			feed.Texts[number] = nil
		}
	}
	return feed, nil
}

// cursor is opaque to phones: the epoch and a sequence number.
func (f *Feeds) cursor(seq int) string { return f.Epoch + "." + strconv.Itoa(seq) }

func (f *Feeds) parse(cursor string, newest int) (after int, full bool) {
	epoch, number, _ := strings.Cut(cursor, ".")
	seq, err := strconv.Atoi(number)
	if err != nil || epoch != f.Epoch || seq < 0 || seq > newest {
		return 0, true
	}
	return seq, false
}
