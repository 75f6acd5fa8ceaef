package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// letter_revisions: `complete` lists the locales in which nothing was missing
// when the revision went out to phones; null where that isn't known. A revision
// that waits for its release has no `published`.
func init() {
	const revisions = "letter_revisions"
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(revisions)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", revisions, err)
		}
		c.Fields.Add(&core.JSONField{Name: "complete", MaxSize: 2000})
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(revisions)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", revisions, err)
		}
		c.Fields.RemoveByName("complete")
		return app.Save(c)
	}, "1763884806_revision_complete.go")
}
