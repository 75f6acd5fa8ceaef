package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// desk_changes: a sentence that comes into the phrase bank or leaves it counts
// otherwise in every record that uses it.
func init() {
	events := map[string]string{"INSERT": "new", "DELETE": "old"}
	migrations.Register(func(app core.App) error {
		for event, row := range events {
			step := `CREATE TRIGGER desk_bank_` + event + ` AFTER ` + event + ` ON segment_uses
				WHEN ` + row + `.collection = 'phrases' BEGIN
				INSERT OR REPLACE INTO desk_changes(record, locale)
				SELECT DISTINCT record, '' FROM segment_uses WHERE segment = ` + row + `.segment; END`
			if _, err := app.DB().NewQuery(step).Execute(); err != nil {
				return fmt.Errorf("make the bank's log of the desk: %w", err)
			}
		}
		return nil
	}, func(app core.App) error {
		for event := range events {
			if _, err := app.DB().NewQuery("DROP TRIGGER desk_bank_" + event).Execute(); err != nil {
				return fmt.Errorf("drop a trigger of the desk: %w", err)
			}
		}
		return nil
	}, "1764057661_desk_bank.go")
}
