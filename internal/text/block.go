// Package text holds what staff write: blocks of plain text, each divided into
// segments (sentences) that are translated one by one.
//
// A segment is known by its content (SegmentID): the same sentence in two
// letters is the same segment, and is translated once. No markup is ever part
// of a text; it is drawn as it stands.
package text

// Kind says what a block is for, and so how it is drawn.
type Kind string

// The kinds of block. Title and Question are a letter's own fields, which are
// segmented like any block; the rest make up its body. The text of a Picture is
// what it shows, that of a File what it says.
const (
	Title     Kind = "title"
	Question  Kind = "question"
	Heading   Kind = "heading"
	Paragraph Kind = "paragraph"
	Item      Kind = "item"
	Date      Kind = "date"
	Place     Kind = "place"
	Contact   Kind = "contact"
	Picture   Kind = "picture"
	File      Kind = "file"
)

// Body reports whether a block of this kind may stand in the body of a letter.
func (k Kind) Body() bool {
	switch k {
	case Heading, Paragraph, Item, Date, Place, Contact, Picture, File:
		return true
	}
	return false
}

// Attached reports whether a block of this kind stands for an attachment.
func (k Kind) Attached() bool { return k == Picture || k == File }

// known reports whether k is one of the constants above.
func (k Kind) known() bool {
	return k == Title || k == Question || k.Body()
}

// Block is one paragraph, heading, list item and so on. ID is made by the
// editor and is unique within a record. Text is plain and just as it was typed,
// with Joiner and Splitter where staff moved a break. Attachment is the id of
// what a block of an attached kind stands for, which need not be there.
type Block struct {
	ID       string    `json:"id"`
	Kind     Kind      `json:"kind"`
	Text     string    `json:"text"`
	Segments []Segment `json:"segments"`

	Attachment string `json:"attachment,omitempty"`
}

// Segment is one sentence of a block: its id (SegmentID) and its folded text.
type Segment struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Segmented returns a copy of b whose Segments are the sentences of its Text,
// which is written in locale. Segments is never nil.
func (b Block) Segmented(locale string) Block {
	sentences := Break(b.Text)
	b.Segments = make([]Segment, 0, len(sentences))
	for _, s := range sentences {
		b.Segments = append(b.Segments, Segment{ID: SegmentID(locale, s), Text: s})
	}
	return b
}
