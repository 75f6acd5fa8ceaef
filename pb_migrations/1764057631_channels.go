package pb_migrations

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/migrations"
)

// channels: where confidential requests go, one row for each of the two. `head`
// is told when nobody reads; `rotate` says since when a new key is due; `told`,
// `pending` and `alarmed` are the e-mail's. Locked.
func init() {
	const name = "channels"
	migrations.Register(func(app core.App) error {
		head, err := relation(app, "head", "staff", 1, false, false)
		if err != nil {
			return err
		}
		c := timeless(name,
			text("name", 20, true), text("title", 120, false), head,
			number("answersDays"), text("hours", 200, false),
			&core.JSONField{Name: "away", MaxSize: 4000}, number("keepDays"), &core.BoolField{Name: "open"},
			date("rotate"), &core.BoolField{Name: "pending"}, date("told"), date("alarmed"))
		c.AddIndex("idx_channels_name", true, "name", "")
		if err := app.Save(c); err != nil {
			return err
		}
		for _, row := range [][2]string{{"steget", "Steget"}, {"familjeguiden", "Familjeguiden"}} {
			r := core.NewRecord(c)
			r.Load(map[string]any{"name": row[0], "title": row[1], "answersDays": 5, "keepDays": 90, "away": []any{}})
			if err := app.Save(r); err != nil {
				return fmt.Errorf("make the channel %s: %w", row[0], err)
			}
		}
		return nil
	}, func(app core.App) error {
		c, err := app.FindCollectionByNameOrId(name)
		if err != nil {
			return fmt.Errorf("find collection %s: %w", name, err)
		}
		return app.Delete(c)
	}, "1764057631_channels.go")
}
