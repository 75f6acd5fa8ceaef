package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// worries: what parents worry about, with the words they type, and the entries
// of the guide that help. Title and synonyms are translated, the synonyms as one
// text of words with commas between. All staff read them; the coordinator and
// administrators write them.
func init() {
	create("1764057602_worries.go", "worries", func(app core.App) (*core.Collection, error) {
		entries, err := relation(app, "guide", "guide_entries", 20, false, false)
		if err != nil {
			return nil, err
		}
		may, reads := rule(isCoordinator+` || `+isAdmin), rule(`@request.auth.id != ""`)
		c := base("worries", rules{list: reads, view: reads, create: may, update: may, delete: may},
			&core.TextField{Name: "key", Max: 40, Required: true, Pattern: `^[a-z][a-z0-9_]*$`},
			text("title", 120, true), text("synonyms", 600, false), entries, number("order"), number("base"))
		c.AddIndex("idx_worries_key", true, "key", "")
		return c, nil
	})
}
