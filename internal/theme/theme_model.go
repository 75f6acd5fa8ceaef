// Package theme keeps what thematic meetings are about and when: the themes of
// the municipality, its terms with their free days, and each school's common
// plan, which says what theme meets which years of school in which term. From a
// row of the plan a school makes the meetings, as drafts to publish.
//
// Themes and plans are in the feed "public": every phone has them, also without
// a group.
package theme

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"database/sql"

	"github.com/pocketbase/pocketbase/core"
)

const (
	themes = "themes"
	terms  = "terms"
	plans  = "term_plans"
)

// sourceLocale is what themes are written in.
const sourceLocale = "sv"

// The parts of a theme: what parents are told, what they talk about, and what
// to think about before.
const (
	Information = "information"
	Discussion  = "discussion"
	Think       = "think"
)

var parts = []string{Information, Discussion, Think}

// Limits, in runes.
const (
	MaxTitle = text.MaxTitle
	MaxKey   = 60
	MaxAlso  = 20 // names
)

// most is the limit of each part, in runes.
var most = map[string]int{Information: 5000, Discussion: 5000, Think: 5000}

// Theme is a record of the collection themes.
type Theme struct{ *core.Record }

// Title is the theme's name, in Swedish.
func (t Theme) Title() string { return t.GetString("title") }

// Also are the names that the theme had, by which it is found. Never nil.
func (t Theme) Also() ([]string, error) {
	also := []string{}
	err := decode(t.Record, "also", &also)
	if also == nil { // a stored null
		also = []string{}
	}
	return also, err
}

// Block is one block of a theme, with the part that it is of.
type Block struct {
	Part string
	text.Block
}

// Content is what is translated of the theme, in reading order: its title and,
// part by part, a block for each line. A line that begins with a dash is an item
// of a list, as is each line of what is talked and thought about.
func (t Theme) Content() []Block {
	all := []Block{{"", whole("title", text.Title, t.Title())}}
	for _, part := range parts {
		for i, line := range lines(t.GetString(part)) {
			b := text.Block{ID: part + "-" + strconv.Itoa(i+1), Kind: text.Paragraph, Text: line}
			if item, ok := strings.CutPrefix(line, "- "); ok || part != Information {
				b.Kind, b.Text = text.Item, item
			}
			if b = b.Segmented(sourceLocale); len(b.Segments) > 0 {
				all = append(all, Block{part, b})
			}
		}
	}
	return all
}

// Blocks are the blocks alone, as [translation.Places] takes them.
func Blocks(content []Block) []text.Block {
	blocks := make([]text.Block, len(content))
	for i, b := range content {
		blocks[i] = b.Block
	}
	return blocks
}

func whole(id string, kind text.Kind, s string) text.Block {
	b := text.Block{ID: id, Kind: kind, Text: s, Segments: []text.Segment{}}
	if s = text.Fold(s); s != "" {
		b.Segments = append(b.Segments, text.Segment{ID: text.SegmentID(sourceLocale, s), Text: s})
	}
	return b
}

// lines are the lines of a text that aren't blank.
func lines(s string) []string {
	all := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("\n\v\f\r\u0085\u2028\u2029", r) })
	kept := all[:0]
	for _, line := range all {
		if line = strings.TrimSpace(line); line != "" {
			kept = append(kept, line)
		}
	}
	return kept
}

// ownerOf is what the theme uses of segments: everybody reads it from the moment
// it is saved, and it belongs to no unit.
func ownerOf(_ core.App, r *core.Record) (translation.Owner, error) {
	places := translation.Places(Blocks(Theme{r}.Content()))
	scopes := []string{sync.Public}
	return translation.Owner{
		Collection: themes, ID: r.Id,
		Scopes: scopes, Drafted: places, PublishedScopes: scopes, Published: places,
	}, nil
}

// find gives a record as it is stored, nil for none.
func find(app core.App, collection, id string) (*core.Record, error) {
	if id == "" {
		return nil, nil
	}
	r, err := app.FindRecordById(collection, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a record of %s: %w", collection, err)
	}
	return r, nil
}

// decode reads a JSON field, which may be empty.
func decode(r *core.Record, field string, into any) error {
	if s := r.GetString(field); s == "" || s == "null" {
		return nil
	}
	if err := r.UnmarshalJSONField(field, into); err != nil {
		return fmt.Errorf("read the field %s: %w", field, err)
	}
	return nil
}
