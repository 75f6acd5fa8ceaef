package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// tablet_sessions: who is in on a shared tablet. The record is what a request of
// such a session is signed in as: its id is the person's, and its roles and unit
// are what the rules of the other collections look at. The fields can't hold
// more than one unit, nor any role but the editor's. `mark` is the hash of the
// session's token. Locked.
func init() {
	create("1764057742_tablet_sessions.go", "tablet_sessions", func(app core.App) (*core.Collection, error) {
		links, err := relations(app,
			link{name: "tablet", to: "tablets", required: true, cascade: true},
			link{name: "units", to: "units", required: true, cascade: true})
		if err != nil {
			return nil, err
		}
		c := base("tablet_sessions", rules{}, links...)
		c.Fields.Add(
			&core.SelectField{Name: "roles", Values: []string{"editor"}, MaxSelect: 1, Required: true},
			hidden("mark", 64), date("began"), date("used"))
		setID(c, `^[a-z0-9]+$`, 15)
		c.AddIndex("idx_tablet_sessions_mark", true, "mark", "")
		c.AddIndex("idx_tablet_sessions_tablet", false, "tablet", "")
		return c, nil
	})
}
