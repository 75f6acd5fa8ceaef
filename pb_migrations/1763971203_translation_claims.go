package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// translation_claims: a translator has taken a record in a locale upon herself,
// until a moment. Locked.
func init() {
	create("1763971203_translation_claims.go", "translation_claims", func(app core.App) (*core.Collection, error) {
		translator, err := relation(app, "translator", "staff", 1, true, true)
		if err != nil {
			return nil, err
		}
		c := base("translation_claims", rules{}, translator,
			text("collection", 40, true), text("record", 40, true), text("locale", 16, true), date("until"))
		c.AddIndex("idx_translation_claims_work", true, "record, locale, collection", "")
		return c, nil
	})
}
