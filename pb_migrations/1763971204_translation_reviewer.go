package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// translations: `reviewer` is the second person who found the text right,
// `engine` what made a machine's text, and the index finds what a segment has
// in a locale without reading the row.
func init() {
	const translations = "translations"
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(translations)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", translations, err)
		}
		reviewer, err := relation(app, "reviewer", "staff", 1, false, false)
		if err != nil {
			return err
		}
		c.Fields.Add(reviewer, text("engine", 60, false))
		c.AddIndex("idx_translations_locale", false, "locale, segment, context, given, status", "")
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(translations)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", translations, err)
		}
		c.RemoveIndex("idx_translations_locale")
		c.Fields.RemoveByName("reviewer")
		c.Fields.RemoveByName("engine")
		return app.Save(c)
	}, "1763971204_translation_reviewer.go")
}
