package tablet

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"folje/internal/database"
	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// hasPIN answers GET staff/me/pin → {set}.
func (f *feature) hasPIN(e *core.RequestEvent) error {
	r, err := findPIN(e.App, e.Auth.Id)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, map[string]bool{"set": r != nil})
}

// setPIN answers PUT staff/me/pin {pin}: it is hers from now on, instead of the
// one before, and what was tried is forgotten.
func (f *feature) setPIN(e *core.RequestEvent) error {
	var in struct {
		PIN string `json:"pin"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	pin := westernDigits.Replace(strings.TrimSpace(in.PIN))
	if easy(pin) {
		return problem.Invalid(map[string]problem.Field{"pin": {Code: "error.pin_easy"}})
	}
	hashed, err := f.hash(e.Auth.Id, pin)
	if err != nil {
		return err
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		r, err := findPIN(tx, e.Auth.Id)
		if err != nil {
			return err
		}
		if r == nil {
			if r, err = database.NewRecord(tx, pins); err != nil {
				return err
			}
		}
		r.Load(map[string]any{"person": e.Auth.Id, "hash": hashed})
		forget(r)
		if err := tx.Save(r); err != nil {
			return fmt.Errorf("save a PIN: %w", err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// dropPIN answers DELETE staff/me/pin: she is on no shared tablet any more.
func (f *feature) dropPIN(e *core.RequestEvent) error {
	if err := e.App.RunInTransaction(func(tx core.App) error { return forgetPerson(tx, e.Auth.Id, true) }); err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// findPIN gives somebody's PIN, nil where she has chosen none.
func findPIN(app core.App, person string) (*core.Record, error) {
	r, err := app.FindFirstRecordByData(pins, "person", person)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("find a PIN: %w", err)
	}
	return r, nil
}
