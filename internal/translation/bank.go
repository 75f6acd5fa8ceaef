package translation

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Bank is the collection of phrases that staff take into letters and meetings.
// What a person translated there needs no confirming in another place.
const Bank = "phrases"

// banked is the column that says whether the text's sentence is in the bank.
const banked = `EXISTS (SELECT 1 FROM segment_uses b WHERE b.segment = translations.segment AND b.collection = '` + Bank + `') AS banked`

// bankedAmong says which of the segments are in the bank: one look for each,
// where [banked] takes one for each of their texts.
func bankedAmong(app core.App, segments []any) (map[string]bool, error) {
	var found []string
	err := app.DB().Select("segment").Distinct(true).From("segment_uses").
		Where(dbx.In("segment", segments...)).AndWhere(dbx.HashExp{"collection": Bank}).Column(&found)
	if err != nil {
		return nil, fmt.Errorf("list what is in the bank: %w", err)
	}
	in := make(map[string]bool, len(found))
	for _, id := range found {
		in[id] = true
	}
	return in, nil
}

// announceBank tells the feeds about sentences that came into the bank or left
// it: their texts stay, what they count as changes.
func announceBank(app core.App, touched []useKey) error {
	done := map[string]bool{}
	for _, key := range touched {
		if done[key.segment] {
			continue
		}
		done[key.segment] = true
		locales, err := localesOf(app, key.segment, "")
		if err != nil {
			return err
		}
		for _, locale := range locales {
			if err := announceText(app, key.segment, locale); err != nil {
				return err
			}
		}
	}
	return nil
}
