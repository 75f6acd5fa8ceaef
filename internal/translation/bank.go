package translation

import "github.com/pocketbase/pocketbase/core"

// Bank is the collection of phrases that staff take into letters and meetings.
// What a person translated there needs no confirming in another place.
const Bank = "phrases"

// banked is the column that says whether the text's sentence is in the bank.
const banked = `EXISTS (SELECT 1 FROM segment_uses b WHERE b.segment = translations.segment AND b.collection = '` + Bank + `') AS banked`

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
