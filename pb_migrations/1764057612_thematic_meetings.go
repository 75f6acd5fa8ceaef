package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// meetings: one of the kind thematic is about a theme. `title` is the theme's,
// set by the feature only; `heldBy` is who holds the meeting.
func init() {
	migrations.Register(func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("meetings")
		if err != nil {
			return fmt.Errorf("find collection meetings: %w", err)
		}
		theme, err := relation(app, "theme", "themes", 1, false, false)
		if err != nil {
			return err
		}
		c.Fields.GetByName("kind").(*core.SelectField).Values = []string{"qpm", "thematic"}
		c.Fields.Add(theme, text("title", 120, false), text("heldBy", 200, false))
		return app.Save(c)
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId("meetings")
		if err != nil {
			return fmt.Errorf("find collection meetings: %w", err)
		}
		c.Fields.GetByName("kind").(*core.SelectField).Values = []string{"qpm"}
		for _, name := range []string{"theme", "title", "heldBy"} {
			c.Fields.RemoveByName(name)
		}
		return app.Save(c)
	}, "1764057612_thematic_meetings.go")
}
