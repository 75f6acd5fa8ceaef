package meeting

import (
	"errors"
	"fmt"
	"net/http"
	"time"

	"folje/internal/audit"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// What a meeting is refused with, staff and phones alike.
var (
	errCancelled = problem.New(http.StatusBadRequest, "error.meeting_cancelled")
	errOver      = problem.New(http.StatusBadRequest, "error.meeting_over")
)

// Publish invites the parents of the meeting's groups. Base is the save that
// the author saw. It fails with a conflict where another save came meanwhile,
// and names the fields where the meeting isn't complete. Publishing counts as a
// save: whoever was changing the plan is told that parents have it now. A
// meeting that is published is left as it is, so a request may be repeated. It
// rings no phone; the route does.
func Publish(app core.App, id, author string, base int, now time.Time) (Meeting, error) {
	return publish(app, id, author, base, now, silently)
}

// publish is [Publish], and then rings in the same transaction.
func publish(app core.App, id, author string, base int, now time.Time, ring func(core.App, Meeting) error) (Meeting, error) {
	return act(app, id, base, func(_ core.App, m Meeting) error {
		if m.Cancelled() {
			return errCancelled
		}
		if m.Published() {
			return errDone
		}
		return nil
	}, func(tx core.App, m Meeting) error {
		if err := complete(tx, m, now); err != nil {
			return err
		}
		m.Set("published", now.UTC())
		return audit.Write(tx, author, "publish meeting", id, now)
	}, ring)
}

// Cancel calls a published meeting off; phones keep it, as cancelled. Base is
// as in [Publish]. A meeting that is cancelled is left as it is. It rings no
// phone; the route does.
func Cancel(app core.App, id, author string, base int, now time.Time) (Meeting, error) {
	return cancel(app, id, author, base, now, silently)
}

// cancel is [Cancel], and then rings in the same transaction.
func cancel(app core.App, id, author string, base int, now time.Time, ring func(core.App, Meeting) error) (Meeting, error) {
	return act(app, id, base, func(_ core.App, m Meeting) error {
		if m.Cancelled() {
			return errDone
		}
		if !m.Published() {
			return problem.New(http.StatusBadRequest, "error.meeting_not_published")
		}
		if !now.Before(m.Ends()) {
			return errOver
		}
		return nil
	}, func(tx core.App, m Meeting) error {
		m.Set("cancelled", now.UTC())
		return audit.Write(tx, author, "cancel meeting", id, now)
	}, ring)
}

func silently(core.App, Meeting) error { return nil }

// errDone says that what was asked for was done before.
var errDone = errors.New("nothing to do")

// act does something with the meeting, saves it and rings, in one transaction:
// first it looks whether it may be done at all, then at the base.
func act(app core.App, id string, base int, may, do, ring func(core.App, Meeting) error) (m Meeting, err error) {
	err = app.RunInTransaction(func(tx core.App) error {
		if m, err = Find(tx, id); err != nil {
			return err
		}
		if err := may(tx, m); err != nil {
			return err
		}
		if m.Base() != base {
			return problem.Conflict("error.meeting_conflict", m.PublicExport())
		}
		if err := do(tx, m); err != nil {
			return err
		}
		m.Set("base", m.Base()+1)
		if err := tx.Save(m.Record); err != nil {
			return fmt.Errorf("save meeting: %w", err)
		}
		return ring(tx, m)
	})
	if errors.Is(err, errDone) {
		err = nil
	}
	return m, err
}

// complete names what a meeting lacks before parents can be invited.
func complete(app core.App, m Meeting, now time.Time) error {
	fields := map[string]problem.Field{}
	checkTimes(m, fields)
	checkText(m, fields)
	if err := checkTheme(app, m, fields); err != nil {
		return err
	}
	if err := checkGroups(app, m, fields); err != nil {
		return err
	}
	needsPlace(m, fields)
	if _, wrong := fields["starts"]; !wrong && !now.Before(m.Starts()) {
		fields["starts"] = problem.Field{Code: "error.meeting_past"}
	}
	if len(fields) == 0 {
		return nil
	}
	p := problem.Invalid(fields)
	p.Code = "error.meeting_incomplete"
	return p
}
