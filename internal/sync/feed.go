package sync

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/core"
)

// Record is one record as a phone gets it. Body is a JSON object without the
// segments' texts; Parts are its runs of text (a title, a block), in order,
// each the source segments it consists of. Old says that the record lies
// further back than a whole feed reaches; an old record stays old until it is
// touched.
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
// is a text that was taken back. A whole one has the texts of the records that
// a whole feed has.
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

// whole stands for the beginning, where a cursor's number would.
const whole = -1

// memory is what a whole feed's next building need not ask for again, and what
// the texts' building has to know of the records.
type memory struct {
	old  map[string]int // items that are too old, with the change that left them so
	used big.Int        // a bit for each number of a segment that the records use
}

// records reads the scope's records changed after the number. At is the
// stream's newest number, taken before: what is committed meanwhile may be in
// the answer already, and comes again with the next cursor.
func (f *Feeds) records(app core.App, scope string, after, at int, before *memory) (*Feed, *memory, error) {
	feed := &Feed{Epoch: f.Epoch, Cursor: f.cursor(at), Full: after == whole,
		Records: []any{}, Gone: []string{}, Texts: map[string]string{}}
	found := &memory{old: map[string]int{}}
	rows, err := since(app, scope, Records, max(after, 0))
	if err != nil {
		return nil, nil, err
	}
	var records []*Record
	for _, c := range rows {
		if feed.Full && before != nil && !c.Gone && before.old[c.Item] == c.Seq {
			found.old[c.Item] = c.Seq
			continue
		}
		record, err := f.record(app, scope, c)
		if err != nil {
			return nil, nil, err
		}
		switch _, id := splitItem(c.Item); {
		case record == nil:
			feed.Gone = append(feed.Gone, id)
		case feed.Full && record.Old:
			found.old[c.Item] = c.Seq
		default:
			records = append(records, record)
		}
	}
	return feed, found, feed.fill(app, scope, records, found)
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

// fill numbers the records' segments. The numbers are read last: a record may
// have been published after the cursor was taken, and its numbers were
// allotted in that same transaction.
func (feed *Feed) fill(app core.App, scope string, records []*Record, found *memory) error {
	texts := map[string]string{}
	for _, record := range records {
		for _, part := range record.Parts {
			for _, s := range part {
				texts[s.Key] = s.Text
			}
		}
	}
	known, err := numbersOf(app, scope, slices.Collect(maps.Keys(texts)))
	if err != nil {
		return err
	}
	for _, record := range records {
		feed.Records = append(feed.Records, record.Body(numbering(known)))
	}
	for key, text := range texts {
		feed.Texts[strconv.Itoa(known[key])] = text
		found.used.SetBit(&found.used, known[key], 1)
	}
	return nil
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

// texts reads the scope's texts in the locale changed after the number; of a
// whole feed only those of the records that it has, and all that were taken
// back.
func (f *Feeds) texts(app core.App, scope, locale string, after, at int, records *memory) (*TextFeed, error) {
	rows, err := since(app, scope, locale, max(after, 0))
	if err != nil {
		return nil, err
	}
	items := make([]string, len(rows))
	for i, c := range rows {
		items[i] = c.Item
	}
	known, err := numbersOf(app, scope, items)
	if err != nil {
		return nil, err
	}
	feed := &TextFeed{Epoch: f.Epoch, Cursor: f.cursor(at), Full: after == whole, Texts: make(map[string]*Text, len(items))}
	var live []string
	for _, c := range rows {
		if feed.Full && !c.Gone && records.used.Bit(known[c.Item]) == 0 {
			continue
		}
		feed.Texts[strconv.Itoa(known[c.Item])] = nil
		if !c.Gone {
			live = append(live, c.Item)
		}
	}
	given, err := f.Texts(app, scope, locale, live)
	if err != nil {
		return nil, err
	}
	for key, text := range given {
		feed.Texts[strconv.Itoa(known[key])] = &text
	}
	return feed, nil
}

// nothing is what a stream says to who has it all.
func (f *Feeds) nothing(stream string, at int) any {
	if stream == Records {
		return &Feed{Epoch: f.Epoch, Cursor: f.cursor(at), Records: []any{}, Gone: []string{}, Texts: map[string]string{}}
	}
	return &TextFeed{Epoch: f.Epoch, Cursor: f.cursor(at), Texts: map[string]*Text{}}
}

// cursor is opaque to phones: the epoch and a sequence number.
func (f *Feeds) cursor(seq int) string { return f.Epoch + "." + strconv.Itoa(seq) }

// parse gives the number of a cursor that was given out in this epoch, and
// [whole] for an empty, unreadable, foreign or future one.
func (f *Feeds) parse(cursor string, newest int) (after int) {
	number, ours := strings.CutPrefix(cursor, f.Epoch+".")
	seq, err := strconv.Atoi(number)
	if !ours || err != nil || seq < 0 || seq > newest {
		return whole
	}
	return seq
}
