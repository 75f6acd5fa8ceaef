package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// letters: the draft of a letter. `base` counts its saves (a save carries the
// one it started from), `number` is the last published revision, 0 before the
// first. Once published a letter is withdrawn, never deleted.
func init() {
	create("1763712008_letters.go", "letters", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "meeting", to: "meetings"},
			link{name: "unit", to: "units", required: true, cascade: true},
			link{name: "groups", to: "groups", most: 99},
			link{name: "author", to: "staff"})
		if err != nil {
			return nil, err
		}
		may := rule(writesInUnit)
		draft := rule(`number = 0 && (` + writesInUnit + `)`)
		c := base("letters", rules{may, may, may, may, draft}, append(links,
			text("title", 1000, false), // the real limits are told by the feature, at the field
			text("question", 2000, false),
			&core.JSONField{Name: "blocks", MaxSize: 400_000},
			number("base"), number("number"),
			date("published"), date("corrected"), date("withdrawn"),
			&core.BoolField{Name: "sensitive"},
		)...)
		c.AddIndex("idx_letters_unit", false, "unit, updated", "")
		return c, nil
	})
}
