package meeting

import (
	"fmt"
	"time"

	"folje/internal/outbox"
	"folje/internal/zone"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// remindHour is when phones are reminded, on the day before the meeting: both
// parents are home, and it can be talked over.
const remindHour = 17

// remindAt is when phones are reminded of a meeting that starts then, by the
// clock in Stockholm.
func remindAt(starts time.Time) time.Time {
	y, m, d := starts.In(zone.Stockholm()).Date()
	return time.Date(y, m, d-1, remindHour, 0, 0, 0, zone.Stockholm())
}

// remind puts the reminder where the meeting's time wants it, instead of one
// that waits. There is none where phones hear of the meeting only after, which
// is heard: an invitation that comes late is reminder enough.
func remind(tx core.App, m Meeting, heard, now time.Time) error {
	if err := outbox.Cancel(tx, m.Id, now, reminder); err != nil {
		return err
	}
	at := remindAt(m.Starts())
	if !at.After(heard) {
		return nil
	}
	row := outbox.Row{
		Kind: reminder, Item: m.Id, Mark: markOf(reminder, m.Id, zone.Day(m.Starts())),
		Groups: m.Groups(), Due: at, Until: m.Ends(),
	}
	// It may have been dropped when the meeting left this day.
	if _, err := outbox.Erase(tx, row.Mark); err != nil {
		return err
	}
	return ring(tx, row)
}

// remindEarlier plans the reminders of meetings that were published when
// nothing rang yet. It costs one look where there are none.
func (f *feature) remindEarlier(app core.App) error {
	now := f.Now()
	var ids []string
	err := app.DB().Select("id").From(collection).Where(dbx.HashExp{"cancelled": ""}).
		AndWhere(dbx.NewExp("[[published]] != '' AND [[starts]] > {:now}", dbx.Params{"now": sortable(now)})).
		AndWhere(dbx.NewExp("NOT EXISTS (SELECT 1 FROM outbox o WHERE o.item = meetings.id)")).Column(&ids)
	if err != nil {
		return fmt.Errorf("find meetings that nothing rang for: %w", err)
	}
	for _, id := range ids {
		err := app.RunInTransaction(func(tx core.App) error {
			m, err := find(tx, id)
			if err != nil || m == nil {
				return err
			}
			return remind(tx, *m, now, now)
		})
		if err != nil {
			return fmt.Errorf("plan the reminder of an earlier meeting: %w", err)
		}
	}
	return nil
}

// answered tells which of the devices have answered the meeting.
func answered(app core.App, row outbox.Row, devices []string) (map[string]bool, error) {
	ids := make([]any, len(devices))
	for i, id := range devices {
		ids[i] = id
	}
	var given []string
	err := app.DB().Select("device").From(rsvps).Where(dbx.HashExp{"meeting": row.Item}).
		AndWhere(dbx.Not(dbx.HashExp{"status": None})).AndWhere(dbx.In("device", ids...)).Column(&given)
	if err != nil {
		return nil, fmt.Errorf("find who has answered: %w", err)
	}
	found := make(map[string]bool, len(given))
	for _, device := range given {
		found[device] = true
	}
	return found, nil
}
