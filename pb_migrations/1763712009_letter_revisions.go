package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// letter_revisions: what was published, block by block as segments. Feeds only
// ever contain these. Written by publishing alone.
func init() {
	create("1763712009_letter_revisions.go", "letter_revisions", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "letter", to: "letters", required: true, cascade: true},
			link{name: "groups", to: "groups", most: 99},
			link{name: "meeting", to: "meetings"},
			link{name: "author", to: "staff"})
		if err != nil {
			return nil, err
		}
		reads := rule(isAdmin + ` || (` + isEditor + ` && @request.auth.units.id ?= letter.unit)`)
		c := base("letter_revisions", rules{list: reads, view: reads}, append(links,
			number("number"), date("published"), &core.BoolField{Name: "sensitive"},
			&core.JSONField{Name: "content", MaxSize: 400_000},
		)...)
		c.AddIndex("idx_letter_revisions_number", true, "letter, number", "")
		return c, nil
	})
}
