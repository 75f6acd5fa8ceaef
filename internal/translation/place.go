// Package translation knows where every segment stands, its texts in each
// locale, and how good they are: machine-made, drafted, reused from another
// place, reviewed or missing. States are derived from what is stored, never
// stored themselves.
package translation

import (
	"strings"

	"folje/internal/text"
)

// Place is a segment where it stands: Context is the hash of its neighbours
// there, Block and Kind say in which block.
type Place struct {
	Block   string
	Kind    text.Kind
	Segment text.Segment
	Context string
}

// Places lists the segments of the blocks in reading order. Neighbours cross
// the borders of blocks: what stands before a sentence is what is read before it.
func Places(blocks []text.Block) []Place {
	var places []Place
	var ids []string
	for _, b := range blocks {
		for _, s := range b.Segments {
			places = append(places, Place{Block: b.ID, Kind: b.Kind, Segment: s})
			ids = append(ids, s.ID)
		}
	}
	for i, context := range text.Contexts(ids) {
		places[i].Context = context
	}
	return places
}

// Key is what a place's text is known by on the wire: its segment, or the
// segment with its context where a wording for this place only exists.
func Key(segment, context string) string {
	if context == "" {
		return segment
	}
	return segment + "~" + context
}

func splitKey(key string) (segment, context string) {
	segment, context, _ = strings.Cut(key, "~")
	return segment, context
}
