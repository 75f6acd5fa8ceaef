// Package meeting is the way of a QPM meeting or a thematic one: planned by
// staff, published as an invitation that phones get, answered by parents,
// cancelled or held.
//
// A meeting has no revisions. What is saved of a published one is at once what
// parents read.
package meeting

import (
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"folje/internal/text"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

const collection = "meetings"

// The kinds of meetings. A thematic one is about a theme, whose title is its own.
const (
	qpm      = "qpm"
	thematic = "thematic"
)

// sourceLocale is what meetings are written in.
const sourceLocale = "sv"

// usual is how long a meeting counts as lasting where nobody said when it ends.
const usual = 3 * time.Hour

// Meeting wraps a record of the collection meetings.
type Meeting struct{ *core.Record }

// Find gives the meeting with the id; sql.ErrNoRows where there is none.
func Find(app core.App, id string) (Meeting, error) {
	r, err := app.FindRecordById(collection, id)
	return Meeting{r}, err
}

// Unit is the id of the unit that owns the meeting.
func (m Meeting) Unit() string { return m.GetString("unit") }

// Groups are the ids of the groups that are invited.
func (m Meeting) Groups() []string { return m.GetStringSlice("groups") }

// Base counts the meeting's saves.
func (m Meeting) Base() int { return m.GetInt("base") }

// Sequence counts the changes that calendars are told, as RFC 5545 has it.
func (m Meeting) Sequence() int { return m.GetInt("sequence") }

// Starts is when the meeting starts.
func (m Meeting) Starts() time.Time { return m.time("starts") }

// Ends is when the meeting ends, three hours after its start where nobody said.
func (m Meeting) Ends() time.Time {
	if ends := m.time("ends"); !ends.IsZero() {
		return ends
	}
	return m.Starts().Add(usual)
}

// AnswerBy is the last moment for answers: what staff said, or the start.
func (m Meeting) AnswerBy() time.Time {
	if by := m.time("answerBy"); !by.IsZero() {
		return by
	}
	return m.Starts()
}

// Published reports whether phones have the meeting, cancelled or not.
func (m Meeting) Published() bool { return !m.time("published").IsZero() }

// Cancelled reports whether the meeting was called off.
func (m Meeting) Cancelled() bool { return !m.time("cancelled").IsZero() }

func (m Meeting) time(field string) time.Time { return m.GetDateTime(field).Time() }

// Thematic reports whether the meeting is about a theme.
func (m Meeting) Thematic() bool { return m.GetString("kind") == thematic }

// Content is what is translated of the meeting, in reading order: its theme's
// title, its question, and its information with a block for each line. What the
// theme says besides comes to phones with the theme.
func (m Meeting) Content() []text.Block {
	all := []text.Block{titleOf(m), {ID: "question", Kind: text.Question, Text: m.GetString("question")}}
	for i, line := range strings.FieldsFunc(m.GetString("information"), isNewline) {
		all = append(all, text.Block{ID: "information-" + strconv.Itoa(i+1), Kind: text.Paragraph, Text: line})
	}
	content := make([]text.Block, 0, len(all))
	for _, b := range all {
		if b.Kind != text.Title {
			b = b.Segmented(sourceLocale)
		}
		if len(b.Segments) > 0 {
			content = append(content, b)
		}
	}
	return content
}

func isNewline(r rune) bool { return strings.ContainsRune("\n\v\f\r\u0085\u2028\u2029", r) }

// owner gives what the meeting uses of segments now.
func (m Meeting) owner() translation.Owner {
	o := translation.Owner{Collection: collection, ID: m.Id, Unit: m.Unit(), Scopes: m.Groups()}
	o.Drafted = translation.Places(m.Content())
	if m.Published() {
		o.Published, o.PublishedScopes = o.Drafted, m.Groups()
	}
	return o
}

// find is [Find] for a meeting that may be gone: nil where it is.
func find(app core.App, id string) (*Meeting, error) {
	m, err := Find(app, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find meeting: %w", err)
	}
	return &m, nil
}
