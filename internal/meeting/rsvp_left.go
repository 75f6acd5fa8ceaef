package meeting

import (
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// bindLeft takes a device's answers back where it stops following the last of
// the groups that a meeting is for: nobody there expects it any more, and it
// could not take them back itself.
func (f *feature) bindLeft(app core.App) {
	app.OnRecordDelete("memberships").Bind(inTransaction("foljeMeetingLeft", func(e *core.RecordEvent) error {
		if err := e.Next(); err != nil {
			return err
		}
		return forgetLeft(e.App, e.Record.GetString("device"), f.Now())
	}))
}

// forgetLeft takes back the device's answers to meetings that are not over and
// that none of its groups is invited to. The rows stay for their seq, as with
// an answer that a parent takes back: an older one may still be on the way.
func forgetLeft(tx core.App, device string, now time.Time) error {
	var meetings []any
	err := tx.DB().Select("r.meeting").From(rsvps + " r").
		Where(dbx.HashExp{"r.device": device}).
		AndWhere(dbx.NewExp(`NOT EXISTS (SELECT 1 FROM memberships s, meetings m, json_each(m.groups) g
			WHERE m.id = r.meeting AND s.device = r.device AND s."group" = g.value AND s.ends > {:now})`,
			dbx.Params{"now": sortable(now)})).
		Column(&meetings)
	if err != nil {
		return fmt.Errorf("find answers to meetings of groups that were left: %w", err)
	}
	if len(meetings) == 0 {
		return nil
	}
	ahead := tx.DB().Select("id").From(collection).Where(dbx.In("id", meetings...)).AndWhere(notOver(now))
	var ids []any
	if err := ahead.Column(&ids); err != nil {
		return fmt.Errorf("find the meetings ahead: %w", err)
	}
	if len(ids) == 0 {
		return nil
	}
	_, err = tx.NonconcurrentDB().Update(rsvps,
		dbx.Params{"status": None, "count": 0, "childcare": 0, "language": "", "mode": "", "note": "", "late": false},
		dbx.And(dbx.HashExp{"device": device}, dbx.In("meeting", ids...))).Execute()
	if err != nil {
		return fmt.Errorf("take back the answers of who left: %w", err)
	}
	return nil
}
