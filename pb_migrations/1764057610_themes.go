package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// keepsGuide: the coordinator and administrators.
const keepsGuide = `@request.auth.roles:each ?= "coordinator" || ` + isAdmin

// themes: what thematic meetings are about, the same for all: what parents are
// told, what they talk about, and questions to think about before. `key` names
// a theme in content packs, `also` holds the names that it had. All staff read
// them, the coordinator and administrators write them.
func init() {
	create("1764057610_themes.go", "themes", func(core.App) (*core.Collection, error) {
		may, reads := rule(keepsGuide), rule(`@request.auth.id != ""`)
		c := base("themes", rules{list: reads, view: reads, create: may, update: may, delete: may},
			text("key", 60, true), text("title", 120, true),
			&core.JSONField{Name: "also", MaxSize: 4000},
			text("information", 5000, false), text("discussion", 5000, false), text("think", 5000, false),
			number("order"), &core.BoolField{Name: "hidden"}, number("base"))
		c.AddIndex("idx_themes_key", true, "key", "")
		return c, nil
	})
}
