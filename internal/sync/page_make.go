package sync

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

// remembered is for how long a page tells of a change to what no whole feed has
// any more: a phone that was away for longer gets a whole feed instead.
const remembered = 120 * 24 * time.Hour

// forgotten is the scope's newest number that is older than [remembered].
func forgotten(app core.App, scope string, now time.Time) (seq int, err error) {
	before, err := types.ParseDateTime(now.Add(-remembered))
	if err != nil {
		return 0, err
	}
	err = app.DB().NewQuery("SELECT COALESCE(MAX(seq), 0) FROM changes WHERE scope = {:scope} AND updated < {:before}").
		Bind(dbx.Params{"scope": scope, "before": before.String()}).Row(&seq)
	if err != nil {
		return 0, fmt.Errorf("find the last change that is forgotten: %w", err)
	}
	return seq, nil
}

// recordsPage is the content of the page of the scope's records. Old ones changed
// no later than forget are left out: below floor a page doesn't know everything.
// They are in found with which of them they were before, so that they need not
// be read again; found also has the numbers that a whole feed uses.
func (f *Feeds) recordsPage(app core.App, scope string, forget int, before *memory, from *basis) (content *pageContent, floor int, found *memory, err error) {
	content, found = &pageContent{Sources: map[int]string{}}, &memory{old: map[string]int{}}
	rows, err := since(app, scope, Records, 0)
	if err != nil {
		return nil, 0, nil, err
	}
	records := map[int]*Record{} // those that were read, by their place in the content
	for _, c := range rows {
		if before != nil && !c.Gone && before.old[c.Item] == c.Seq {
			found.old[c.Item], floor = c.Seq, c.Seq
			continue
		}
		entry, record, err := f.entry(app, scope, c, from)
		if err != nil {
			return nil, 0, nil, err
		}
		if entry.Old && c.Seq <= forget {
			found.old[c.Item], floor = c.Seq, c.Seq
			continue
		}
		if record != nil {
			records[len(content.Records)] = record
		}
		content.Records = append(content.Records, entry)
	}
	if err := content.fill(app, scope, records, from); err != nil {
		return nil, 0, nil, err
	}
	found.used = *content.used()
	return content, floor, found, nil
}

// entry is what a change led to, and the record where that had to be read.
func (f *Feeds) entry(app core.App, scope string, c change, from *basis) (pageRecord, *Record, error) {
	if entry, known := from.record(c); known {
		return entry, nil, nil
	}
	record, err := f.record(app, scope, c)
	if err != nil {
		return pageRecord{}, nil, err
	}
	_, id := splitItem(c.Item)
	return pageRecord{Seq: c.Seq, ID: id, Gone: record == nil, Old: record != nil && record.Old}, record, nil
}

// fill numbers the segments of the records that were read, as [Feed.fill] does,
// and takes over the texts of the others.
func (c *pageContent) fill(app core.App, scope string, records map[int]*Record, from *basis) error {
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
	for i := range c.Records {
		entry, record := &c.Records[i], records[i]
		if record == nil {
			for _, n := range entry.Uses {
				c.Sources[n] = from.sources[n]
			}
			continue
		}
		if entry.Body, err = json.Marshal(record.Body(numbering(known))); err != nil {
			return fmt.Errorf("encode record: %w", err)
		}
		for _, part := range record.Parts {
			entry.Uses = append(entry.Uses, numbering(known)(part)...)
		}
		slices.Sort(entry.Uses)
		entry.Uses = slices.Compact(entry.Uses)
	}
	for key, text := range texts {
		c.Sources[known[key]] = text
	}
	return nil
}

func setAll(bits *big.Int, numbers []int) {
	for _, n := range numbers {
		bits.SetBit(bits, n, 1)
	}
}

// textsPage is the content of the page of the scope's texts in the locale; the
// records were read after its newest number was, and use the numbers. Texts that
// they don't use, changed no later than forget, are left out: below floor a page
// doesn't know everything.
func (f *Feeds) textsPage(app core.App, scope, locale string, forget int, used *big.Int, from *basis) (content *pageContent, floor int, err error) {
	rows, err := since(app, scope, locale, 0)
	if err != nil {
		return nil, 0, err
	}
	content = &pageContent{Texts: make([]pageText, 0, len(rows))}
	var unknown, live []string
	for _, c := range rows {
		if _, ok := from.text(c); !ok {
			unknown = append(unknown, c.Item)
		}
	}
	known, err := numbersOf(app, scope, unknown)
	if err != nil {
		return nil, 0, err
	}
	read := map[int]string{} // keys of those to be read, by their place in the content
	for _, c := range rows {
		entry, ok := from.text(c)
		if !ok {
			entry = pageText{Seq: c.Seq, Number: known[c.Item], Gone: c.Gone}
		}
		if !c.Gone && c.Seq <= forget && used.Bit(entry.Number) == 0 {
			floor = max(floor, c.Seq)
			continue
		}
		if !ok && !c.Gone {
			read[len(content.Texts)] = c.Item
			live = append(live, c.Item)
		}
		content.Texts = append(content.Texts, entry)
	}
	given, err := f.Texts(app, scope, locale, live)
	if err != nil {
		return nil, 0, err
	}
	for i, key := range read {
		if text, ok := given[key]; ok {
			content.Texts[i].Text = &text
		}
	}
	return content, floor, nil
}
