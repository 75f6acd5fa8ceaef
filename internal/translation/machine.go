package translation

import (
	"fmt"

	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Lacking gives the segments of the places for which nobody has begun,
// finished or left empty on purpose a text in the locale, in their order and
// each once.
func Lacking(app core.App, locale string, places []Place) ([]text.Segment, error) {
	texts, err := rows(app, locale, segmentsOf(places))
	if err != nil {
		return nil, err
	}
	var lacking []text.Segment
	seen := make(map[string]bool, len(places))
	for _, p := range places {
		id := p.Segment.ID
		if seen[id] || texts[id] != nil || texts[Key(id, p.Context)] != nil {
			continue
		}
		seen[id] = true
		lacking = append(lacking, p.Segment)
	}
	return lacking, nil
}

// Used reports whether some record uses the segment.
func Used(app core.App, segment string) (bool, error) {
	var n int
	err := app.DB().Select("COUNT(*)").From("segment_uses").Where(dbx.HashExp{"segment": segment}).Row(&n)
	if err != nil {
		return false, fmt.Errorf("count uses of a segment: %w", err)
	}
	return n > 0, nil
}

// SweepMachine forgets what engines made of sentences that nothing uses any
// more and no person has touched in any locale, and those sentences: what was
// typed and thrown away leaves no trace.
func SweepMachine(app core.App) error {
	return app.RunInTransaction(func(tx core.App) error {
		var gone []string
		err := tx.DB().Select("segment").Distinct(true).From("translations t").
			Where(dbx.HashExp{"status": Machine}).AndWhere(dbx.NewExp("[[engine]] != ''")).
			AndWhere(dbx.NewExp("NOT EXISTS (SELECT 1 FROM segment_uses u WHERE u.segment = t.segment)")).
			AndWhere(dbx.NewExp("NOT EXISTS (SELECT 1 FROM translations p WHERE p.segment = t.segment AND (p.engine = '' OR p.draft != '' OR p.status != 'machine'))")).
			Column(&gone)
		if err != nil {
			return fmt.Errorf("list sentences that only machines translated: %w", err)
		}
		for chunk := range chunks(gone, 400) {
			for table, column := range map[string]string{"translations": "segment", "segments": "id"} {
				if _, err := tx.DB().Delete(table, dbx.In(column, chunk...)).Execute(); err != nil {
					return fmt.Errorf("forget sentences that only machines translated: %w", err)
				}
			}
		}
		return nil
	})
}
