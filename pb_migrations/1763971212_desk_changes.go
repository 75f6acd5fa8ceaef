package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// desk_changes: which records' texts changed last, in which locale ("" for all),
// in the order of the changes. Triggers write it, so whatever changes a use or a
// text is in it: the translators' queue counts again only what is. One row for
// each record and locale; it holds nothing but ids.
func init() {
	const mark = `INSERT OR REPLACE INTO desk_changes(record, locale) `
	steps := []string{
		`CREATE TABLE desk_changes (seq INTEGER PRIMARY KEY AUTOINCREMENT, record TEXT NOT NULL, locale TEXT NOT NULL,
			UNIQUE (record, locale))`,
	}
	for event, row := range map[string]string{"INSERT": "new", "UPDATE": "new", "DELETE": "old"} {
		steps = append(steps,
			`CREATE TRIGGER desk_use_`+event+` AFTER `+event+` ON segment_uses BEGIN `+mark+`VALUES (`+row+`.record, ''); END`,
			`CREATE TRIGGER desk_text_`+event+` AFTER `+event+` ON translations BEGIN `+mark+
				`SELECT DISTINCT record, `+row+`.locale FROM segment_uses WHERE segment = `+row+`.segment; END`)
	}
	migrations.Register(func(app core.App) error {
		for _, step := range steps {
			if _, err := app.DB().NewQuery(step).Execute(); err != nil {
				return fmt.Errorf("make the log of the desk: %w", err)
			}
		}
		return nil
	}, func(app core.App) error {
		for _, event := range []string{"INSERT", "UPDATE", "DELETE"} {
			for _, on := range []string{"use", "text"} {
				if _, err := app.DB().NewQuery("DROP TRIGGER desk_" + on + "_" + event).Execute(); err != nil {
					return fmt.Errorf("drop a trigger of the desk: %w", err)
				}
			}
		}
		if _, err := app.DB().NewQuery("DROP TABLE desk_changes").Execute(); err != nil {
			return fmt.Errorf("drop the log of the desk: %w", err)
		}
		return nil
	}, "1763971212_desk_changes.go")
}
