package meeting

import (
	"database/sql"
	"errors"
	"net/http"

	"folje/internal/outbox"

	"github.com/pocketbase/pocketbase/core"
)

// ringing answers GET …/ringing with the [outbox.Counts] of what phones last
// rang for, or are about to, and null where they never did. Reminders are not
// counted: they go to those who have not answered.
func (f *feature) ringing(e *core.RequestEvent) error {
	m, err := f.meeting(e)
	if err != nil {
		return err
	}
	kinds := []string{invitation, changed}
	if m.Cancelled() {
		kinds = []string{cancellation}
	}
	var answer any
	counts, err := outbox.CountsOf(e.App, m.Id, m.Groups(), f.Now(), kinds...)
	if err == nil {
		answer = counts
	} else if !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	e.Response.Header().Set("Cache-Control", "private, no-store")
	return e.JSON(http.StatusOK, answer)
}
