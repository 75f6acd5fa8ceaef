package sync

import (
	"math/big"
	"strconv"
)

// feed is the answer of a page of records to the number, as [Feeds.records]
// gives it.
func (c *pageContent) feed(f *Feeds, after, at int) *Feed {
	feed := &Feed{Epoch: f.Epoch, Cursor: f.cursor(at), Full: after == whole,
		Records: []any{}, Gone: []string{}, Texts: map[string]string{}}
	for _, entry := range c.Records {
		switch {
		case entry.Seq <= after || feed.Full && entry.Old:
		case entry.Gone:
			feed.Gone = append(feed.Gone, entry.ID)
		default:
			feed.Records = append(feed.Records, entry.Body)
			for _, n := range entry.Uses {
				feed.Texts[strconv.Itoa(n)] = c.Sources[n]
			}
		}
	}
	return feed
}

// textFeed is the answer of a page of texts to the number, as [Feeds.texts]
// gives it; used are the numbers of what a whole feed has.
func (c *pageContent) textFeed(f *Feeds, after, at int, used *big.Int) *TextFeed {
	feed := &TextFeed{Epoch: f.Epoch, Cursor: f.cursor(at), Full: after == whole, Texts: map[string]*Text{}}
	for _, entry := range c.Texts {
		if entry.Seq <= after || feed.Full && !entry.Gone && used.Bit(entry.Number) == 0 {
			continue
		}
		feed.Texts[strconv.Itoa(entry.Number)] = entry.Text
	}
	return feed
}

// used are the numbers of what a whole feed has.
func (c *pageContent) used() *big.Int {
	bits := new(big.Int)
	for _, entry := range c.Records {
		if !entry.Old && !entry.Gone {
			setAll(bits, entry.Uses)
		}
	}
	return bits
}
