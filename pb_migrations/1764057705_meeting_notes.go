package pb_migrations

import "github.com/pocketbase/pocketbase/core"

// meeting_notes: what staff write down for themselves at a meeting, by its
// three dialogues; one record to a meeting, under the meeting's id, gone with
// it. Only editors of the meeting's own unit see and write them, administrators
// don't. `base` counts the saves. No feed knows of them.
func init() {
	create("1764057705_meeting_notes.go", "meeting_notes", func(app core.App) (*core.Collection, error) {
		meeting, err := relation(app, "meeting", "meetings", 1, true, true)
		if err != nil {
			return nil, err
		}
		const most = 5000
		may := rule(isEditor + ` && @request.auth.units.id ?= meeting.unit`)
		c := base("meeting_notes", rules{list: may, view: may, create: may, update: may, delete: may},
			meeting, text("emotional", most, false), text("meaning", most, false), text("regulating", most, false), number("base"))
		c.AddIndex("idx_meeting_notes_meeting", true, "meeting", "")
		return c, nil
	})
}
