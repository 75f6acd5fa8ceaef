// Package activity keeps what is open to everybody, such as an open preschool:
// once or again and again, with the days on which it is cancelled or at another
// time. Activities are in the feed "public" with their times of the next weeks,
// so that every phone has them without knowing how to count them.
package activity

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"folje/internal/sync"
	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

const collection = "activities"

// sourceLocale is what activities are written in.
const sourceLocale = "sv"

// Limits, in runes, in exceptions, and in years of age.
const (
	MaxTitle       = text.MaxTitle
	MaxInformation = 5000
	MaxPlace       = 200
	MaxExceptions  = 100
	MaxAge         = 20
)

// Activity is a record of the collection activities.
type Activity struct{ *core.Record }

// Exception is a day of a recurring activity that is not as its rule says. On is
// that day (2026-11-24); it is cancelled then, or from Starts to Ends instead, by
// the clock in Stockholm (2026-11-25T10:00).
type Exception struct {
	On        string `json:"on"`
	Cancelled bool   `json:"cancelled,omitempty"`
	Starts    string `json:"starts,omitempty"`
	Ends      string `json:"ends,omitempty"`
}

// Unit is the id of the unit that holds the activity.
func (a Activity) Unit() string { return a.GetString("unit") }

// Title is what the activity is called, in Swedish.
func (a Activity) Title() string { return a.GetString("title") }

// Hidden reports whether phones don't have it.
func (a Activity) Hidden() bool { return a.GetBool("hidden") }

// Exceptions are the days that aren't as the rule says. Never nil.
func (a Activity) Exceptions() ([]Exception, error) {
	all := []Exception{}
	if s := a.GetString("exceptions"); s == "" || s == "null" {
		return all, nil
	}
	if err := a.UnmarshalJSONField("exceptions", &all); err != nil {
		return nil, fmt.Errorf("read the exceptions of an activity: %w", err)
	}
	return all, nil
}

// Schedule is when the activity is.
func (a Activity) Schedule() (Schedule, error) {
	exceptions, err := a.Exceptions()
	return Schedule{a.GetString("starts"), a.GetString("ends"), a.GetString("rrule"), exceptions}, err
}

// Content is what is translated of the activity: its title, and its information
// with a block for each line.
func (a Activity) Content() []text.Block {
	title := text.Block{ID: "title", Kind: text.Title, Text: a.Title(), Segments: []text.Segment{}}
	if s := text.Fold(a.Title()); s != "" {
		title.Segments = append(title.Segments, text.Segment{ID: text.SegmentID(sourceLocale, s), Text: s})
	}
	content := []text.Block{title}
	for i, line := range strings.FieldsFunc(a.GetString("information"), func(r rune) bool { return r == '\n' || r == '\r' }) {
		b := text.Block{ID: "information-" + strconv.Itoa(i+1), Kind: text.Paragraph, Text: line}.Segmented(sourceLocale)
		if len(b.Segments) > 0 {
			content = append(content, b)
		}
	}
	return content
}

// ownerOf is what the activity uses of segments. Everybody reads one that isn't
// hidden.
func ownerOf(_ core.App, r *core.Record) (translation.Owner, error) {
	a, scopes := Activity{r}, []string{sync.Public}
	o := translation.Owner{Collection: collection, ID: a.Id, Unit: a.Unit(), Scopes: scopes, Drafted: translation.Places(a.Content())}
	if !a.Hidden() {
		o.PublishedScopes, o.Published = scopes, o.Drafted
	}
	return o, nil
}

// find gives the activity as it is stored, nil for none.
func find(app core.App, id string) (*Activity, error) {
	r, err := app.FindRecordById(collection, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find an activity: %w", err)
	}
	return &Activity{r}, nil
}
