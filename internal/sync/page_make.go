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

// recordsPage is the page of the scope's records; at was taken before. Old ones
// changed no later than forget are left out, and are in found with which of them
// they were before, so that they need not be read again; found also has the
// numbers that a whole feed uses.
func (f *Feeds) recordsPage(app core.App, scope string, at newest, forget int, before *memory) (page *Page, found *memory, err error) {
	head := PageHead{V: PageVersion, Epoch: f.Epoch, Scope: scope, Stream: Records, At: at.stream, Newest: at.scope, Day: at.day}
	found = &memory{old: map[string]int{}}
	rows, err := since(app, scope, Records, 0)
	if err != nil {
		return nil, nil, err
	}
	var content pageContent
	records := map[int]*Record{} // by their place in the content
	for _, c := range rows {
		var record *Record
		old := before != nil && !c.Gone && before.old[c.Item] == c.Seq
		if !old {
			if record, err = f.record(app, scope, c); err != nil {
				return nil, nil, err
			}
		}
		if old || record != nil && record.Old && c.Seq <= forget {
			found.old[c.Item], head.Floor = c.Seq, c.Seq
			continue
		}
		_, id := splitItem(c.Item)
		entry := pageRecord{Seq: c.Seq, ID: id, Gone: record == nil}
		if record != nil {
			entry.Old = record.Old
			records[len(content.Records)] = record
		}
		content.Records = append(content.Records, entry)
	}
	if err := content.fill(app, scope, records, found); err != nil {
		return nil, nil, err
	}
	page, err = newPage(head, content)
	return page, found, err
}

// fill numbers the records' segments, as [Feed.fill] does.
func (c *pageContent) fill(app core.App, scope string, records map[int]*Record, found *memory) error {
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
	c.Sources = make(map[int]string, len(texts))
	for key, text := range texts {
		c.Sources[known[key]] = text
	}
	for i, record := range records {
		entry := &c.Records[i]
		if entry.Body, err = json.Marshal(record.Body(numbering(known))); err != nil {
			return fmt.Errorf("encode record: %w", err)
		}
		for _, part := range record.Parts {
			entry.Uses = append(entry.Uses, numbering(known)(part)...)
		}
		slices.Sort(entry.Uses)
		entry.Uses = slices.Compact(entry.Uses)
		if !entry.Old {
			setAll(&found.used, entry.Uses)
		}
	}
	return nil
}

func setAll(bits *big.Int, numbers []int) {
	for _, n := range numbers {
		bits.SetBit(bits, n, 1)
	}
}

// textsPage is the page of the scope's texts in the locale; at was taken before
// the records were, whose numbers are used. Texts that those don't use, changed
// no later than forget, are left out.
func (f *Feeds) textsPage(app core.App, scope, locale string, at newest, forget int, used *big.Int) (*Page, error) {
	head := PageHead{V: PageVersion, Epoch: f.Epoch, Scope: scope, Stream: locale, At: at.stream, Newest: at.scope}
	rows, err := since(app, scope, locale, 0)
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
	rows = slices.DeleteFunc(rows, func(c change) bool {
		drop := !c.Gone && c.Seq <= forget && used.Bit(known[c.Item]) == 0
		if drop {
			head.Floor = max(head.Floor, c.Seq)
		}
		return drop
	})
	var live []string
	for _, c := range rows {
		if !c.Gone {
			live = append(live, c.Item)
		}
	}
	given, err := f.Texts(app, scope, locale, live)
	if err != nil {
		return nil, err
	}
	var content pageContent
	for _, c := range rows {
		entry := pageText{Seq: c.Seq, Number: known[c.Item], Gone: c.Gone}
		if text, ok := given[c.Item]; ok && !c.Gone {
			entry.Text = &text
		}
		content.Texts = append(content.Texts, entry)
	}
	return newPage(head, content)
}
