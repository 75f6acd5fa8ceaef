package meeting

import (
	"database/sql"
	"errors"
	"fmt"

	"folje/internal/problem"
	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// entitle gives a thematic meeting its theme's title; any other has neither. A
// theme that is gone leaves the title that it had.
func entitle(app core.App, m Meeting) error {
	if !m.Thematic() {
		m.Set("theme", "")
		m.Set("title", "")
		return nil
	}
	title, err := themeTitle(app, m.GetString("theme"))
	if title != "" {
		m.Set("title", title)
	}
	return err
}

// themeTitle is the theme's, "" where there is no such theme.
func themeTitle(app core.App, id string) (string, error) {
	if id == "" {
		return "", nil
	}
	r, err := app.FindRecordById("themes", id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("find the meeting's theme: %w", err)
	}
	return r.GetString("title"), nil
}

// retitle saves the meetings about a theme again that has another title now, so
// that phones and translators get it.
func retitle(e *core.RecordEvent) error {
	title := e.Record.GetString("title")
	same := title == e.Record.Original().GetString("title")
	if err := e.Next(); err != nil || same {
		return err
	}
	found, err := e.App.FindAllRecords(collection, dbx.HashExp{"theme": e.Record.Id})
	if err != nil {
		return fmt.Errorf("find the theme's meetings: %w", err)
	}
	for _, r := range found {
		if err := e.App.Save(r); err != nil {
			return fmt.Errorf("give a meeting its theme's title: %w", err)
		}
	}
	return nil
}

// titleOf is the title as a block of one segment, however it is punctuated: the
// theme has the same.
func titleOf(m Meeting) text.Block {
	b := text.Block{ID: "title", Kind: text.Title, Text: m.GetString("title"), Segments: []text.Segment{}}
	if s := text.Fold(b.Text); s != "" {
		b.Segments = append(b.Segments, text.Segment{ID: text.SegmentID(sourceLocale, s), Text: s})
	}
	return b
}

// checkTheme finds a thematic meeting without a theme.
func checkTheme(app core.App, m Meeting, fields map[string]problem.Field) error {
	if !m.Thematic() {
		return nil
	}
	title, err := themeTitle(app, m.GetString("theme"))
	if err == nil && title == "" {
		fields["theme"] = problem.Field{Code: "error.meeting_needs_theme"}
	}
	return err
}
