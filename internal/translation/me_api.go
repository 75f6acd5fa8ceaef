package translation

import (
	"fmt"
	"net/http"

	"folje/internal/problem"

	"github.com/pocketbase/pocketbase/core"
)

// me answers PUT staff/me {noMail}: whether she is told by e-mail that work has
// arrived. It may be repeated.
func (d *desk) me(e *core.RequestEvent) error {
	var in struct {
		NoMail *bool `json:"noMail"`
	}
	if err := problem.Read(e, maxBody, &in); err != nil {
		return err
	}
	if in.NoMail == nil {
		return problem.Invalid(map[string]problem.Field{"noMail": {Code: "error.field_required"}})
	}
	err := e.App.RunInTransaction(func(tx core.App) error {
		staff, err := tx.FindRecordById("staff", e.Auth.Id)
		if err != nil {
			return err
		}
		staff.Set("noMail", *in.NoMail)
		if err := tx.Save(staff); err != nil {
			return fmt.Errorf("save her wish: %w", err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}
