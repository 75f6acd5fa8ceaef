package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// translations: the text of a segment in a locale. The empty context is the
// reusable text; another one fits a single place only and never enters the
// memory. `draft` is what a translator is typing and phones don't get. Locked:
// read and written through the app's own routes, which know places and bases.
func init() {
	create("1763712012_translations.go", "translations", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "segment", to: "segments", required: true, cascade: true},
			link{name: "author", to: "staff"})
		if err != nil {
			return nil, err
		}
		c := base("translations", rules{}, append(links,
			text("locale", 16, true), text("context", 16, false), text("text", 8000, false), text("draft", 8000, false),
			&core.BoolField{Name: "given"}, // a text exists, be it empty on purpose
			&core.SelectField{Name: "status", Values: []string{"machine", "draft", "reviewed"}, MaxSelect: 1, Required: true},
		)...)
		c.AddIndex("idx_translations_key", true, "segment, locale, context", "")
		return c, nil
	})
}
