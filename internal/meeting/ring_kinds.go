package meeting

import (
	"time"

	"folje/internal/locale"
	"folje/internal/outbox"

	"github.com/pocketbase/pocketbase/core"
)

// Kinds is what the outbox has to know of what meetings ring for.
func Kinds(cfg Config) map[string]outbox.Kind {
	f := &feature{cfg}
	coming := f.still(func(m Meeting, _ outbox.Row) bool { return !m.Cancelled() && f.Now().Before(m.Starts()) })
	return map[string]outbox.Kind{
		invitation: {Still: coming, Skip: told, Compose: f.say("push.meeting_title", "push.meeting_body")},
		changed: {
			Still: f.still(func(m Meeting, row outbox.Row) bool {
				return !m.Cancelled() && m.Sequence() == row.Number && f.Now().Before(m.Starts())
			}),
			Compose: f.say("push.meeting_changed_title", "push.meeting_changed_body"),
		},
		cancellation: {
			Still:   f.still(func(m Meeting, _ outbox.Row) bool { return m.Cancelled() && f.Now().Before(m.Ends()) }),
			Compose: f.say("push.meeting_cancelled_title", "push.meeting_cancelled_body"),
		},
		reminder: {
			Still: f.still(func(m Meeting, row outbox.Row) bool {
				return !m.Cancelled() && remindAt(m.Starts()).Equal(row.Due) && f.Now().Before(m.Ends())
			}),
			Skip: answered, Compose: f.say("push.reminder_title", "push.reminder_body"),
		},
	}
}

// told tells which of the devices were invited through another group, where
// the meeting's groups became more.
func told(app core.App, row outbox.Row, devices []string) (map[string]bool, error) {
	if row.Mark == markOf(invitation, row.Item) {
		return nil, nil
	}
	return outbox.Rang(app, row.Item, devices, invitation, changed)
}

// still says whether the row's meeting is there, and as it must be.
func (f *feature) still(so func(Meeting, outbox.Row) bool) func(core.App, outbox.Row) (bool, error) {
	return func(app core.App, row outbox.Row) (bool, error) {
		m, err := find(app, row.Item)
		return err == nil && m != nil && m.Published() && so(*m, row), err
	}
}

// say composes a note that tells what happened and not where, why or with whom.
// What is true when a phone shows it must still be true if that phone was off
// for days, so no note says "tomorrow". To readers who want titles it says when
// the meeting is.
func (f *feature) say(title, body string) func(core.App, outbox.Row, outbox.Reader) (outbox.Note, error) {
	return func(app core.App, row outbox.Row, reader outbox.Reader) (outbox.Note, error) {
		note := outbox.Note{
			Title: f.Locales.Text(reader.Locale, title, nil), Body: f.Locales.Text(reader.Locale, body, nil),
			Navigate: "/meetings/" + row.Item, Tag: "meeting-" + row.Item,
		}
		if !reader.Titles {
			return note, nil
		}
		m, err := Find(app, row.Item)
		if err != nil {
			return note, err
		}
		note.Body = f.when(reader.Locale, m.Starts()) + " " + note.Body
		return note, nil
	}
}

// when says weekday, day and clock in the reader's language.
func (f *feature) when(tag string, at time.Time) string {
	return f.Locales.Text(tag, "push.meeting_when", map[string]any{"When": f.Locales.Date(tag, at, locale.WeekdayTime, f.Now())})
}
