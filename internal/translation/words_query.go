package translation

import (
	"fmt"
	"time"

	"folje/internal/zone"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// WordsOf is what one member of staff did in one locale in a month: how many
// texts she finished, how many words their originals have, and how many words
// those have that she found right though others, or engines, wrote them. A text
// that was saved again in the same month counts once.
type WordsOf struct {
	Name     string `db:"name"`
	Locale   string `db:"locale"`
	Texts    int    `db:"texts"`
	Words    int    `db:"words"`
	Reviewed int    `db:"reviewed"`
}

// WordsIn gives the words of the calendar month in which the time lies, by name
// and locale, of everybody or of one member of staff.
func WordsIn(app core.App, month time.Time, staff string) ([]WordsOf, error) {
	at := month.In(zone.Stockholm())
	from := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, at.Location())
	var found []WordsOf
	err := app.DB().NewQuery(`
		WITH done AS (SELECT author, locale, action = 'saved' AS wrote, max(words) AS words FROM translation_history
			WHERE at >= {:from} AND at < {:to} AND action IN ('saved', 'reviewed', 'confirmed') AND author != ''
				AND ({:staff} = '' OR author = {:staff})
			GROUP BY author, locale, wrote, segment, key, context)
		SELECT s.name AS name, d.locale AS locale, sum(d.wrote) AS texts,
			sum(CASE WHEN d.wrote THEN d.words ELSE 0 END) AS words,
			sum(CASE WHEN d.wrote THEN 0 ELSE d.words END) AS reviewed
		FROM done d JOIN staff s ON s.id = d.author GROUP BY d.author, d.locale ORDER BY s.name, d.author, d.locale`).
		Bind(dbx.Params{"from": stored(from), "to": stored(from.AddDate(0, 1, 0)), "staff": staff}).All(&found)
	if err != nil {
		return nil, fmt.Errorf("count the month's words: %w", err)
	}
	return found, nil
}
