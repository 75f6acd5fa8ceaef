package question

import (
	"fmt"
	"net/http"

	"folje/internal/access"
	"folje/internal/database"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// maxBody is the largest body of changes, in bytes.
const maxBody = 200_000

// answer is what staff get: the rules that hold, what is known to be the
// caller's units' own, and for those who may change them the changes and what
// they change.
type answer struct {
	Rules    Rules    `json:"rules"`
	Known    known    `json:"known"`
	Base     int      `json:"base"`
	Changes  *Changes `json:"changes,omitempty"`
	Defaults *Rules   `json:"defaults,omitempty"`
}

// read answers GET staff/question → {rules, known, base, changes?, defaults?}.
func (h *Helper) read(e *core.RequestEvent) error {
	staff, err := access.Staff(e)
	if err != nil {
		return err
	}
	s, err := load(e.App)
	if err != nil {
		return err
	}
	return h.tell(e, staff, s)
}

func (h *Helper) tell(e *core.RequestEvent, staff *core.Record, s stored) error {
	defaults, err := Defaults()
	if err != nil {
		return err
	}
	rules := defaults.Changed(s.Changes)
	rules.Rules = append(rules.Rules, h.policy...)
	k, err := knownTo(e.App, staff)
	if err != nil {
		return err
	}
	k.Allowed = s.Changes.Allowed
	a := answer{Rules: rules, Known: k, Base: s.Base}
	if mayChange(staff) {
		a.Changes, a.Defaults = &s.Changes, &defaults
	}
	return e.JSON(http.StatusOK, a)
}

// mayChange lets the keepers of the question bank at the rules.
func mayChange(staff *core.Record) bool { return access.HasRole(staff, access.RoleCoordinator) }

// write answers PUT staff/question: {base, changes} → as GET does. A base that
// is not the stored one's is 409 error.question_conflict.
func (h *Helper) write(e *core.RequestEvent) error {
	staff, err := access.Staff(e)
	if err != nil {
		return err
	}
	if !mayChange(staff) {
		return problem.Forbidden()
	}
	var body stored
	if err := problem.Read(e, maxBody, &body); err != nil {
		return err
	}
	defaults, err := Defaults()
	if err != nil {
		return err
	}
	changes, err := body.Changes.fold(defaults)
	if err != nil {
		return err
	}
	next := stored{Base: body.Base + 1, Changes: changes}
	err = e.App.RunInTransaction(func(tx core.App) error {
		was, err := load(tx)
		if err != nil {
			return err
		}
		if was.Base != body.Base {
			return problem.Conflict("error.question_conflict", was)
		}
		return save(tx, next)
	})
	if err != nil {
		return err
	}
	return h.tell(e, staff, next)
}

func save(tx core.App, s stored) error {
	r, err := tx.FindFirstRecordByFilter("settings", "name = {:name}", dbx.Params{"name": setting})
	if err != nil {
		if r, err = database.NewRecord(tx, "settings"); err != nil {
			return err
		}
		r.Set("name", setting)
	}
	r.Set("value", s)
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("store the rules of questions: %w", err)
	}
	return nil
}
