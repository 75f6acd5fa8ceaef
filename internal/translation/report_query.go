package translation

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// mostNotes bounds the notes of one sentence, so that nobody can fill a
// translator's screen with them.
const mostNotes = 50

// Reports are what readers said of one sentence in one locale and no
// translator has settled: how many did not understand it, and the newest
// notes of those who wrote one, newest last. Nothing tells whose they are.
type Reports struct {
	Count int      `json:"count"`
	Notes []string `json:"notes"`
}

// ReportsOf gives the reports of the segments in the locale that are not
// settled, by segment; a segment without any is left out.
func ReportsOf(app core.App, locale string, segments []string) (map[string]Reports, error) {
	found := map[string]Reports{}
	for chunk := range chunks(segments, 400) {
		var rows []struct {
			Segment string `db:"segment"`
			Note    string `db:"note"`
		}
		err := app.DB().Select("segment", "note").From(reports).
			Where(dbx.In("segment", chunk...)).AndWhere(dbx.HashExp{"locale": locale, "resolved": false}).
			OrderBy("day", "id").All(&rows)
		if err != nil {
			return nil, fmt.Errorf("find reports: %w", err)
		}
		for _, row := range rows {
			r := found[row.Segment]
			r.Count++
			if r.Notes == nil {
				r.Notes = []string{}
			}
			if row.Note != "" {
				r.Notes = append(r.Notes, row.Note)
				r.Notes = r.Notes[max(0, len(r.Notes)-mostNotes):]
			}
			found[row.Segment] = r
		}
	}
	return found, nil
}

// ResolveReports settles all reports of the segment in the locale, and says
// how many there were.
func ResolveReports(app core.App, segment, locale string) (int, error) {
	result, err := app.NonconcurrentDB().Update(reports, dbx.Params{"resolved": true},
		dbx.HashExp{"segment": segment, "locale": locale, "resolved": false}).Execute()
	if err != nil {
		return 0, fmt.Errorf("settle reports: %w", err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("count settled reports: %w", err)
	}
	return int(n), nil
}
