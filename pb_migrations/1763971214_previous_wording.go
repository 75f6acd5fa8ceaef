package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// segment_uses: `previous` is the segment that stood in the place before a
// change, where somebody had translated it. A segment that goes takes with it
// what points at it, here and in the history: half-typed and erased sentences
// leave no trace.
func init() {
	const uses, index, trigger = "segment_uses", "idx_segment_uses_previous", "segments_forgotten"
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(uses)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", uses, err)
		}
		c.Fields.Add(text("previous", 32, false))
		c.AddIndex(index, false, "previous", "previous != ''")
		if err := app.Save(c); err != nil {
			return err
		}
		_, err = app.DB().NewQuery(`CREATE TRIGGER ` + trigger + ` AFTER DELETE ON segments BEGIN
			UPDATE segment_uses SET previous = '' WHERE previous = old.id AND previous != '';
			DELETE FROM translation_history WHERE segment = old.id; END`).Execute()
		if err != nil {
			return fmt.Errorf("make the trigger: %w", err)
		}
		return nil
	}, func(app core.App) error {
		if _, err := app.DB().NewQuery("DROP TRIGGER " + trigger).Execute(); err != nil {
			return fmt.Errorf("drop the trigger: %w", err)
		}
		c, err := app.FindCollectionByNameOrId(uses)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", uses, err)
		}
		c.RemoveIndex(index)
		c.Fields.RemoveByName("previous")
		return app.Save(c)
	}, "1763971214_previous_wording.go")
}
