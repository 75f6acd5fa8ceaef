package translation

import (
	"fmt"
	"time"

	"folje/internal/text"

	"github.com/pocketbase/pocketbase/core"
)

// Put stores a text that comes with content from elsewhere (a pack): reusable,
// of the given status, and only where the locale has none yet.
func Put(app core.App, segment, locale, wording, status string) error {
	texts, err := rows(app, locale, []string{segment})
	if err != nil || texts[segment] != nil {
		return err
	}
	r, err := record(app, nil)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"segment": segment, "locale": locale, "text": text.Fold(wording), "given": true, "status": status})
	if err := app.Save(r); err != nil {
		return fmt.Errorf("save translation: %w", err)
	}
	return announceText(app, segment, locale)
}

// PutMachine stores what an engine wrote, for places everywhere, and reports
// whether it did: what a person wrote or began, or an engine before, stays.
// Call it in a transaction.
func PutMachine(app core.App, segment text.Segment, locale, wording, engine string, at time.Time) (bool, error) {
	texts, err := rows(app, locale, []string{segment.ID})
	if err != nil || texts[segment.ID] != nil {
		return false, err
	}
	r, err := record(app, nil)
	if err != nil {
		return false, err
	}
	wording = text.Fold(wording)
	r.Load(map[string]any{
		"segment": segment.ID, "locale": locale, "text": wording, "given": true, "status": Machine, "engine": engine})
	if err := app.Save(r); err != nil {
		return false, fmt.Errorf("save machine translation: %w", err)
	}
	d := Deed{Segment: segment.ID, Locale: locale, Action: Machine, Source: segment.Text, Text: wording, At: at}
	if err := d.Write(app); err != nil {
		return false, err
	}
	return true, announceText(app, segment.ID, locale)
}
