package meeting

import (
	"database/sql"
	"errors"
	"fmt"

	"folje/internal/sync"
	"folje/internal/translation"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"
)

// Bind makes every way of storing a meeting, through the record API or not, do
// the same in one transaction: count the change for calendars, say which
// segments the meeting uses, and tell the feeds of its groups. [Register] calls
// it; who stores meetings before the features are bound calls it too. Calling
// it again changes nothing.
func Bind(app core.App) {
	app.OnRecordCreate(collection).Bind(inTransaction("foljeMeetingCreate", func(e *core.RecordEvent) error {
		if err := entitle(e.App, Meeting{e.Record}); err != nil {
			return err
		}
		if err := e.Next(); err != nil {
			return err
		}
		return settle(e.App, Meeting{e.Record}, nil)
	}))
	app.OnRecordUpdate("themes").Bind(inTransaction("foljeMeetingTheme", retitle))
	app.OnRecordUpdate(collection).Bind(inTransaction("foljeMeetingUpdate", func(e *core.RecordEvent) error {
		stored, err := find(e.App, e.Record.Id)
		if err != nil {
			return err
		}
		m := Meeting{e.Record}
		if stored != nil {
			count(m, *stored)
		}
		if err := entitle(e.App, m); err != nil {
			return err
		}
		if err := e.Next(); err != nil {
			return err
		}
		if _, err := e.App.FindRecordById("units", m.Unit()); errors.Is(err, sql.ErrNoRows) {
			return nil // its unit is being deleted: first its groups leave it, then it goes as well
		} else if err != nil {
			return fmt.Errorf("find the meeting's unit: %w", err)
		}
		return settle(e.App, m, stored)
	}))
	app.OnRecordDelete(collection).Bind(inTransaction("foljeMeetingDelete", func(e *core.RecordEvent) error {
		// By what is stored: the caller's copy may be from before it was published.
		stored, err := find(e.App, e.Record.Id)
		if err != nil {
			return err
		}
		if err := translation.Index(e.App, translation.Owner{Collection: collection, ID: e.Record.Id}); err != nil {
			return fmt.Errorf("forget the meeting's segments: %w", err)
		}
		if err := translation.Tell(e.App, sync.Item(collection, e.Record.Id), nil, scopesOf(stored), nil); err != nil {
			return err
		}
		return e.Next()
	}))
}

// inTransaction is a handler that is bound once, under its id.
func inTransaction(id string, do func(*core.RecordEvent) error) *hook.Handler[*core.RecordEvent] {
	return &hook.Handler[*core.RecordEvent]{Id: id, Func: func(e *core.RecordEvent) error {
		outer := e.App
		defer func() { e.App = outer }()
		return outer.RunInTransaction(func(tx core.App) error {
			e.App = tx
			return do(e)
		})
	}}
}

// count raises the sequence where calendars must be told: of another time or
// place, or that the meeting is off (RFC 5545, 3.8.7.4). It goes by what is
// stored, so it never falls.
func count(m, stored Meeting) {
	m.Set("sequence", stored.Sequence())
	if !stored.Published() {
		return
	}
	same := m.Starts().Equal(stored.Starts()) && m.time("ends").Equal(stored.time("ends")) &&
		m.GetString("place") == stored.GetString("place") && m.Cancelled() == stored.Cancelled()
	if !same {
		m.Set("sequence", stored.Sequence()+1)
	}
}

// settle says what the meeting uses now and tells the scopes that have or had
// it; before is nil for a meeting that is new.
func settle(tx core.App, m Meeting, before *Meeting) error {
	o := m.owner()
	if err := translation.Index(tx, o); err != nil {
		return fmt.Errorf("index meeting: %w", err)
	}
	return translation.Tell(tx, sync.Item(collection, m.Id), o.Published, scopesOf(before), scopesOf(&m))
}

func scopesOf(m *Meeting) []string {
	if m == nil || !m.Published() {
		return nil
	}
	return m.Groups()
}
