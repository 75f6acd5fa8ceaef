// Package glossary keeps the school words: Swedish words that a parent meets in
// letters and nowhere at home, what they mean, and the forms by which they are
// found in a sentence. Term and explanation are segments, translated like
// everything else; the feed "public" brings the words to every phone.
package glossary

import (
	"database/sql"
	"errors"
	"fmt"

	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

const collection = "glossary"

// Limits, in runes, and in forms of one word.
const (
	MaxTerm        = 120
	MaxExplanation = 1000
	MaxForms       = 40
	MaxForm        = 80
)

// Word is a record of the collection glossary.
type Word struct{ *core.Record }

// Term is the word as a dictionary has it, in Swedish.
func (w Word) Term() string { return w.GetString("term") }

// Explanation says in Swedish what the word means.
func (w Word) Explanation() string { return w.GetString("explanation") }

// Forms are the word's inflected forms in lower case, the term among them.
// Never nil.
func (w Word) Forms() ([]string, error) {
	forms := []string{}
	if w.GetString("forms") == "" {
		return forms, nil
	}
	if err := w.UnmarshalJSONField("forms", &forms); err != nil {
		return nil, fmt.Errorf("read the forms of a word: %w", err)
	}
	if forms == nil { // a stored null
		forms = []string{}
	}
	return forms, nil
}

// Content is the word as blocks, its term first. An explanation is one segment,
// however many sentences it has: other languages order it in their own way.
func (w Word) Content() []text.Block {
	return []text.Block{
		whole("term", text.Title, w.Term()),
		whole("explanation", text.Paragraph, w.Explanation()),
	}
}

func whole(id string, kind text.Kind, s string) text.Block {
	b := text.Block{ID: id, Kind: kind, Text: s, Segments: []text.Segment{}}
	if s = text.Fold(s); s != "" {
		b.Segments = append(b.Segments, text.Segment{ID: text.SegmentID("sv", s), Text: s})
	}
	return b
}

// owner is what the word uses of segments: everybody reads it from the moment
// it is saved, and it belongs to no unit.
func (w Word) owner() translation.Owner {
	places := translation.Places(w.Content())
	scopes := []string{sync.Public}
	return translation.Owner{
		Collection: collection, ID: w.Id,
		Scopes: scopes, Drafted: places, PublishedScopes: scopes, Published: places,
	}
}

// find gives the word as it is stored, nil for none.
func find(app core.App, id string) (*Word, error) {
	r, err := app.FindRecordById(collection, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a word of the glossary: %w", err)
	}
	return &Word{r}, nil
}
