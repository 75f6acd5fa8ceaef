package colleague

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"

	"folje/internal/audit"
	"folje/internal/problem"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// change answers PUT staff/colleagues/{id} {name, roles, units, locales} → the
// colleague as she is then. What she may do changes with her next request. It
// may be repeated.
func (f *Feature) change(e *core.RequestEvent) error {
	var in person
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	in.tidy()
	var view personView
	err := e.App.RunInTransaction(func(tx core.App) error {
		r, err := present(tx, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		wrong, err := in.check(tx)
		if err != nil {
			return err
		}
		if err := wrong.err(); err != nil {
			return err
		}
		r.Load(in.values())
		if err := tx.Save(r); err != nil {
			return fmt.Errorf("save a colleague: %w", err)
		}
		view = viewOf(r)
		return audit.Write(tx, e.Auth.Id, "change colleague", r.Id, f.Now())
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

// leave answers POST staff/colleagues/{id}/leave: she works here no more. Her
// sessions end, her address is forgotten, and she is in no channel any more.
// It may be repeated.
func (f *Feature) leave(e *core.RequestEvent) error {
	err := e.App.RunInTransaction(func(tx core.App) error {
		r, err := tx.FindRecordById(staff, e.Request.PathValue("id"))
		if errors.Is(err, sql.ErrNoRows) {
			return problem.NotFound()
		}
		if err != nil {
			return fmt.Errorf("find a colleague: %w", err)
		}
		if !r.GetDateTime("left").IsZero() {
			return nil
		}
		r.Load(map[string]any{"left": f.Now().UTC(), "roles": []string{}, "units": []string{}, "locales": []string{}, "noMail": true})
		r.SetEmail(r.Id + "@left.invalid") // RFC 2606: no such place
		r.SetVerified(false)
		r.SetRandomPassword() // ends every session too
		if err := tx.Save(r); err != nil {
			return fmt.Errorf("save that a colleague left: %w", err)
		}
		if err := tx.DeleteAllExternalAuthsByRecord(r); err != nil {
			return fmt.Errorf("forget a colleague's other accounts: %w", err)
		}
		if _, err := tx.DB().Delete(invites, dbx.HashExp{"account": r.Id}).Execute(); err != nil { // it has her address
			return fmt.Errorf("forget a colleague's link: %w", err)
		}
		return audit.Write(tx, e.Auth.Id, "end account of colleague", r.Id, f.Now())
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// present finds a colleague who has not left.
func present(tx core.App, id string) (*core.Record, error) {
	r, err := tx.FindRecordById(staff, id)
	if errors.Is(err, sql.ErrNoRows) || err == nil && !r.GetDateTime("left").IsZero() {
		return nil, problem.NotFound()
	}
	if err != nil {
		return nil, fmt.Errorf("find a colleague: %w", err)
	}
	return r, nil
}
