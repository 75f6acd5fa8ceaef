package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// attachments: pictures and files that a letter's blocks stand for. The id is
// made by the editor, and what it names never changes; `sum` is of what was
// sent, before a picture was cleaned of what cameras write into it. Locked.
func init() {
	create("1764057715_attachments.go", "attachments", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "letter", to: "letters", required: true, cascade: true},
			link{name: "author", to: "staff"})
		if err != nil {
			return nil, err
		}
		c := base("attachments", rules{}, append(links,
			text("kind", 20, true), text("type", 60, true), text("sum", 64, true),
			number("bytes"), number("width"), number("height"),
			&core.FileField{Name: "file", MaxSelect: 1, MaxSize: 6 << 20, Protected: true, Required: true},
		)...)
		setID(c, "^[a-z0-9]+$", 15)
		c.AddIndex("idx_attachments_letter", false, "letter", "")
		return c, nil
	})
}
