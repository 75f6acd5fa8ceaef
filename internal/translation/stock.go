package translation

import (
	"fmt"
	"strings"

	"folje/internal/text"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/security"
	"github.com/pocketbase/pocketbase/tools/types"
)

// stocked is how many rows one statement brings.
const stocked = 200

// Stock lays in sentences with reusable texts before anything uses them, many at
// once: the records that are saved after it tell the feeds of them. A text that
// is there stays. It is for filling a new database; call it in a transaction.
func Stock(app core.App, sentences []string, texts []Given) error {
	now := types.NowDateTime().String()
	var rows [][]any
	for _, s := range sentences {
		rows = append(rows, []any{text.SegmentID(sourceLocale, s), sourceLocale, s, now, now})
	}
	if err := insertAll(app, "segments", "id, locale, text, created, updated", rows); err != nil {
		return err
	}
	rows = rows[:0]
	for _, t := range texts {
		rows = append(rows, []any{security.RandomString(15), t.Segment, t.Locale, text.Fold(t.Text), true, t.Status, now, now})
	}
	return insertAll(app, "translations", "id, segment, locale, text, given, status, created, updated", rows)
}

// insertAll inserts the rows that break no unique key.
func insertAll(app core.App, table, columns string, rows [][]any) error {
	for start := 0; start < len(rows); start += stocked {
		var values []string
		params := dbx.Params{}
		for i, row := range rows[start:min(start+stocked, len(rows))] {
			var names []string
			for j, v := range row {
				name := fmt.Sprintf("p%d_%d", i, j)
				params[name] = v
				names = append(names, "{:"+name+"}")
			}
			values = append(values, "("+strings.Join(names, ",")+")")
		}
		q := "INSERT OR IGNORE INTO " + table + " (" + columns + ") VALUES " + strings.Join(values, ",")
		if _, err := app.DB().NewQuery(q).Bind(params).Execute(); err != nil {
			return fmt.Errorf("insert into %s: %w", table, err)
		}
	}
	return nil
}
