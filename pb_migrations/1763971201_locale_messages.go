package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// locale_messages: interface messages that translators edited here, a row for
// each plural form ("other" where nothing is counted); they win over the files
// in locales/. `text` is what is said once `given`, `draft` what is being typed.
// `source` is the hash of the source message that it was translated from.
// Locked: read and written through the app's own routes.
func init() {
	create("1763971201_locale_messages.go", "locale_messages", func(app core.App) (*core.Collection, error) {
		links, err := relations(app, link{name: "author", to: "staff"}, link{name: "reviewer", to: "staff"})
		if err != nil {
			return nil, err
		}
		c := base("locale_messages", rules{}, append(links,
			text("locale", 16, true), text("key", 120, true), text("form", 16, true), text("source", 60, false),
			text("text", 4000, false), text("draft", 4000, false), &core.BoolField{Name: "given"},
			&core.SelectField{Name: "status", Values: []string{"draft", "reviewed"}, MaxSelect: 1, Required: true},
		)...)
		c.AddIndex("idx_locale_messages_key", true, "locale, key, form", "")
		return c, nil
	})
}
