package translation

import (
	"fmt"

	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Given is the reusable text of a segment in a locale. Elsewhere names who
// reviewed it before it came here, with the licence, "" for nobody.
type Given struct {
	Segment   string `db:"segment"`
	Locale    string `db:"locale"`
	Text      string `db:"text"`
	Status    string `db:"status"`
	Elsewhere string `db:"elsewhere"`
}

// AllGiven lists the reusable texts that aren't empty, of every segment.
func AllGiven(app core.App) ([]Given, error) {
	var all []Given
	err := app.DB().Select("segment", "locale", "text", "status", "elsewhere").From("translations").
		Where(dbx.NewExp("context = '' AND given AND text != ''")).OrderBy("locale", "segment").All(&all)
	if err != nil {
		return nil, fmt.Errorf("list the reusable texts: %w", err)
	}
	return all, nil
}

// Bring stores a text that comes with a pack, and reports whether it did. What a
// person wrote or began here stays. What a machine wrote gives way to what was
// reviewed elsewhere, which is a draft until somebody here finds it right. Call it
// in a transaction, for a segment that is there.
func Bring(app core.App, g Given) (bool, error) {
	texts, err := rows(app, g.Locale, []string{g.Segment})
	if err != nil {
		return false, err
	}
	stored := texts[g.Segment]
	if stored != nil && (g.Elsewhere == "" || !stored.untouched()) {
		return false, nil
	}
	r, err := record(app, stored)
	if err != nil {
		return false, err
	}
	status := Machine
	if g.Elsewhere != "" {
		status = Draft
	}
	r.Load(map[string]any{"segment": g.Segment, "locale": g.Locale, "text": text.Fold(g.Text), "given": true,
		"status": status, "elsewhere": g.Elsewhere, "engine": ""})
	if err := app.Save(r); err != nil {
		return false, fmt.Errorf("save translation: %w", err)
	}
	return true, announceText(app, g.Segment, g.Locale)
}
