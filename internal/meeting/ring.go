package meeting

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"folje/internal/outbox"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// What phones are rung for, as the outbox names it.
const (
	invitation   = "meeting"
	changed      = "meeting_changed"
	cancellation = "meeting_cancelled"
	reminder     = "reminder"
)

// bindRing makes every way of storing a published meeting that moves it, or
// that invites other groups, ring in the same transaction. Inviting and
// cancelling have routes of their own, which know whose deed it is.
func (f *feature) bindRing(app core.App) {
	app.OnRecordUpdate(collection).Bind(inTransaction("foljeMeetingRing", func(e *core.RecordEvent) error {
		stored, err := find(e.App, e.Record.Id)
		if err != nil {
			return err
		}
		if err := e.Next(); err != nil {
			return err
		}
		m := Meeting{e.Record}
		if stored == nil || !stored.Published() || m.Cancelled() {
			return nil
		}
		return f.ringChange(e.App, m, *stored, f.Now())
	}))
}

// ringInvitation tells the phones of the meeting's groups that they are
// invited, and reminds them later. The row says by whom and from when.
func (f *feature) ringInvitation(tx core.App, m Meeting, row outbox.Row, now time.Time) error {
	row.Kind, row.Item, row.Mark, row.Groups = invitation, m.Id, markOf(invitation, m.Id), m.Groups()
	row.Due, row.Until = now.Add(f.Undo), m.Starts()
	if err := ring(tx, row); err != nil {
		return err
	}
	return remind(tx, m, begins(row), now)
}

// ringChange tells phones what an update of a published meeting changed. While
// nobody has heard of the meeting its invitation says it; otherwise the groups
// that were invited before hear that it changed, if when or where did, and the
// others that they are invited. Groups that are invited no more hear nothing:
// the meeting leaves their phones.
func (f *feature) ringChange(tx core.App, m, stored Meeting, now time.Time) error {
	moved := m.Sequence() != stored.Sequence()
	fresh := without(m.Groups(), stored.Groups())
	if !moved && len(fresh) == 0 && len(m.Groups()) == len(stored.Groups()) {
		return nil
	}
	waiting, err := unheard(tx, m.Id)
	if err != nil {
		return err
	}
	if waiting != nil {
		if !waiting.Hold.Before(m.Starts()) { // the meeting is before that now
			waiting.Hold = time.Time{}
		}
		if _, err := outbox.Erase(tx, waiting.Mark); err != nil {
			return err
		}
		return f.ringInvitation(tx, m, *waiting, now)
	}
	if moved {
		if err := f.ringMoved(tx, m, without(m.Groups(), fresh), now); err != nil {
			return err
		}
	}
	if err := f.ringFresh(tx, m, fresh, now); err != nil {
		return err
	}
	return remind(tx, m, now, now)
}

// ringMoved tells the groups that the meeting has another time or place, once,
// however often it moved before they rang.
func (f *feature) ringMoved(tx core.App, m Meeting, groups []string, now time.Time) error {
	if err := outbox.Cancel(tx, m.Id, now, invitation, changed); err != nil {
		return err
	}
	return ring(tx, outbox.Row{
		Kind: changed, Item: m.Id, Number: m.Sequence(), Mark: markOf(changed, m.Id, strconv.Itoa(m.Sequence())),
		Groups: groups, Due: now.Add(f.Undo), Until: m.Starts(),
	})
}

// ringFresh invites groups to a meeting that others know of already.
func (f *feature) ringFresh(tx core.App, m Meeting, groups []string, now time.Time) error {
	return ring(tx, outbox.Row{
		Kind: invitation, Item: m.Id, Mark: markOf(invitation, m.Id, strconv.Itoa(m.Base())),
		Groups: groups, Due: now.Add(f.Undo), Until: m.Starts(),
	})
}

// ringCancellation tells the phones of the meeting's groups that it is off,
// unless nobody has rung for it or answered yet: then nobody rings.
func (f *feature) ringCancellation(tx core.App, m Meeting, author string, now time.Time) error {
	waiting, err := unheard(tx, m.Id)
	if err != nil {
		return err
	}
	answers, err := given(tx, m.Id)
	if err != nil {
		return err
	}
	if err := outbox.Cancel(tx, m.Id, now, invitation, changed, reminder); err != nil {
		return err
	}
	if waiting != nil && len(answers) == 0 {
		return nil
	}
	return ring(tx, outbox.Row{
		Kind: cancellation, Item: m.Id, Number: m.Sequence(), Mark: markOf(cancellation, m.Id), Author: author,
		Groups: m.Groups(), Due: now.Add(f.Undo), Until: m.Ends(),
	})
}

// unheard gives the meeting's invitation where it waits still and no phone may
// have rung for it, and nil where some may have.
func unheard(tx core.App, id string) (*outbox.Row, error) {
	r, err := tx.FindFirstRecordByData("outbox", "mark", markOf(invitation, id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil // published by an earlier version
	}
	if err != nil {
		return nil, fmt.Errorf("find the invitation: %w", err)
	}
	if r.GetString("done") != "" {
		return nil, nil
	}
	begun, err := tx.CountRecords("deliveries", dbx.HashExp{"outbox": r.Id},
		dbx.NewExp("([[state]] != 'waiting' OR [[tries]] > 0 OR [[lease]] != '')"))
	if err != nil {
		return nil, fmt.Errorf("look whether the invitation has rung: %w", err)
	}
	if begun > 0 {
		return nil, nil
	}
	return &outbox.Row{Mark: r.GetString("mark"), Author: r.GetString("author"), Hold: r.GetDateTime("hold").Time()}, nil
}

// ring adds the row, unless it would ring nobody or too late.
func ring(tx core.App, row outbox.Row) error {
	if len(row.Groups) == 0 || !begins(row).Before(row.Until) {
		return nil
	}
	_, err := outbox.Add(tx, row)
	return err
}

// begins is from when the row's phones ring.
func begins(row outbox.Row) time.Time {
	if row.Hold.After(row.Due) {
		return row.Hold
	}
	return row.Due
}

// markOf is what makes a row about the meeting once.
func markOf(kind, id string, more ...string) string {
	mark := kind + " " + id
	for _, m := range more {
		mark += " " + m
	}
	return mark
}

func without(all, some []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return slices.Contains(some, s) })
}
