package sync

import (
	"slices"
	"time"
)

// Bounds of what pages are made from.
const (
	// bases is for how many streams the last page's content is kept, some 200 kB
	// each: those that changed last change again.
	bases = 128
	// lasting is for how long an entry is taken over that didn't change, so that
	// what changed without a word is right again after it.
	lasting = time.Hour
)

// basis is the content of a stream's last page: what didn't change since need
// not be read again. Nil is the basis of a first page.
type basis struct {
	day     int
	made    time.Time
	records map[int]pageRecord // by number
	texts   map[int]pageText
	sources map[int]string
}

func newBasis(c *pageContent, day int, made time.Time) *basis {
	b := &basis{day: day, made: made, records: make(map[int]pageRecord, len(c.Records)), texts: make(map[int]pageText, len(c.Texts)), sources: c.Sources}
	for _, entry := range c.Records {
		b.records[entry.Seq] = entry
	}
	for _, entry := range c.Texts {
		b.texts[entry.Seq] = entry
	}
	return b
}

// record gives what the change led to, if that is known.
func (b *basis) record(c change) (entry pageRecord, ok bool) {
	if b == nil {
		return entry, false
	}
	entry, ok = b.records[c.Seq]
	return entry, ok && (entry.Gone || !c.Gone)
}

// text gives the text of the change, if that is known.
func (b *basis) text(c change) (entry pageText, ok bool) {
	if b == nil {
		return entry, false
	}
	entry, ok = b.texts[c.Seq]
	return entry, ok && entry.Gone == c.Gone
}

// kept are the bases of the streams that changed last.
type kept struct {
	order []streamKey // the one used last is the last
	of    map[streamKey]*basis
}

// get gives the stream's basis for a page of the day; nil where there is none
// that may be used.
func (k *kept) get(key streamKey, day int, now time.Time) *basis {
	b := k.of[key]
	if b == nil || b.day != day || now.Sub(b.made) > lasting || now.Before(b.made) {
		return nil
	}
	return b
}

// put keeps what the stream's next page is made of.
func (k *kept) put(key streamKey, b *basis) {
	if k.of == nil {
		k.of = map[streamKey]*basis{}
	}
	k.of[key] = b
	k.order = append(slices.DeleteFunc(k.order, func(other streamKey) bool { return other == key }), key)
	if len(k.order) > bases {
		delete(k.of, k.order[0])
		k.order = k.order[1:]
	}
}

// next is the basis of the page after one that was made of b.
func (b *basis) next(c *pageContent, day int, now time.Time) *basis {
	if b != nil {
		now = b.made // entries may be as old as that
	}
	return newBasis(c, day, now)
}
