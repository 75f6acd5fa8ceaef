package meeting

import (
	"fmt"

	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
)

// indexEarlier says which segments the meetings use that were saved before
// meetings were translated, so that the translators' desk can take them. It
// costs one look where there are none.
func indexEarlier(app core.App) error {
	var ids []string
	err := app.DB().NewQuery(`SELECT id FROM meetings WHERE (question != '' OR information != '')
		AND NOT EXISTS (SELECT 1 FROM segment_uses u WHERE u.record = meetings.id)`).Column(&ids)
	if err != nil {
		return fmt.Errorf("find meetings without segments: %w", err)
	}
	for _, id := range ids {
		err := app.RunInTransaction(func(tx core.App) error {
			m, err := find(tx, id)
			if err != nil || m == nil {
				return err
			}
			return translation.Index(tx, m.owner())
		})
		if err != nil {
			return fmt.Errorf("index an earlier meeting: %w", err)
		}
	}
	return nil
}
