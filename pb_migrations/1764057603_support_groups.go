package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// support_groups: a term's groups of an entry of the guide, such as Steget's.
// In a small town weekday, time and free places can tell who a child is: phones
// get only those that `publish` names. Days are 2026-11-22, times 16:00 by the
// local clock. Its leaders and administrators read and write them, nobody else.
func init() {
	create("1764057603_support_groups.go", "support_groups", func(app core.App) (*core.Collection, error) {
		entry, err := relation(app, "entry", "guide_entries", 1, true, true)
		if err != nil {
			return nil, err
		}
		may := rule(`@request.auth.roles:each ?= "steget" || ` + isAdmin)
		day := func(name string) *core.TextField {
			return &core.TextField{Name: name, Max: 10, Pattern: `^(\d{4}-\d{2}-\d{2})?$`}
		}
		clock := func(name string) *core.TextField {
			return &core.TextField{Name: name, Max: 5, Pattern: `^(\d{2}:\d{2})?$`}
		}
		return base("support_groups", rules{may, may, may, may, may},
			entry, text("title", 120, true), text("information", 2000, false), age("ageFrom"), age("ageTo"),
			text("period", 80, false), day("from"), day("to"),
			number("weekday"), clock("starts"), clock("ends"), number("places"),
			&core.JSONField{Name: "publish", MaxSize: 200}, &core.BoolField{Name: "hidden"}, number("base"),
		), nil
	})
}
