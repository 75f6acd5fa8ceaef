package meeting

import (
	"fmt"

	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// notes is the collection of what staff write down at meetings.
const notes = "meeting_notes"

// dialogues are the notes' fields that staff write.
var dialogues = []string{"emotional", "meaning", "regulating"}

// bindNotes makes notes one record to a meeting, and keeps one save from going
// over another: it carries the base it started from, and is told what is stored
// where somebody else saved meanwhile.
func (f *feature) bindNotes(app core.App) {
	app.OnRecordCreateRequest(notes).BindFunc(func(e *core.RecordRequestEvent) error {
		e.Record.Id = e.Record.GetString("meeting")
		e.Record.Set("base", 1)
		return e.Next()
	})
	app.OnRecordUpdateRequest(notes).BindFunc(func(e *core.RecordRequestEvent) error {
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			if err := onStored(tx, e.Record); err != nil {
				return problem.API(e.RequestEvent, f.Locales, err)
			}
			return e.Next()
		})
	})
}

// onStored counts the save of notes that started from what is stored. A save
// that was repeated after a lost answer changes nothing.
func onStored(tx core.App, saved *core.Record) error {
	stored, err := tx.FindRecordById(notes, saved.Id)
	if err != nil {
		return fmt.Errorf("find notes: %w", err)
	}
	saved.Set("meeting", stored.GetString("meeting"))
	base := stored.GetInt("base")
	if saved.GetInt("base") == base {
		saved.Set("base", base+1)
		return nil
	}
	for _, name := range dialogues {
		if saved.GetString(name) != stored.GetString(name) {
			return problem.Conflict("error.notes_conflict", stored.PublicExport())
		}
	}
	saved.Set("base", base)
	return nil
}
