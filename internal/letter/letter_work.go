package letter

import (
	"folje/internal/translation"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// Work says how letters are translated: those that were not withdrawn, the
// latest saved first.
func Work() translation.Work {
	return translation.Work{
		Collection: letters, Name: "letter",
		Owner: func(app core.App, r *core.Record) (translation.Owner, error) { return owner(app, Letter{r}) },
		Head: func(app core.App, r *core.Record) (map[string]any, error) {
			meeting, err := meetingOf(app, r.GetString("meeting"))
			if err != nil {
				return nil, err
			}
			head := map[string]any{"title": r.GetString("title"), "meeting": ""}
			if meeting != nil {
				head["meeting"] = meeting.Starts
			}
			return head, nil
		},
		Queued: func(q *dbx.SelectQuery) { q.AndWhere(dbx.HashExp{"withdrawn": ""}).OrderBy("updated DESC") },
	}
}
